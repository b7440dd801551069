using System.Net;
using System.Text;
using GroupTicketing.Platform;
using GroupTicketing.Portal.Adapters;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Microsoft.Net.Http.Headers;

namespace GroupTicketing.Services.Tests;

/// <summary>A person signs in with a key; the browser keeps a session, never the key.</summary>
public class KeepSessionTests : IAsyncLifetime
{
    readonly FakeTimeProvider clock = new(Demo.Now);

    Door door = null!;
    string key = "";

    public async ValueTask InitializeAsync()
    {
        door = await Door.Open(["portal"], builder => builder.Services.AddSingleton<TimeProvider>(clock));
        key = await door.Key("operator");
    }

    public ValueTask DisposeAsync() => door.DisposeAsync();

    [Fact]
    public async Task The_cookie_is_for_our_pages_alone_and_holds_no_key()
    {
        var answer = await SignIn(key);

        (answer.StatusCode, answer.Headers.Location?.ToString()).ShouldBe((HttpStatusCode.Redirect, "/"));
        var cookie = CookieOf(answer)!;
        (cookie.HttpOnly, cookie.SameSite, cookie.Path.Value, cookie.Secure, cookie.Expires).ShouldBe(
            (true, SameSiteMode.Strict, "/", false, null)
        );
        cookie.Value.Value!.ShouldNotContain(key);
        Convert.FromBase64String(cookie.Value.Value!.Replace('-', '+').Replace('_', '/') + "=").Length.ShouldBe(32);
        foreach (var (_, body) in await door.Services.GetRequiredService<IStore>().ListSide(Sides.Sessions, "", default))
            Encoding.UTF8.GetString(body).ShouldNotContain(key);
    }

    [Fact]
    public async Task A_session_opens_the_pages()
    {
        var cookie = await Signed();

        foreach (var page in new[] { "/", "/envois", "/rapprochement" })
        {
            var answer = await Page(page, cookie);
            answer.StatusCode.ShouldBe(HttpStatusCode.OK);
            (await answer.Content.ReadAsStringAsync()).ShouldContain("Fermer la session");
            answer.Headers.CacheControl!.NoStore.ShouldBeTrue();
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("gt_faux")]
    public async Task A_wrong_key_is_told_so_in_French_and_opens_nothing(string wrong)
    {
        var answer = await SignIn(wrong);

        answer.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync()).ShouldContain("Cette clé n’est pas valable.");
        CookieOf(answer).ShouldBeNull();
    }

    [Fact]
    public async Task What_is_no_form_is_no_key()
    {
        (await door.Send("/session", """{"key":"x"}""")).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Theory]
    [InlineData("gt_faux")]
    [InlineData("key")]
    public async Task Neither_a_forged_session_nor_the_key_itself_is_a_session(string value) =>
        await Closed($"{Callers.Cookie}={(value == "key" ? key : value)}");

    [Fact]
    public async Task A_session_is_no_key()
    {
        var session = (await Signed()).Split('=')[1];

        (await door.Get("/v1/pending", session)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task A_revoked_key_s_session_ends_within_seconds()
    {
        var cookie = await Signed();
        var keys = door.Services.GetRequiredService<Keys>();
        await keys.Revoke((await keys.List(default)).Single().Id, default);
        clock.Advance(TimeSpan.FromSeconds(4));

        await Closed(cookie);
    }

    [Fact]
    public async Task It_ends_with_the_working_day()
    {
        var cookie = await Signed();
        clock.Advance(TimeSpan.FromHours(11.9));
        (await (await Page("/", cookie)).Content.ReadAsStringAsync()).ShouldContain("Fermer la session");

        clock.Advance(TimeSpan.FromHours(0.2));

        await Closed(cookie);
    }

    [Fact]
    public async Task Signed_out_the_pages_are_closed_even_to_a_copy_of_the_cookie()
    {
        var cookie = await Signed();

        var answer = await Post("/session/fin", cookie);

        answer.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        CookieOf(answer)!.Expires.ShouldNotBeNull().ShouldBeLessThan(Demo.Now);
        await Closed(cookie);
    }

    [Theory]
    [InlineData("Origin", "https://ailleurs.example")]
    [InlineData("Origin", "null")]
    [InlineData("Sec-Fetch-Site", "cross-site")]
    [InlineData("Sec-Fetch-Site", "same-site")]
    public async Task A_post_of_another_site_signs_nobody_in_or_out_and_does_nothing(string header, string value)
    {
        var cookie = await Signed();

        CookieOf(await SignIn(key, (header, value))).ShouldBeNull();
        await Post("/session/fin", cookie, (header, value));
        (await Post("/v1/pending/notification/x/school/skip", cookie, (header, value))).StatusCode.ShouldBe(
            HttpStatusCode.Unauthorized
        );

        (await (await Page("/", cookie)).Content.ReadAsStringAsync()).ShouldContain("Fermer la session");
        (await Post("/v1/pending/notification/x/school/skip", cookie)).StatusCode.ShouldBe(
            HttpStatusCode.NotFound,
            "from a page of ours it is heard"
        );
    }

    [Theory]
    [InlineData("http", null, true)]
    [InlineData("https", null, false)]
    [InlineData("https", "https", true)]
    [InlineData("http", "https", false)]
    public async Task A_post_is_of_the_page_s_own_scheme_as_the_reverse_proxy_says_it(string page, string? forwarded, bool isOurs)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/session")
        {
            Content = new FormUrlEncodedContent(new Dictionary<string, string> { ["key"] = key }),
        };
        request.Headers.Add("Origin", $"{page}://{door.Http.BaseAddress!.Authority}");
        if (forwarded is not null)
            request.Headers.Add("X-Forwarded-Proto", forwarded);

        (await door.Http.SendAsync(request)).StatusCode.ShouldBe(isOurs ? HttpStatusCode.Redirect : HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task A_school_sees_no_pending_calls()
    {
        var cookie = await Signed(await door.Key("toulouse"));

        (await Page("/envois", cookie)).Headers.Location!.ToString().ShouldBe("/");
        (await (await Page("/", cookie)).Content.ReadAsStringAsync()).ShouldNotContain("/envois");
    }

    [Theory]
    [InlineData("fr", "Collez une clé")]
    [InlineData("en", "Paste an operator")]
    public async Task The_page_speaks_the_reader_s_language_and_says_which(string language, string text)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/");
        request.Headers.AcceptLanguage.ParseAdd(language);
        var page = await (await door.Http.SendAsync(request)).Content.ReadAsStringAsync();

        WebUtility.HtmlDecode(page).ShouldContain(text);
        page.ShouldContain($"<html lang=\"{language}\">");
    }

    [Theory]
    [InlineData("bus", "entre nos services")]
    [InlineData("clock", "rappel à venir")]
    [InlineData("itop", "iTop")]
    [InlineData("school:toulouse", "outil de toulouse")]
    [InlineData("quarantine", "Échanges bloqués, action requise")]
    public void Whom_a_call_waits_for_is_said_in_words(string target, string words)
    {
        System.Globalization.CultureInfo.CurrentUICulture = System.Globalization.CultureInfo.GetCultureInfo("fr");
        GroupTicketing.Portal.Pages.Labels.Target(target).ShouldBe(words);
    }

    async Task Closed(string cookie)
    {
        foreach (var page in new[] { "/", "/envois", "/tickets/x" })
        {
            var text = await (await Page(page, cookie)).Content.ReadAsStringAsync();
            text.ShouldContain("action=\"/session\"");
            text.ShouldNotContain("Fermer la session");
        }
        using var request = new HttpRequestMessage(HttpMethod.Get, "/v1/tickets") { Headers = { { "Cookie", cookie } } };
        (await door.Http.SendAsync(request)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    async Task<string> Signed(string? other = null)
    {
        var cookie = CookieOf(await SignIn(other ?? key))!;
        return $"{cookie.Name}={cookie.Value}";
    }

    Task<HttpResponseMessage> SignIn(string value, (string Name, string Value)? header = null) =>
        Send(
            HttpMethod.Post,
            "/session",
            null,
            header,
            new FormUrlEncodedContent(new Dictionary<string, string> { ["key"] = value })
        );

    Task<HttpResponseMessage> Post(string address, string cookie, (string Name, string Value)? header = null) =>
        Send(HttpMethod.Post, address, cookie, header, address.StartsWith("/v1/") ? null : new FormUrlEncodedContent([]));

    Task<HttpResponseMessage> Page(string address, string cookie) => Send(HttpMethod.Get, address, cookie, null, null);

    async Task<HttpResponseMessage> Send(
        HttpMethod method,
        string address,
        string? cookie,
        (string Name, string Value)? header,
        HttpContent? content
    )
    {
        using var request = new HttpRequestMessage(method, address) { Content = content };
        if (cookie is not null)
            request.Headers.Add("Cookie", cookie);
        if (header is { } one)
            request.Headers.Add(one.Name, one.Value);
        return await door.Http.SendAsync(request);
    }

    static SetCookieHeaderValue? CookieOf(HttpResponseMessage answer) =>
        answer.Headers.TryGetValues("Set-Cookie", out var values) ? SetCookieHeaderValue.Parse(values.Single()) : null;
}
