using GroupTicketing.Host.Commands;

return await CommandLine.Root().Parse(args).InvokeAsync();
