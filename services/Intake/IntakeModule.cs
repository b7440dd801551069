using GroupTicketing.Intake.Adapters;
using GroupTicketing.Intake.Core;
using GroupTicketing.Intake.Dialects;
using GroupTicketing.Platform;
using GroupTicketing.Registry;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace GroupTicketing.Intake;

/// <summary>School side in: webhooks of the schools' tools become facts.</summary>
public sealed class IntakeModule : IModule
{
    /// <summary>Every dialect this release speaks, by the name schools' files use.</summary>
    public static readonly IReadOnlyDictionary<string, IDialect> Dialects = new IDialect[]
    {
        new Generic(),
        new Rt5(),
    }.ToDictionary(dialect => dialect.Name);

    // A ticket with its whole history and, where its tool gives them, its files.
    const long MostRead = 64 * 1024 * 1024;

    /// <inheritdoc/>
    public string Name => "intake";

    /// <inheritdoc/>
    public IReadOnlyList<Type> OwnMessages => [typeof(Delivery)];

    /// <inheritdoc/>
    public void Services(IServiceCollection services)
    {
        services.AddSingleton(all => new SchoolDoors(
            all.GetRequiredService<IReadOnlyList<School>>().ToDictionary(school => school.Slug),
            all.GetRequiredService<IReadOnlyDictionary<string, SchoolSecrets>>(),
            Dialects));
        services.AddSingleton(all => PlatformSetup.IncomingBodies(all.GetRequiredService<PlatformOptions>()));
        services.AddSingleton<Deliveries>();
        services.AddSingleton<PutAside>();
        services.AddSingleton<GestureFields>();
        services.AddSingleton<Entrance>();
        services.AddSingleton<Doorway>();
        services.AddSingleton(all => new ToolClient(all.GetRequiredService<SchoolAddresses>().Client(MostRead)));
        services.AddSingleton<ISchoolReader, GenericReader>();
        services.AddSingleton<ISchoolReader, Rt5Reader>();
        services.AddSingleton<Shown>();
        services.AddSingleton<FindMissed>();
        services.AddSingleton<LookAtTicket>();
        services.AddSingleton(new SoleTask(ReadSchools.Task));
        services.AddHostedService<ReadSchools>();
        services.AddHostedService<FindingGauges>();
        services.AddDecider(Name, all => new IntakeDecider(all.GetRequiredService<SchoolDoors>().Schools, Dialects));
    }

    /// <inheritdoc/>
    public void Endpoints(IEndpointRouteBuilder routes)
    {
        ReceiveWebhook.Map(routes);
        ListPutAside.Map(routes);
    }
}
