using GroupTicketing.ItopConnector.Adapters;
using GroupTicketing.ItopConnector.Core;
using GroupTicketing.Platform;

namespace GroupTicketing.Services.Tests;

/// <summary>Each of iTop's faults has a code by which all alike are found, whatever the text beside it says.</summary>
public sealed class ItopCauseTests
{
    public static TheoryData<ItopFault> Known => [.. Enum.GetValues<ItopFault>().Where(fault => fault is not ItopFault.Other)];

    [Theory]
    [MemberData(nameof(Known))]
    public void A_known_fault_has_a_code_of_its_kind(ItopFault fault) => CauseOf(fault).ShouldNotBe(Cause.Other);

    [Theory]
    [InlineData(ItopFault.Login, Cause.Credentials)]
    [InlineData(ItopFault.WriteDenied, Cause.Rights)]
    [InlineData(ItopFault.Maintenance, Cause.Unavailable)]
    [InlineData(ItopFault.WrongValue, Cause.Invalid)]
    [InlineData(ItopFault.TooBig, Cause.TooLarge)]
    [InlineData(ItopFault.Other, Cause.Other)]
    public void What_a_person_does_alike_has_one_code(ItopFault fault, Cause cause) => CauseOf(fault).ShouldBe(cause);

    [Fact]
    public void A_code_that_was_chosen_stays() =>
        new ItopException(ItopFault.NotThere, new Answer.Refused("gone", Cause: Cause.Identity))
            .Answer.ShouldBeOfType<Answer.Refused>()
            .Cause.ShouldBe(Cause.Identity);

    static Cause CauseOf(ItopFault fault) => new ItopException(fault, ItopAnswers.From(fault)).Answer switch
    {
        Answer.TryAgain again => again.Cause,
        Answer.Refused refused => refused.Cause,
        var other => throw new InvalidOperationException($"{other}"),
    };
}
