using GroupTicketing.ItopConnector.Adapters;
using GroupTicketing.ItopConnector.Core;
using GroupTicketing.Platform;
using GroupTicketing.Registry;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace GroupTicketing.ItopConnector;

/// <summary>Group side: iTop's REST, in and out.</summary>
public sealed class ItopModule : IModule
{
    // A file of 25 MiB is 33.4 MiB in base64.
    const long MostBytes = 64 * 1024 * 1024;

    /// <inheritdoc/>
    public string Name => ItopDecider.ServiceName;

    /// <inheritdoc/>
    public IReadOnlyList<Type> OwnMessages =>
        [typeof(TicketRead), typeof(AttachmentSeen), typeof(GroupTicketGone), typeof(LookAgain), typeof(RequestFound)];

    /// <inheritdoc/>
    public void Services(IServiceCollection services)
    {
        services.AddSingleton(all => new ReadingRules(
            all.GetRequiredService<Catalogue>().Group.ReturnTeam,
            (all.GetRequiredService<ItopOptions>().WebUrl ?? all.GetRequiredService<ItopOptions>().Url).ToString(),
            all.GetRequiredService<IReadOnlyList<School>>().Select(school => school.Slug).ToHashSet(),
            all.GetRequiredService<Catalogue>().Group.Organisation));
        services.AddSingleton(all => new ItopClient(
            Outside.Client(MostBytes),
            all.GetRequiredService<ItopOptions>(),
            all.GetRequiredService<TimeProvider>()
        ));
        services.AddSingleton<ItopNames>();
        services.AddSingleton<ItopLinks>();
        services.AddSingleton<FindRequests>();
        services.AddSingleton<ItopKey>();
        services.AddSingleton<PeopleInDoubt>();
        services.AddSingleton<CreatePerson>();
        services.AddSingleton<ChooseCaller>();
        services.AddSingleton<CreateGroupTicket>();
        services.AddSingleton<FindGroupTicket>();
        services.AddSingleton<OpenGroupTicket>();
        services.AddSingleton<AdoptGroupTicket>();
        services.AddSingleton<WriteToGroupTicket>();
        services.AddSingleton<AttachFile>();
        services.AddSingleton<ParentSolutions>();
        services.AddSingleton<BoundRequest>();
        services.AddSingleton<CallOnTicket>();
        services.AddSingleton<MakeCall>();
        services.AddSingleton<Func<Documents<GroupTicket>>>(all => all.GetRequiredService<Documents<GroupTicket>>);
        services.AddSingleton<IAdapter, ItopAdapter>();
        services.AddSingleton<PutAside>();
        services.AddSingleton<Halving>();
        services.AddSingleton<ReadSome>();
        services.AddSingleton<ItopPoll>();
        services.AddSingleton<ItopPolling>();
        services.AddHostedService<ReadChanges>();
        services.AddSingleton<ReadCatalogue>();
        services.AddHostedService<WatchCatalogue>();
        services.AddSingleton<ShownLogs>();
        services.AddSingleton<ReadLive>();
        services.AddHostedService<ReconcileItop>();
        services.AddDecider(Name, all => new ItopDecider(all.GetRequiredService<ReadingRules>()));
    }

    /// <inheritdoc/>
    public void Endpoints(IEndpointRouteBuilder routes)
    {
    }
}
