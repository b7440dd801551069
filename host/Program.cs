using GroupTicketing.Host;
using GroupTicketing.Host.Commands;

Umask.Close();
CommandTexts.Speak();
return await CommandLine.Run(args);
