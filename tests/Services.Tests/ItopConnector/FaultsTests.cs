using System.Net;
using System.Net.Sockets;
using System.Text.Json.Nodes;
using GroupTicketing.ItopConnector.Adapters;
using GroupTicketing.ItopConnector.Core;
using GroupTicketing.Platform;
using Microsoft.Extensions.Time.Testing;

namespace GroupTicketing.Services.Tests;

/// <summary>iTop's answers as a closed set of faults; the messages are those recorded on a real iTop 3.2.0, by an
/// account in French and one in English.</summary>
public sealed class FaultsTests
{
    static readonly JsonObject create = new() { ["operation"] = "core/create", ["class"] = "UserRequest" };
    static readonly JsonObject attach = new() { ["operation"] = "core/create", ["class"] = "Attachment" };
    static readonly JsonObject get = new() { ["operation"] = "core/get", ["class"] = "UserRequest" };

    readonly FakeTimeProvider clock = new(Demo.Now);

    [Theory]
    [InlineData(
        1062,
        "Error: Failed to issue SQL query: query = INSERT INTO `ticket_request` (`id`) VALUES ('11'), mysql_errno = 1062, "
        + "mysql_error = Duplicate entry 'lyon:u2' for key 'groupticketing_key_unique'",
        ItopFault.Duplicate,
        null
    )]
    [InlineData(1, "Error: Invalid login", ItopFault.Login, null)]
    [InlineData(
        1,
        "Error: This user is not authorized to use the web services. (The profile REST Services User is required to "
        + "access the REST web services)",
        ItopFault.NoRest,
        null
    )]
    [InlineData(1, "Error: Portal user is not allowed", ItopFault.Portal, null)]
    [InlineData(
        1,
        "The current user does not have enough permissions for creating data of class UserRequest",
        ItopFault.WriteDenied,
        null
    )]
    [InlineData(
        1,
        "The current user does not have enough permissions for reading data of class CMDBChangeOp",
        ItopFault.ReadDenied,
        null
    )]
    [InlineData(1, "Error: public_log: Only administrators can set the user id", ItopFault.WriteDenied, "public_log")]
    [InlineData(
        100,
        "Error: Failed to issue SQL query: query = UPDATE `ticket` SET `title` = 'Invalid login', mysql_errno = 1205",
        ItopFault.Busy,
        null
    )]
    [InlineData(100, "Invalid stimulus: 'ev_resolve' on the object R-000066 in state 'pending'", ItopFault.OtherState, null)]
    [InlineData(
        100,
        "Error: Valeur de l'attribut incorrecte 'Titre' (title) : Null not allowed: issues = {0=>",
        ItopFault.Missing,
        "title"
    )]
    [InlineData(
        100,
        "Error: Unexpected value for attribute 'Title' (title) : Null not allowed, Unexpected",
        ItopFault.Missing,
        "title"
    )]
    [InlineData(
        100,
        "Missing mandatory attribute(s) for applying the stimulus: request_type.",
        ItopFault.Missing,
        "request_type"
    )]
    [InlineData(
        100,
        "Error: Valeur de l'attribut incorrecte 'Origine' (origin) : Value not allowed [guichet]: issues",
        ItopFault.WrongValue,
        "origin"
    )]
    [InlineData(
        100,
        "Error: Valeur de l'attribut incorrecte 'Description' (description) : String too long (found 70007, limited to 65535)",
        ItopFault.TooLong,
        "description"
    )]
    [InlineData(
        100,
        "Error: start_date: Wrong format for date attribute start_date, expecting \"Y-m-d H:i:s\" and got \"hier\"",
        ItopFault.WrongFormat,
        "start_date"
    )]
    [InlineData(100, "Error: ext_ref: Unknown attribute", ItopFault.NotInModel, "ext_ref")]
    [InlineData(100, "Error: output_fields: invalid attribute code 'nope'", ItopFault.NotInModel, "output_fields")]
    [InlineData(100, "Error: class: 'Nope' is not a valid class'", ItopFault.NotInModel, "class")]
    [InlineData(100, "Error: caller_id: No item found with criteria: name: Personne (Personne)", ItopFault.NotThere, "caller_id")]
    [InlineData(100, "Error: Invalid object UserRequest::42", ItopFault.NotThere, null)]
    [InlineData(
        100,
        "Error: caller_id: Several items found (2) for query: SELECT Person WHERE name = 'Dupont'",
        ItopFault.Several,
        "caller_id"
    )]
    [InlineData(
        100,
        "Error: La règle d'unicité 'external_ref' renvoie une erreur: issues = {0=>La règle d'unicité 'external_ref' "
        + "renvoie une erreur}",
        ItopFault.Duplicate,
        "external_ref"
    )]
    [InlineData(
        100,
        "Error: Uniqueness rule 'external_ref' in error: issues = {0=>Uniqueness rule 'external_ref' in error}, class = "
        + "UserRequest, id = -1",
        ItopFault.Duplicate,
        "external_ref"
    )]
    [InlineData(100, "Error: Failed to do something else", ItopFault.Other, null)]
    public void A_message_is_one_fault(int code, string message, ItopFault fault, string? attribute)
    {
        Faults.From(code, message).ShouldBe(fault);
        Faults.AttributeIn(message).ShouldBe(attribute);
    }

    [Theory]
    [InlineData(503, ItopFault.Maintenance)]
    [InlineData(413, ItopFault.TooBig)]
    [InlineData(500, ItopFault.Failed)]
    [InlineData(504, ItopFault.Failed)]
    [InlineData(302, ItopFault.Elsewhere)]
    [InlineData(401, ItopFault.Elsewhere)]
    public void A_status_is_one_fault(int status, ItopFault fault) => Faults.OfStatus(status).ShouldBe(fault);

    [Fact]
    public async Task What_iTop_never_answers_ends_at_the_deadline_whoever_asked()
    {
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();
        var options = new ItopOptions
        {
            Url = new Uri($"http://{silent.LocalEndpoint}/"),
            User = "connecteur",
            Password = "x",
            Deadline = TimeSpan.FromMilliseconds(300),
        };
        var itop = new ItopClient(Outside.Client(1 << 20), options, TimeProvider.System);

        var late = await Should.ThrowAsync<ItopException>(() =>
            itop.Get("UserRequest", "SELECT UserRequest", "id", default).WaitAsync(TimeSpan.FromSeconds(10))
        );

        Again(late.Answer)
            .ShouldSatisfyAllConditions(
                again => again.Sent.ShouldBeTrue("it may have done it"),
                again => again.TargetDown.ShouldBeTrue()
            );
    }

    [Fact]
    public void Each_fault_is_answered_in_words_of_its_own()
    {
        var answers = Enum.GetValues<ItopFault>()
            .Select(fault => new ItopException(fault, ItopAnswers.From(fault)).Reason)
            .ToList();
        answers.ShouldBeUnique();
        answers.ShouldAllBe(reason => reason.Length > 15);
    }

    [Fact]
    public void While_iTop_takes_no_writes_at_all_everything_waits_and_the_words_change_after_an_hour()
    {
        var rights = new ItopRights(clock);
        rights.Granted(create);
        clock.Advance(TimeSpan.FromMinutes(1));

        Again(rights.Denied(attach)).Reason.ShouldContain("read-only mode, or");
        Again(rights.Denied(create)).TargetDown.ShouldBeTrue();
        rights.Granted(get);
        Again(rights.Denied(attach)).TargetDown.ShouldBeTrue();

        clock.Advance(TimeSpan.FromHours(2));
        Again(rights.Denied(create)).Reason.ShouldContain("for an hour");
    }

    [Fact]
    public void Denied_while_other_writes_succeed_it_is_a_missing_right_and_stops_only_what_needs_it()
    {
        var rights = new ItopRights(clock);
        Again(rights.Denied(attach));
        clock.Advance(TimeSpan.FromSeconds(30));
        rights.Granted(create);

        rights.Denied(attach).ShouldBeOfType<Answer.Refused>().Reason.ShouldContain("may not create Attachment");

        rights.Granted(attach);
        clock.Advance(TimeSpan.FromSeconds(30));
        Again(rights.Denied(attach));
    }

    static Answer.TryAgain Again(Answer answer) => answer.ShouldBeOfType<Answer.TryAgain>();
}
