using System.Text;
using System.Text.Json.Nodes;
using GroupTicketing.Contracts;
using GroupTicketing.Intake.Core;
using GroupTicketing.Intake.Dialects;
using GroupTicketing.Platform.Deciding;
using GroupTicketing.Registry;

namespace GroupTicketing.Services.Tests;

/// <summary>Request Tracker's quirks, on payloads recorded on RT 5.0.3.</summary>
public class Rt5Tests
{
    const string Reporter = "marie.durand@insa-lyon.example";

    static readonly SchoolSide handedOver = SchoolSide.Unheard with { HandedOver = true };

    [Theory]
    [InlineData("ticket.status-open-by-RT_System")]
    [InlineData("ticket.owner")]
    [InlineData("ticket.updated-priority")]
    [InlineData("ticket.status-stalled")]
    [InlineData("ticket.comment-private")]
    public void Says_nothing_to_the_group(string recorded) => Read(recorded).Says.ShouldBeEmpty();

    [Fact]
    public void Names_of_its_files_are_plain()
    {
        var names = new[] { "fac\u202egnp.exe", "a\nDe : le groupe\nb.pdf", new string('n', 5_000) + ".pdf", " ", null };

        var text = RtText.WithFiles("Bonjour", [.. names.Select(name => new RtFile(name))]);

        text.ShouldEndWith($"facgnp.exe, aDe : le groupeb.pdf, {new string('n', 196)}.pdf)");
    }

    [Fact]
    public void RT_System_s_reopening_on_a_merci_is_no_act_of_the_support() =>
        Read("ticket.reopened", said => said["transaction"]!["creator"] = new JsonObject
            {
                ["name"] = "RT_System",
                ["email"] = null,
                ["realName"] = "The RT System itself",
            })
            .Says.ShouldBeEmpty();

    [Fact]
    public void An_agent_s_reopening_is() => Only<SchoolReopened>(Read("ticket.reopened")).Author.Role.ShouldBe(Role.Support);

    [Theory]
    [InlineData(" R-000123 ", typeof(TicketLinked))]
    [InlineData("", typeof(TicketOpened))]
    [InlineData(null, typeof(TicketOpened))]
    public void With_a_reference_in_its_field_the_handover_is_to_that_group_ticket(string? reference, Type fact)
    {
        var school = Demo.Lyon with
        {
            Mapping = Demo.Lyon.Mapping with { Fields = Demo.Lyon.Mapping.Fields with { Reference = "Ticket du groupe" } },
        };
        var post = Recorded("ticket.created", said => said["ticket"]!["customFields"]!["Ticket du groupe"] = reference);
        var read = new Rt5().Read(post, school, SchoolSide.Unheard).Says.ShouldHaveSingleItem();
        read.ShouldBeOfType(fact);
        (read as TicketLinked)?.Reference.ShouldBe("R-000123");
    }

    [Theory]
    [InlineData("")]
    [InlineData(null)]
    [InlineData("> cité\n")]
    public void A_reply_that_is_only_a_file_says_where_it_is(string? text) =>
        Only<SchoolCommented>(Read("ticket.correspond", said =>
            {
                said["transaction"]!["text"] = text;
                said["transaction"]!["attachments"] = new JsonArray(new JsonObject { ["filename"] = "plan.pdf" });
            }))
            .Text.ShouldBe("(Fichiers restés dans l’outil de l’établissement : plan.pdf)");

    [Fact]
    public void Resolved_is_the_school_s_closure() => Only<SchoolClosed>(Read("ticket.resolved"));

    [Fact]
    public void Rejected_takes_the_request_back() =>
        Only<SchoolWithdrew>(
            Read("ticket.status-rejected", said => said["ticket"]!["customFields"]!["Escalate to group"] = "yes")
        );

    [Theory]
    [InlineData("ticket.correspond")]
    [InlineData("ticket.comment-private")]
    [InlineData("ticket.resolved")]
    [InlineData("ticket.reopened")]
    public void What_our_own_account_does_is_an_echo(string recorded) =>
        Read(recorded, said => said["transaction"]!["creator"]!["name"] = "svc-group").Says.ShouldBeEmpty();

    [Fact]
    public void A_private_comment_with_the_mark_crosses_without_the_mark() =>
        Only<SchoolCommented>(Read("ticket.comment-private", said => said["transaction"]!["text"] = "@groupe vu avec la DSI"))
            .Text.ShouldBe("vu avec la DSI");

    [Theory]
    [InlineData("ticket.comment-private", null, false)]
    [InlineData("ticket.comment-private", "internal", false)]
    [InlineData("ticket.comment-private", "Public", false)]
    [InlineData("ticket.comment-private", "public", true)]
    [InlineData("ticket.correspond", null, true)]
    [InlineData("ticket.correspond", "public", true)]
    [InlineData("ticket.correspond", "internal", false)]
    public void A_comment_is_private_unless_it_says_exactly_public(string recorded, string? visibility, bool crosses)
    {
        Read(recorded, said => said["transaction"]!["visibility"] = visibility).Says.Count.ShouldBe(crosses ? 1 : 0);
        if (visibility is null)
            Read(recorded, said => said["transaction"]!.AsObject().Remove("visibility"))
                .Says.Count.ShouldBe(crosses ? 1 : 0, "absent");
    }

    [Theory]
    [InlineData("2026-07-01 10:00:00")]
    [InlineData("2026-07-01T10:00:00Z")]
    [InlineData("2026-07-01T12:00:00+02:00")]
    public void A_time_without_an_offset_is_in_RT_s_zone_whatever_this_machine_s_is(string created) =>
        Read("ticket.correspond", said => said["transaction"]!["created"] = created)
            .Says.ShouldHaveSingleItem()
            .ShouldBeOfType<SchoolCommented>()
            .Heading.OccurredAt.ShouldBe(new DateTimeOffset(2026, 7, 1, 10, 0, 0, TimeSpan.Zero));

    [Fact]
    public void Quotes_and_signature_are_cut() =>
        Only<SchoolCommented>(Read("ticket.correspond")).Text.ShouldBe("Toujours en panne ce matin.");

    [Fact]
    public void A_mark_that_stands_only_in_a_quote_does_not_let_a_private_comment_cross() =>
        Read("ticket.comment-private", said => said["transaction"]!["text"] = "> @groupe ancien\nentre nous")
            .Says.ShouldBeEmpty();

    [Fact]
    public void Of_files_RT_posts_only_the_names_and_the_group_is_told_where_they_are()
    {
        var text = Only<SchoolCommented>(Read("ticket.correspond-html-attachment")).Text;
        text.ShouldStartWith("Voir la photo & le plan.");
        text.ShouldContain("photo.png");
        text.ShouldContain("outil de l’établissement");
    }

    [Fact]
    public void The_requester_is_known_by_e_mail_whatever_its_case()
    {
        Only<SchoolCommented>(Read("ticket.correspond")).Author.Role.ShouldBe(Role.Support);
        Only<SchoolCommented>(
            Read("ticket.correspond", said => said["transaction"]!["creator"]!["email"] = Reporter.ToUpperInvariant())
        )
            .Author.Role.ShouldBe(Role.Requester);
    }

    [Fact]
    public void The_custom_field_at_creation_hands_over()
    {
        var read = Read("ticket.created", known: SchoolSide.Unheard);
        var opened = Only<TicketOpened>(read);

        (opened.Handover.Ticket.Id, opened.Handover.Title, opened.Handover.Urgency).ShouldBe(
            ("18", "Panne Wi-Fi amphi Émilie-du-Châtelet", 3)
        );
        opened.Handover.Description.ShouldContain("\"eduroam\" ne répond plus depuis 8h <b>dans l'amphi</b> & le hall.");
        opened.Handover.Placement.Queue.ShouldBe("Support INSA Lyon");
        opened.Handover.Requester.ShouldBeNull();
        opened.Heading.ShouldBe(
            new Heading(TicketIds.OfSchool("lyon", "18"), "lyon", DateTimeOffset.Parse("2026-11-23T16:29:07Z"), "rt-txn-263")
        );
        read.State.ShouldSatisfyAllConditions(known => known.HandedOver.ShouldBeTrue(), known => known.Ticket.ShouldBe("18"));
    }

    [Fact]
    public void The_custom_field_set_later_hands_over_and_says_where_the_description_is()
    {
        var opened = Only<TicketOpened>(Read("ticket.updated-priority", known: SchoolSide.Unheard));
        opened.Handover.Description.ShouldContain("http://127.0.0.1:8090/Ticket/Display.html?id=18");
    }

    [Fact]
    public void A_private_note_that_hands_over_keeps_its_words() =>
        Only<TicketOpened>(Read("ticket.comment-private", known: SchoolSide.Unheard))
            .Handover.Description.ShouldNotContain("interne");

    [Fact]
    public void The_custom_field_with_another_value_withdraws()
    {
        var read = Read("ticket.updated-priority", said => said["ticket"]!["customFields"]!["Escalate to group"] = "no");
        Only<SchoolWithdrew>(read);
        read.State.HandedOver.ShouldBeFalse();
    }

    [Fact]
    public void Of_a_field_with_several_values_one_is_enough()
    {
        static void Change(JsonNode said) =>
            said["ticket"]!["customFields"]!["Escalate to group"] = new JsonArray("later", "Yes");

        Only<SchoolCommented>(Read("ticket.correspond", Change));
        Only<TicketOpened>(Read("ticket.created", Change, SchoolSide.Unheard));
    }

    [Theory]
    [InlineData("null")]
    [InlineData("\"\"")]
    [InlineData("[]")]
    [InlineData("[null]")]
    [InlineData("{}")]
    [InlineData("")]
    public void A_field_that_cannot_be_read_says_nothing_of_the_handover(string value)
    {
        void Change(JsonNode said)
        {
            var fields = said["ticket"]!["customFields"]!.AsObject();
            fields.Remove("Escalate to group");
            if (value.Length > 0)
                fields["Escalate to group"] = JsonNode.Parse(value);
        }

        var read = Read("ticket.correspond", Change);

        Only<SchoolCommented>(read).Text.ShouldBe("Toujours en panne ce matin.", "what is said goes on");
        read.State.HandedOver.ShouldBeTrue();
        new Rt5().Unreadable(Recorded("ticket.correspond", Change), Demo.Lyon).ShouldBe("Escalate to group");
        Read("ticket.correspond", Change, SchoolSide.Unheard)
            .ShouldSatisfyAllConditions(one => one.Says.ShouldBeEmpty(), one => one.State.HandedOver.ShouldBeFalse());
        new Rt5().Unreadable(Recorded("ticket.correspond"), Demo.Lyon).ShouldBeNull();
    }

    [Fact]
    public void Nor_do_fields_that_are_not_there_at_all()
    {
        Only<SchoolCommented>(Read("ticket.correspond", said => said["ticket"]!["customFields"] = null));
        Only<SchoolCommented>(Read("ticket.correspond", said => said["ticket"]!.AsObject().Remove("customFields")));
    }

    [Theory]
    [InlineData(null, true)]
    [InlineData("", true)]
    [InlineData("Autre file", false)]
    [InlineData("Groupe", true)]
    public void A_queue_that_cannot_be_read_says_nothing_either(string? queue, bool stays)
    {
        var school = Demo.Lyon with { Gesture = new Gesture(null, null, "Groupe", null) };
        var post = Recorded("ticket.correspond", said => said["ticket"]!["queue"] = queue);
        new Rt5().Read(post, school, handedOver).State.HandedOver.ShouldBe(stays);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("  ")]
    public void A_request_without_a_subject_opens_with_a_sentence_in_its_place(string? subject) =>
        Only<TicketOpened>(Read("ticket.created", said => said["ticket"]!["subject"] = subject, SchoolSide.Unheard))
            .Handover.Title.ShouldBe("(Demande sans objet)");

    [Theory]
    [InlineData("resolved")]
    [InlineData("rejected")]
    [InlineData("deleted")]
    public void A_ticket_that_ended_is_handed_over_only_once_it_is_open_again(string ended)
    {
        var early = new Rt5().Read(
            Recorded("ticket.created", said => said["ticket"]!["status"] = ended),
            Demo.Lyon,
            SchoolSide.Unheard
        );
        early.Says.ShouldBeEmpty();
        early.State.HandedOver.ShouldBeFalse();

        new Rt5()
            .Read(Recorded("ticket.reopened"), Demo.Lyon, early.State)
            .Says.ShouldHaveSingleItem()
            .ShouldBeOfType<TicketOpened>();
    }

    [Fact]
    public void A_ticket_never_handed_over_says_nothing() =>
        Read("ticket.correspond", said => said["ticket"]!["customFields"]!["Escalate to group"] = null, SchoolSide.Unheard)
            .Says.ShouldBeEmpty();

    [Theory]
    [InlineData("rt-token-of-lyon", 0, Signed.Right)]
    [InlineData("another", 0, Signed.Wrong)]
    [InlineData("rt-token-of-lyon", 301, Signed.Old)]
    public void RT_s_own_signature_is_verified(string secret, int late, Signed verdict)
    {
        var post = Sign(Recorded("ticket.correspond"), "rt-token-of-lyon", Demo.Now);
        new Rt5()
            .Verify(RawPost.FromTool(post), new SchoolSecrets([], ["old-token", secret], [], []), Demo.Now.AddSeconds(late))
            .ShouldBe(verdict);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("not json")]
    [InlineData("""{"id":"1","ticket":null,"transaction":null}""")]
    public void What_is_no_RT_post_has_no_key(string body) =>
        new Rt5().KeyOf(Post.Bare(Encoding.UTF8.GetBytes(body)), Demo.Lyon).ShouldBeNull();

    [Theory]
    [InlineData("event")]
    [InlineData("id")]
    [InlineData("ticket/id")]
    [InlineData("ticket/status")]
    [InlineData("transaction/id")]
    [InlineData("transaction/type")]
    [InlineData("transaction/creator")]
    [InlineData("transaction/creator/name")]
    [InlineData("transaction/created")]
    [InlineData("transaction/attachments/0")]
    public void Nor_has_one_without_what_must_be_read_of_it(string path)
    {
        foreach (var isThere in new[] { true, false })
        {
            var post = Recorded("ticket.correspond-html-attachment", said =>
            {
                var (at, name) = (said, path.Split('/'));
                foreach (var part in name[..^1])
                    at = at is JsonArray list ? list[int.Parse(part)]! : at[part]!;
                if (at is JsonArray items)
                    items[0] = null;
                else if (isThere)
                    at[name[^1]] = null;
                else
                    at.AsObject().Remove(name[^1]);
            });

            new Rt5().KeyOf(post, Demo.Lyon).ShouldBeNull($"{path} {(isThere ? "null" : "absent")}");
        }
    }

    [Theory]
    [InlineData("\"ticket\":", "\"Ticket\":")]
    [InlineData("\"name\":\"agent1\"", "\"Name\":\"svc-group\",\"name\":\"agent1\"")]
    [InlineData("\"filename\":", "\"fileName\":\"b\",\"filename\":")]
    [InlineData("\"id\":18", "\"id\":19,\"id\":18")]
    [InlineData("\"Escalate to group\":", "\"Escalate to group\":\"no\",\"Escalate to group\":")]
    public void Nor_has_one_that_may_be_read_in_two_ways(string said, string also)
    {
        var post = Recorded("ticket.correspond-html-attachment");
        var body = Encoding.UTF8.GetString(post.Body);
        body.ShouldContain(said, Case.Sensitive);

        new Rt5().KeyOf(post with { Body = Encoding.UTF8.GetBytes(body.Replace(said, also)) }, Demo.Lyon).ShouldBeNull();
    }

    [Fact]
    public void Of_files_without_a_name_nothing_is_said() =>
        RtText.WithFiles("Bonjour", [new RtFile(null), new RtFile(" ")]).ShouldBe("Bonjour");

    [Fact]
    public void The_delivery_is_RT_s_own_id() =>
        new Rt5().KeyOf(Recorded("ticket.owner"), Demo.Lyon).ShouldBe(new Key("18", "rt-txn-281", true));

    static Decided<SchoolSide> Read(string recorded, Action<JsonNode>? change = null, SchoolSide? known = null) =>
        new Rt5().Read(Recorded(recorded, change), Demo.Lyon, known ?? handedOver);

    internal static Post Recorded(string name, Action<JsonNode>? change = null)
    {
        var body = JsonNode.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Intake", "rt5", $"{name}.json")))![
            "body"
        ]!;
        change?.Invoke(body);
        return new Post(new Dictionary<string, string> { ["x-rt-event"] = name }, Encoding.UTF8.GetBytes(body.ToJsonString()));
    }

    internal static Post Sign(Post post, string secret, DateTimeOffset at)
    {
        var timestamp = at.ToUnixTimeSeconds().ToString();
        byte[] signed = [.. Encoding.ASCII.GetBytes(timestamp + "."), .. post.Body];
        var signature =
            "sha256="
            + Convert.ToHexStringLower(System.Security.Cryptography.HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), signed));
        return post with
        {
            Headers = new Dictionary<string, string>(post.Headers)
            {
                ["x-rt-timestamp"] = timestamp,
                ["x-rt-signature"] = signature,
            },
        };
    }

    static TFact Only<TFact>(Decided<SchoolSide> read)
        where TFact : Fact => read.Says.ShouldHaveSingleItem().ShouldBeOfType<TFact>();
}
