using System.Diagnostics.Metrics;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using GroupTicketing.ItopConnector.Adapters;
using GroupTicketing.ItopConnector.Core;
using GroupTicketing.Platform;
using Microsoft.Extensions.Time.Testing;

namespace GroupTicketing.Services.Tests;

/// <summary>Bodies over a limit of the web server's or of PHP's, and the date that every answer bears.</summary>
public sealed class LargeBodyTests
{
    const int KiB = 1024;

    readonly FakeTimeProvider clock = new(Demo.Now);
    readonly Server server = new();

    ItopOptions Options => new() { Url = new Uri("http://itop.invalid/"), User = "connecteur", Password = "x" };

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_body_over_PHP_s_limit_is_no_wrong_password_that_marks_iTop_down(bool writes)
    {
        server.PhpTakes = 512 * KiB;
        var call = new JsonObject
        {
            ["operation"] = writes ? "core/create" : "core/get",
            ["class"] = "Attachment",
            ["pad"] = new string('a', 600 * KiB),
        };

        var refused = await Should.ThrowAsync<ItopException>(() => Itop().Call(call, default));

        refused.Fault.ShouldBe(ItopFault.TooBig);
        refused
            .Answer.ShouldBeOfType<Answer.Refused>()
            .ShouldSatisfyAllConditions(
                answer => answer.Cause.ShouldBe(Cause.TooLarge),
                answer => answer.Reason.ShouldContain("post_max_size")
            );
    }

    [Fact]
    public async Task A_small_body_that_is_refused_so_is_a_wrong_password()
    {
        server.PhpTakes = 0;

        var refused = await Should.ThrowAsync<ItopException>(() =>
            Itop().Get("UserRequest", "SELECT UserRequest", "id", default)
        );

        refused.Fault.ShouldBe(ItopFault.Login);
        refused.Answer.ShouldBeOfType<Answer.TryAgain>().TargetDown.ShouldBeTrue();
    }

    [Theory]
    [InlineData(40 * 1024, 36d)]
    [InlineData(2 * 1024, 2d)]
    [InlineData(1024, 1d)]
    [InlineData(512, 0.5)]
    [InlineData(511, 0.25)]
    [InlineData(64, 0.0625)]
    [InlineData(63, null)]
    public async Task The_doctor_measures_the_limit_whosever_it_is(int limit, double? measured)
    {
        server.PhpTakes = limit * KiB;
        (await new ItopWebServer(new HttpClient(server), Options, clock).LargestBody(default)).ShouldBe(measured);

        (server.PhpTakes, server.WebServerTakes) = (int.MaxValue, limit * KiB);
        (await new ItopWebServer(new HttpClient(server), Options, clock).LargestBody(default)).ShouldBe(measured);

        server.Breaks = true;
        (await new ItopWebServer(new HttpClient(server), Options, clock).LargestBody(default)).ShouldBe(measured);
    }

    [Fact]
    public async Task How_far_iTop_s_clock_is_ahead_is_measured_from_its_newest_answer()
    {
        server.Now = clock.GetUtcNow() + TimeSpan.FromSeconds(4_242);
        var itop = Itop();
        itop.Clock.Measure();
        await itop.Get("UserRequest", "SELECT UserRequest", "id", default);
        ClockAhead().ShouldContain(4_242.5);

        server.Now = clock.GetUtcNow() - TimeSpan.FromSeconds(8_484);
        await itop.Get("UserRequest", "SELECT UserRequest", "id", default);
        server.Now = null;
        await itop.Get("UserRequest", "SELECT UserRequest", "id", default);

        ClockAhead().ShouldContain(-8_483.5, "an answer without a date says nothing");
        ClockAhead().ShouldNotContain(4_242.5);
    }

    ItopClient Itop() => new(new HttpClient(server), Options, clock);

    static List<double> ClockAhead()
    {
        var all = new List<double>();
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, listening) =>
            {
                if (instrument.Name == "groupticketing.itop.clock_ahead")
                    listening.EnableMeasurementEvents(instrument);
            },
        };
        listener.SetMeasurementEventCallback<double>((_, value, _, _) => all.Add(value));
        listener.Start();
        listener.RecordObservableInstruments();
        return all;
    }

    sealed class Server : HttpMessageHandler
    {
        public int PhpTakes { get; set; } = int.MaxValue;

        public int WebServerTakes { get; set; } = int.MaxValue;

        /// <summary>Whether the connection breaks instead of an answer.</summary>
        public bool Breaks { get; set; }

        public DateTimeOffset? Now { get; set; }

        protected override async Task<HttpResponseMessage> SendAsync(
            HttpRequestMessage request,
            CancellationToken cancellationToken
        )
        {
            var length = (await request.Content!.ReadAsByteArrayAsync(cancellationToken)).Length;
            if (length > WebServerTakes && Breaks)
                throw new HttpRequestException(HttpRequestError.ResponseEnded);
            var (status, body) =
                length > WebServerTakes
                    ? (HttpStatusCode.RequestEntityTooLarge, "<html></html>")
                    : (HttpStatusCode.OK, Said(length));
            var answer = new HttpResponseMessage(status) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
            answer.Headers.Date = Now;
            return answer;
        }

        string Said(int length) =>
            length > PhpTakes
                ? """{"code":1,"message":"Error: Invalid login"}"""
                : """{"code":0,"message":null,"objects":null}""";
    }
}
