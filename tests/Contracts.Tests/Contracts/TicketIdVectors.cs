using GroupTicketing.Contracts;

namespace GroupTicketing.Tests.Contracts;

/// <summary>An id that changes would make every known ticket a new one: these are frozen.</summary>
public class TicketIdVectors
{
    [Theory]
    [InlineData("lyon", "4512", 1, "d0ccb194-c753-8175-a99f-641fbd8c0b5c")]
    [InlineData("lyon", "4512", 2, "7fa518ca-00c9-821b-b41a-193bb4f853a5")]
    [InlineData("toulouse", "4512", 1, "ad0cfe3a-3e23-8c96-85a3-c2447c297f66")]
    [InlineData("lyon", "INC-été-7", 1, "bc20d7e6-f957-8eb2-8066-c2eef9d15e75")]
    public void A_school_ticket_has_the_same_id_for_ever(string school, string tool, int generation, string expected) =>
        TicketIds.OfSchool(school, tool, generation).ToString().ShouldBe(expected);

    [Theory]
    [InlineData("1", "195da4f4-82d3-8d03-81c5-658189861694")]
    [InlineData("51", "7c76e480-4bed-8dfa-9154-3dbcfadc7687")]
    public void A_ticket_born_in_itop_has_the_same_id_for_ever(string itopId, string expected) =>
        TicketIds.OfItop(itopId).ToString().ShouldBe(expected);

    [Fact]
    public void The_first_generation_is_the_default() =>
        TicketIds.OfSchool("lyon", "1").ShouldBe(TicketIds.OfSchool("lyon", "1", 1));

    [Fact]
    public void A_school_and_itop_never_share_an_id() => TicketIds.OfItop("1").ShouldNotBe(TicketIds.OfSchool("itop", "1"));

    [Fact]
    public void Every_id_is_a_version_8_uuid_of_the_standard_variant()
    {
        var ids = Enumerable.Range(0, 500).Select(number => TicketIds.OfSchool("lyon", $"{number}")).ToList();

        ids.ShouldAllBe(id => id.Version == 8);
        ids.ShouldAllBe(id => (id.Variant & 0b1100) == 0b1000);
        ids.Distinct().Count().ShouldBe(500);
    }
}
