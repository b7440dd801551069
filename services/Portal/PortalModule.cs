using GroupTicketing.Platform;
using GroupTicketing.Portal.Adapters;
using GroupTicketing.Portal.Core;
using GroupTicketing.Registry;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace GroupTicketing.Portal;

/// <summary>What people see: the read model, its JSON API and its pages.</summary>
public sealed class PortalModule : IModule
{
    /// <inheritdoc/>
    public string Name => "portal";

    /// <inheritdoc/>
    public IReadOnlyList<Type> OwnMessages =>
        [typeof(TriageAnswer), typeof(Announced), typeof(LinkWish), typeof(StoppedLinkAnswer)];

    /// <inheritdoc/>
    public void Services(IServiceCollection services)
    {
        services.AddSingleton<Tickets>();
        services.AddSingleton<Announcements>();
        services.AddSingleton<SaySoon>();
        services.AddHostedService(all => all.GetRequiredService<SaySoon>());
        services.AddSingleton<TellAnnouncements>();
        services.AddHostedService(all => all.GetRequiredService<TellAnnouncements>());
        services.AddDecider(Name, all => new TicketsDecider(all.GetRequiredService<IReadOnlyList<School>>()));
    }

    /// <inheritdoc/>
    public void Endpoints(IEndpointRouteBuilder routes)
    {
        ReadTickets.Map(routes);
        ListPending.Map(routes);
        OperatePending.Map(routes);
        AskReconcile.Map(routes);
        RepeatLastMessages.Map(routes);
        DecideTriage.Map(routes);
        AskLink.Map(routes);
        SettleStoppedLinks.Map(routes);
        Announce.Map(routes);
        EndAnnouncement.Map(routes);
        KeepSession.Map(routes);
        ShowPages.Map(routes);
        OperatePage.Map(routes);
        ReconcilePage.Map(routes);
    }
}
