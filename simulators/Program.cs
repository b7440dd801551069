using GroupTicketing.Simulators;
using GroupTicketing.Simulators.Itop;
using GroupTicketing.Simulators.School;

var arguments = Arguments.Read(args);
WebApplication? simulator = arguments.Role switch
{
    "itop" => ItopServer.Build(ItopOptions.From(arguments), TimeProvider.System),
    "school" => SchoolServer.Build(SchoolOptions.From(arguments), TimeProvider.System),
    _ => null,
};
if (simulator is null)
{
    Console.Error.WriteLine("Rôle inconnu. Rôles : itop, school.");
    return 2;
}
Parent.Watch(simulator, arguments);
simulator.Run();
return 0;
