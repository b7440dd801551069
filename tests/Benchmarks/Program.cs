using GroupTicketing.Benchmarks.Cost;

switch (args.FirstOrDefault())
{
    case "cost":
        return await Cost.Run();
    default:
        Console.Error.WriteLine("usage: dotnet run --project tests/Benchmarks -c Release -- cost");
        return 2;
}
