using System.Text.Json;
using System.Text.RegularExpressions;
using GroupTicketing.Contracts;
using GroupTicketing.Tests.Contracts;

namespace GroupTicketing.Tests.Deploy;

/// <summary>Who may do what on the broker, against the listener table. MassTransit names an exchange by the message's
/// type and a queue by its deed.</summary>
public sealed class BusRightsTests
{
    static readonly JsonElement definitions = JsonDocument
        .Parse(File.ReadAllText(Tree.Path("deploy/rabbitmq/definitions.json")))
        .RootElement;

    static readonly string[] services = [.. Listeners.Table.SelectMany(row => new[] { row.Speaker, row.Listener }).Distinct()];

    static readonly string[] queues = [.. Listeners.Table.Select(row => row.Queue).Distinct()];

    public static TheoryData<string> Services => [.. services];

    [Fact]
    public void Each_service_has_a_user_and_there_is_one_for_operators_and_no_other()
    {
        Names("users", "name").ShouldBe([.. services, "operator"], ignoreOrder: true);
        Names("permissions", "user").ShouldBe([.. services, "operator"], ignoreOrder: true);
    }

    [Fact]
    public void Nobody_administers_and_no_password_is_written()
    {
        foreach (var user in definitions.GetProperty("users").EnumerateArray())
        {
            user.GetProperty("tags").GetArrayLength().ShouldBe(0);
            user.GetProperty("password").GetString().ShouldBe($"@{user.GetProperty("name").GetString()}@");
        }
    }

    [Theory]
    [MemberData(nameof(Services))]
    public void A_service_says_its_own_facts_and_no_other_s(string service)
    {
        foreach (var row in Listeners.Table)
            row.Facts.ShouldAllBe(fact => May(service, "write", Exchange(fact)) == (row.Speaker == service));
    }

    [Fact]
    public void A_fact_is_a_Fact_and_of_no_other_type_of_ours()
    {
        foreach (var fact in Listeners.Facts)
        {
            fact.BaseType.ShouldBe(typeof(Fact), "MassTransit makes an exchange of each, which its speaker may not write to");
            fact.GetInterfaces().ShouldAllBe(one => one.Namespace!.StartsWith("System"));
        }
    }

    [Theory]
    [MemberData(nameof(Services))]
    public void A_service_declares_the_whole_table(string service)
    {
        foreach (var name in Listeners.Facts.Select(Exchange).Concat(queues))
        {
            May(service, "configure", name).ShouldBeTrue(name);
            May(service, "read", name).ShouldBeTrue(name);
        }
        queues.ShouldAllBe(queue => May(service, "write", queue));
    }

    [Theory]
    [MemberData(nameof(Services))]
    public void What_was_put_aside_is_its_listener_s_own(string service)
    {
        foreach (var row in Listeners.Table)
        {
            foreach (var right in new[] { "configure", "write", "read" })
            {
                foreach (var aside in new[] { "_error", "_skipped" })
                    May(service, right, row.Queue + aside).ShouldBe(row.Listener == service, $"{right} {row.Queue}{aside}");
            }
        }
    }

    [Theory]
    [MemberData(nameof(Services))]
    public void Only_the_console_says_what_a_person_wants_and_each_service_hears_it(string service)
    {
        May(service, "write", "GroupTicketing.Platform:Operate").ShouldBe(service == "portal");
        services.ShouldAllBe(other =>
            May(service, "configure", $"operate-{other}") && May(service, "read", $"say-again-{other}")
        );
    }

    [Theory]
    [MemberData(nameof(Services))]
    public void Each_asks_for_what_it_misses_and_says_what_it_no_longer_has(string service) =>
        new[] { "Missing", "Forgotten" }.ShouldAllBe(message => May(service, "write", $"GroupTicketing.Platform:{message}"));

    [Theory]
    [MemberData(nameof(Services))]
    public void Nothing_else_is_open(string service)
    {
        string[] others =
        [
            "",
            "amq.topic",
            "amq.default",
            "orders",
            "tell-school-2",
            "my-tell-school",
            "GroupTicketing.Other:Thing",
            "tell-school_error_error",
        ];

        foreach (var right in new[] { "configure", "write", "read" })
            others.ShouldAllBe(name => !May(service, right, name));
    }

    [Fact]
    public void An_operator_moves_what_was_put_aside_back_empties_queues_after_a_restore_and_can_do_nothing_else()
    {
        queues.ShouldAllBe(queue =>
            May("operator", "read", queue + "_error")
            && May("operator", "read", queue + "_skipped")
            && May("operator", "write", queue)
        );
        queues.ShouldAllBe(queue => May("operator", "read", queue) && !May("operator", "configure", queue));
        Listeners.Facts.ShouldAllBe(fact => !May("operator", "write", Exchange(fact)));
    }

    // What an operator's policy lets expire goes where `errors replay` finds it; over the limit nothing is taken that
    // would have to be dropped.
    [Fact]
    public void A_full_queue_refuses_and_what_leaves_it_otherwise_is_put_aside()
    {
        var policies = definitions
            .GetProperty("policies")
            .EnumerateArray()
            .ToDictionary(one => one.GetProperty("pattern").GetString()!, one => one.GetProperty("definition"));

        policies.Keys.ShouldBe(queues.Select(queue => $"^{queue}$"), ignoreOrder: true);
        foreach (var (pattern, policy) in policies)
        {
            policy.GetProperty("overflow").GetString().ShouldBe("reject-publish");
            policy.GetProperty("dead-letter-strategy").GetString().ShouldBe("at-least-once");
            policy.GetProperty("dead-letter-exchange").GetString().ShouldBe("");
            policy.GetProperty("dead-letter-routing-key").GetString().ShouldBe($"{pattern.Trim('^', '$')}_error");
        }
    }

    static string Exchange(Type fact) => $"{fact.Namespace}:{fact.Name}";

    static bool May(string user, string right, string name) =>
        Regex.IsMatch(
            name,
            definitions
                .GetProperty("permissions")
                .EnumerateArray()
                .Single(one => one.GetProperty("user").GetString() == user)
                .GetProperty(right)
                .GetString()!
        );

    static IEnumerable<string> Names(string part, string name) =>
        definitions.GetProperty(part).EnumerateArray().Select(one => one.GetProperty(name).GetString()!);
}
