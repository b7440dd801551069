using GroupTicketing.ItopConformance.Contract;
using GroupTicketing.ItopConformance.Replay;

return ItopUnderTest.FromEnvironment() is { } itop
    ? await ContractRun.Print(itop, Console.Out)
    : await ReplayReport.Print(Console.Out);
