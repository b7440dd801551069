using System.Net;
using System.Runtime.InteropServices;
using System.Text;
using GroupTicketing.Intake.Adapters;
using GroupTicketing.Intake.Dialects;
using GroupTicketing.Platform;
using GroupTicketing.Registry;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace GroupTicketing.Services.Tests.Intake;

/// <summary>What a tool shows of a ticket may be as large as its files: it is kept once while it is read, and what takes
/// more memory than there is stops only itself.</summary>
public sealed class LargeAnswersTests
{
    static readonly School school = Demo.Toulouse with
    {
        Read = new ReadPort(new Uri("https://tool.example/read"), TimeSpan.FromMinutes(15)),
    };

    [Fact]
    public async Task Its_events_are_not_copied()
    {
        var large = $$$"""{"type":"ticket.commented","data":{"text":"{{{new string('x', 1_000_000)}}}"}}""";

        var posts = await Reader($$$"""{"a":[1,{"events":7}],"events": [ {{{large}}} ,7,"é", null,{"b":{}}],"c":{} } """);

        posts.Select(post => Encoding.UTF8.GetString(post.Body.Span)).ShouldBe([large, "7", "\"é\"", "null", """{"b":{}}"""]);
        posts
            .Select(post => MemoryMarshal.TryGetArray(post.Body, out var array) ? array.Array : null)
            .Distinct()
            .ShouldHaveSingleItem()
            .ShouldNotBeNull("they lie in the answer");
    }

    [Theory]
    [InlineData("""{"events":[],"events":7}""")]
    [InlineData("""{"events":[]} x""")]
    [InlineData("""{"events":[}""")]
    [InlineData("""{"events":[{"a":]}""")]
    [InlineData("[[")]
    [InlineData("")]
    public async Task What_is_no_answer_is_told(string answer) =>
        await Should.ThrowAsync<ToolException>(() => Reader(answer));

    [Theory]
    [InlineData("""{"type":"ticket.opened","data":{"visibility":"private"}}""", true)]
    [InlineData("""{"data":{"a":{"visibility":"public"},"vISIBILITY":["public"]},"type":"ticket.opened"}""", true)]
    [InlineData("""{"type":"ticket.opened","data":{"visibility":"private","visibility":"public"}}""", true)]
    [InlineData("""{"type":"ticket.opened","data":{"visibility":"public","a":{"visibility":"private"}}}""", false)]
    [InlineData("""{"type":"ticket.commented","data":{"visibility":"private"}}""", false)]
    [InlineData("""{"type":["ticket.opened"],"data":{"visibility":"private"}}""", false)]
    [InlineData("""{"type":"ticket.opened","data":"private"}""", false)]
    public async Task Of_a_ticket_that_is_private_as_a_whole_nothing_else_is_looked_at(string opening, bool isPrivate) =>
        (await Reader($$"""{"events":[7,{{opening}}]}""")).Count.ShouldBe(isPrivate ? 1 : 2);

    [Fact]
    public async Task A_ticket_for_which_there_is_no_memory_is_named_and_read_with_the_next_reading()
    {
        var clock = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        await using var tool = await SchoolTool.Start();
        await using var product = await tool.Reader(TimeSpan.FromMinutes(15), clock, services =>
        {
            services.AddSingleton<ISchoolReader>(all => new ShortOfMemory(all.GetRequiredService<ToolClient>(), "large"));
            services.Remove(services.First(one => one.ImplementationType == typeof(GenericReader)));
        });
        foreach (var ticket in (string[])["large", "ok"])
            tool.Show(ticket, Opened(ticket));

        for (var turn = 0; turn < 4; turn++)
        {
            await product.Services.GetRequiredService<ReadSchools>().Turn(Read(product), default);
            clock.Advance(TimeSpan.FromSeconds(31));
        }

        // What was left is not asked for before it is time.
        tool.Asked.ShouldBe(["list", "ok", "ok"]);
        (await product.Services.GetRequiredService<Findings>().All(default)).ShouldContain(one => one.What == "large");
        (await product.Services.GetRequiredService<Reconciliation>().Reports(default))
            .ShouldHaveSingleItem()
            .Fault.ShouldBe("tickets that could not be read: large");
    }

    [Fact]
    public async Task A_list_for_which_there_is_no_memory_is_told_and_asked_for_again_after_a_minute()
    {
        var clock = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        await using var tool = await SchoolTool.Start();
        ShortOfMemory? reader = null;
        await using var product = await tool.Reader(TimeSpan.FromMinutes(15), clock, services =>
        {
            services.AddSingleton<ISchoolReader>(all => reader = new(all.GetRequiredService<ToolClient>(), "list"));
            services.Remove(services.First(one => one.ImplementationType == typeof(GenericReader)));
        });

        for (var turn = 0; turn < 11; turn++)
        {
            await product.Services.GetRequiredService<ReadSchools>().Turn(Read(product), default);
            clock.Advance(TimeSpan.FromSeconds(5));
        }

        reader!.Lists.ShouldBe(1);
        (await product.Services.GetRequiredService<Reconciliation>().Reports(default))
            .ShouldHaveSingleItem()
            .Fault!.ShouldContain(nameof(OutOfMemoryException));
    }

    static School Read(Door product) => product.Services.GetRequiredService<IReadOnlyList<School>>()[0];

    static string Opened(string ticket) =>
        Encoding.UTF8.GetString(
            GenericTests.Event("ticket.opened", """{"title":"t","description":"d"}""", ticket, $"{ticket}-o")
        );

    static Task<IReadOnlyList<GroupTicketing.Intake.Core.RawPost>> Reader(string answer) =>
        new GenericReader(new ToolClient(new HttpClient(new Answering(answer)))).Read(school, "key", "1", default);

    sealed class Answering(string answer) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            Task.FromResult(new HttpResponseMessage(HttpStatusCode.OK) { Content = new StringContent(answer) });
    }

    /// <summary>Has no memory for one ticket, or for the list.</summary>
    sealed class ShortOfMemory(ToolClient tool, string what) : ISchoolReader
    {
        readonly GenericReader inner = new(tool);

        public int Lists { get; private set; }

        public string Dialect => inner.Dialect;

        public Task<ChangedTickets> Changed(School school, string key, DateTimeOffset since, CancellationToken ct)
        {
            Lists++;
            return what == "list" ? throw new OutOfMemoryException() : inner.Changed(school, key, since, ct);
        }

        public Task<IReadOnlyList<GroupTicketing.Intake.Core.RawPost>> Read(
            School school,
            string key,
            string ticket,
            CancellationToken ct
        ) => ticket == what ? throw new OutOfMemoryException() : inner.Read(school, key, ticket, ct);
    }
}
