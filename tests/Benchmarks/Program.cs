using GroupTicketing.Benchmarks;

return await Benchmark.Run(args);
