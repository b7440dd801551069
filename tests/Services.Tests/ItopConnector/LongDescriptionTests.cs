using System.Net;
using System.Text;
using GroupTicketing.Contracts;
using GroupTicketing.ItopConnector.Adapters;
using GroupTicketing.ItopConnector.Core;
using GroupTicketing.Platform;

namespace GroupTicketing.Services.Tests;

/// <summary>What iTop's columns do not take whole is cut visibly, and stands whole in a file beside the ticket, once.</summary>
public class LongDescriptionTests : IAsyncLifetime
{
    static readonly TicketEscalated asked = ItopPlay.With(description: $"début <ici>\n{new string('é', 40_000)} fin");

    ItopWorld world = null!;

    public async ValueTask InitializeAsync() => world = await ItopWorld.Start();

    public ValueTask DisposeAsync() => world.DisposeAsync();

    [Fact]
    public async Task It_stands_whole_in_a_file_which_is_no_file_of_the_group()
    {
        var opened = await Open();

        var file = (await Files()).ShouldHaveSingleItem();
        var text = Encoding.UTF8.GetString(
            Convert.FromBase64String(file.Fields.GetProperty("contents").GetProperty("data").GetString()!)
        );
        text.ShouldStartWith("Titre\n\n");
        text.ShouldContain("début <ici>\né");
        text.ShouldEndWith("é fin\n");
        opened.Files.ShouldBe([file.Key]);
        world
            .Decider.Decide(opened, new AttachmentSeen(asked.Heading.TicketId, opened.ItopId!, file.Key), world.Now)
            .Effects.ShouldBeEmpty();
    }

    [Fact]
    public async Task In_doubt_the_file_is_not_attached_again()
    {
        await Open();
        await Open(inDoubt: world.Now.AddSeconds(-61));
        (await Files()).Count.ShouldBe(1);
        (await world.All()).Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_long_title_is_whole_in_it_too_and_a_short_ticket_has_none()
    {
        var title = new string('t', 300);
        (await Answer(ItopPlay.With(title))).Whole.ShouldNotBeNull();
        var text = Encoding.UTF8.GetString(
            Convert.FromBase64String((await Files()).Single().Fields.GetProperty("contents").GetProperty("data").GetString()!)
        );
        text.ShouldStartWith(title);

        (await Answer(ItopPlay.Asked)).Whole.ShouldBeNull();
    }

    [Theory]
    [InlineData("é")]
    [InlineData("&")]
    [InlineData("\n")]
    [InlineData("👩‍👩‍👧")]
    public void A_text_without_spaces_is_cut_at_the_limit_and_between_two_characters(string character)
    {
        var html = Description.Html(
            ItopPlay.With(description: string.Concat(Enumerable.Repeat(character, 70_000 / character.Length)))
        );

        Encoding.UTF8.GetByteCount(html).ShouldBeInRange(59_900, 60_000);
        html.ShouldEndWith("(texte coupé ; il est entier dans le fichier joint description.txt)</p>");
        var encoded = WebUtility.HtmlEncode(character).Replace("\n", "<br/>");
        html.Split("<p>")
            .Single(part => part.StartsWith(encoded, StringComparison.Ordinal))
            .Replace(encoded, "")
            .ShouldBe("</p>", "whole ones only");
    }

    [Fact]
    public async Task A_long_title_is_cut_between_two_characters()
    {
        await Answer(ItopPlay.With($"{new string('t', 243)}👩‍👩‍👧 suite"));

        (await world.Itop.Get("UserRequest", "SELECT UserRequest", "title", default))
            .Single()
            .Fields.GetProperty("title")
            .GetString()
            .ShouldEndWith("t…");
    }

    async Task<GroupTicket> Open(DateTimeOffset? inDoubt = null)
    {
        var call = new ItopCall.Create();
        var attempt = world.Attempt(call, inDoubt);
        return world
            .Decider.Settle(
                world.Decider.Decide(world.Decider.Empty, asked, world.Now).State,
                attempt,
                await world.Open.Call(attempt, asked, default),
                world.Now
            )
            .State;
    }

    async Task<ItopRead> Answer(TicketEscalated one) =>
        (ItopRead)((Answer.Done)await world.Open.Call(world.Attempt(new ItopCall.Create()), one, default)).Result!;

    async Task<IReadOnlyList<ItopObject>> Files() =>
        await world.Itop.Get("Attachment", "SELECT Attachment WHERE item_class = 'UserRequest'", "id,contents", default);
}
