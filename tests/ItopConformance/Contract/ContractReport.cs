namespace GroupTicketing.ItopConformance.Contract;

public static class ContractReport
{
    public static Task<int> Print(ItopUnderTest itop, TextWriter to) => Task.FromResult(itop is null || to is null ? 1 : 1);
}
