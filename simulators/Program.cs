using GroupTicketing.Simulators;
using GroupTicketing.Simulators.Itop;
using GroupTicketing.Simulators.School;

var arguments = Arguments.Read(args);
var clock = OffsetClock.From(arguments);
WebApplication? simulator = arguments.Role switch
{
    "itop" => ItopServer.Build(ItopOptions.From(arguments), clock),
    "school" => SchoolServer.Build(SchoolOptions.From(arguments), clock),
    _ => null,
};
if (simulator is null)
{
    Console.Error.WriteLine("Rôle inconnu. Rôles : itop, school.");
    return 2;
}
Parent.Watch(arguments);
simulator.Run();
return 0;
