using System.Collections.Concurrent;
using System.Net;
using GroupTicketing.Platform;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace GroupTicketing.Services.Tests;

/// <summary>Who acted, signed in or was refused stands in the log, by the key's id; the key never does.</summary>
public sealed class KeysLoggedTests : IAsyncLifetime
{
    readonly ConcurrentQueue<string> logged = [];

    Door door = null!;
    string key = "", id = "";

    public async ValueTask InitializeAsync()
    {
        door = await Door.Open(["gateway", "intake", "routing", "notification", "portal"], builder =>
            builder.Logging.AddProvider(new LoggedLines(logged))
        );
        key = await door.Key("operator:zoé");
        id = (await door.Services.GetRequiredService<Keys>().List(default)).Single().Id;
    }

    public ValueTask DisposeAsync() => door.DisposeAsync();

    [Fact]
    public async Task An_act_by_the_API()
    {
        await door.Send("/v1/reconcile", "{}", key);

        Said($"Information: act of operator:zoé by key {id}: POST /v1/reconcile");
    }

    [Fact]
    public async Task What_is_only_read_is_no_act()
    {
        await door.Get("/v1/pending", key);

        Lines().ShouldBeEmpty();
    }

    [Fact]
    public async Task A_sign_in_and_what_is_done_on_the_pages()
    {
        var signedIn = await Form("/session", null, ("key", key));
        var cookie = signedIn.Headers.GetValues("Set-Cookie").Single().Split(';')[0];
        await Form("/rapprochement", cookie);
        await Form("/envois", cookie, ("act", "retry"), ("ticket", "x"));

        Said(
            $"Information: act of operator:zoé by key {id}: POST /session",
            $"Information: act of operator:zoé by key {id}: POST /rapprochement",
            $"Information: act of operator:zoé by key {id}: POST /envois");
    }

    [Fact]
    public async Task A_refused_key_wherever_it_comes()
    {
        const string Wrong = "gt_wrong";
        await door.Get("/v1/tickets/a%0Ab", Wrong);
        await door.Post(GenericTests.Event("ticket.opened", "{}"), key: Wrong);
        (await Form("/session", null, ("key", Wrong))).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        await Form("/session", null, ("key", ""));

        Said(
            $"Warning: refused key {Keys.IdOfKey(Wrong)}: GET /v1/tickets/a%0Ab",
            $"Warning: refused key {Keys.IdOfKey(Wrong)}: POST /v1/schools/toulouse/events",
            $"Warning: refused key {Keys.IdOfKey(Wrong)}: POST /session");
    }

    [Fact]
    public async Task A_live_key_where_it_may_not()
    {
        await door.Post(GenericTests.Event("ticket.opened", "{}"), key: key);

        Said($"Warning: key {id} of operator:zoé may not: POST /v1/schools/toulouse/events");
    }

    void Said(params string[] lines)
    {
        Lines().ShouldBe(lines);
        logged.ShouldAllBe(line => !line.Contains(key) && !line.Contains("gt_wrong"));
    }

    IEnumerable<string> Lines() => logged.Where(line => line.Contains(" key "));

    async Task<HttpResponseMessage> Form(string address, string? cookie, params (string Name, string Value)[] fields)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, address)
        {
            Content = new FormUrlEncodedContent(fields.ToDictionary(field => field.Name, field => field.Value)),
        };
        if (cookie is not null)
            request.Headers.Add("Cookie", cookie);
        return await door.Http.SendAsync(request);
    }
}
