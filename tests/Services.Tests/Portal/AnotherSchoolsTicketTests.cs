using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using GroupTicketing.Contracts;
using GroupTicketing.Platform;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace GroupTicketing.Services.Tests;

/// <summary>Another school's ticket is as none, through every route that takes one: the same status, the same words,
/// whatever state that ticket is in.</summary>
public sealed class AnotherSchoolsTicketTests : IAsyncLifetime
{
    const string Unknown = "00000000000000000000000000000000";

    static readonly Guid id = TicketIds.OfSchool("toulouse", "4512");
    static readonly string foreign = id.ToString("N");

    Door door = null!;
    string lyon = "", hash = "";

    public async ValueTask InitializeAsync()
    {
        door = await Door.Open(["intake", "routing", "notification", "portal"]);
        lyon = await door.Key("lyon");
        hash = await door.Services.GetRequiredService<IFiles>().Put(foreign, "x"u8.ToArray(), default);
        await door.Hear(
            "portal",
            new TicketOpened(
                new Heading(id, "toulouse", Demo.Now, null, 0, 1),
                new Handover(new SchoolTicket("4512", "4512"), "CANARI", "CANARI", new Placement())
            )
        );
        await door.Want(id, SchoolNews.Attached, 1);
    }

    public ValueTask DisposeAsync() => door.DisposeAsync();

    [Fact]
    public async Task Every_route_that_takes_a_ticket_answers_as_where_there_is_none()
    {
        var routes = Routes().ToList();
        routes
            .Select(route => route.Pattern)
            .ShouldBe(
                [
                    "/v1/schools/{school}/files/{ticket}/{hash}",
                    "/v1/tickets/{ticket}",
                    "/tickets/{ticket}",
                    "/v1/triage/{ticket}",
                    "/v1/pending/{service}/{ticket}/{lane}/{act}",
                ],
                ignoreOrder: true,
                "a new one? Its answers must not tell whose a ticket is"
            );

        foreach (var (method, pattern) in routes)
            await Same(method, pattern);
    }

    [Fact]
    public async Task Also_where_that_ticket_cannot_be_read_by_this_release()
    {
        var store = door.Services.GetRequiredService<IStore>();
        foreach (var service in (string[])["portal", "notification"])
        {
            // The dispatcher writes, too.
            await Door.Until(
                async () =>
                    await store.Load($"{service}/{foreign}", default) is { } stored
                    && await store.Save(
                        stored with
                        {
                            Version = stored.Version + 1,
                            Body = "{\"schema\":1,\"state\":7}"u8.ToArray(),
                        },
                        [],
                        default
                    )
                        ? service
                        : null,
                "damaged"
            );
        }

        foreach (var (method, pattern) in Routes())
            await Same(method, pattern);
    }

    [Fact]
    public async Task Its_own_school_reads_it_through_the_same_routes()
    {
        var toulouse = await door.Key("toulouse");

        (await door.Get($"/v1/tickets/{foreign}", toulouse)).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await door.Get($"/v1/schools/toulouse/files/{foreign}/{hash}", toulouse)).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_list_holds_nothing_of_another_school()
    {
        foreach (
            var address in (string[])
                ["/v1/tickets", "/v1/tickets?school=toulouse", "/v1/tickets?before=2100-01-01T00:00:00Z&limit=200"]
        )
            (await (await door.Get(address, lyon)).Content.ReadAsStringAsync()).ShouldNotContain(foreign);
    }

    async Task Same(string method, string pattern)
    {
        foreach (var school in (string[])["toulouse", "lyon"])
        {
            var (theirs, none) = (await Ask(method, pattern, foreign, school), await Ask(method, pattern, Unknown, school));
            theirs.ShouldBe(none, $"{method} {pattern} {school}");
            theirs.Status.ShouldNotBe(HttpStatusCode.OK);
            theirs.Status.ShouldNotBe(HttpStatusCode.InternalServerError);
        }
    }

    async Task<(HttpStatusCode Status, string Said, string Headers)> Ask(
        string method,
        string pattern,
        string ticket,
        string school
    )
    {
        var address = pattern
            .Replace("{ticket}", ticket)
            .Replace("{school}", school)
            .Replace("{hash}", hash)
            .Replace("{service}", "portal")
            .Replace("{lane}", "x")
            .Replace("{act}", "retry");
        using var request = new HttpRequestMessage(new HttpMethod(method), address);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", lyon);
        if (method == "POST")
            request.Content = new StringContent("{}", Encoding.UTF8, "application/json");
        using var answer = await door.Http.SendAsync(request);
        var headers = string.Join(
            ' ',
            answer.Headers.Where(header => header.Key is not ("Date" or "traceparent")).SelectMany(header => header.Value)
        );
        return (answer.StatusCode, WithoutTrace(await answer.Content.ReadAsStringAsync()), headers);
    }

    IEnumerable<(string Method, string Pattern)> Routes() =>
        door
            .Services.GetServices<EndpointDataSource>()
            .SelectMany(source => source.Endpoints)
            .OfType<RouteEndpoint>()
            .Where(route => route.RoutePattern.Parameters.Any(part => part.Name == "ticket"))
            .SelectMany(
                route => route.Metadata.GetMetadata<HttpMethodMetadata>()!.HttpMethods,
                (route, method) => (method, "/" + route.RoutePattern.RawText!.TrimStart('/'))
            );

    static string WithoutTrace(string said)
    {
        if (!said.StartsWith('{'))
            return said;
        var read = JsonNode.Parse(said)!.AsObject();
        read.Remove("traceId");
        return read.ToJsonString();
    }
}
