using GroupTicketing.Prove;
using GroupTicketing.Prove.Hosted;

return args is ["run", ..] ? await Hosting.Run(args) : await Proving.Named(args);
