using GroupTicketing.ItopConnector.Adapters;
using GroupTicketing.Platform;

namespace GroupTicketing.Prove.Hosted;

/// <summary>Puts what the environment asks for around the product's own parts. Nothing of it is in the product.</summary>
static class Faults
{
    // What ItopModule reads at most.
    const long MostBytes = 64 * 1024 * 1024;

    public static void Into(IServiceCollection services)
    {
        if (Crash.Armed() is { } crash)
        {
            services.AddSingleton(crash);
            Around<IStore>(services, (inner, all) => new CrashingStore(inner, all.GetRequiredService<Crash>()));
            Around<IBus>(services, (inner, all) => new CrashingBus(inner, all.GetRequiredService<Crash>()));
            Around<IAdapter>(services, (inner, all) => new CrashingAdapter(inner, all.GetRequiredService<Crash>()));
            Around<ItopClient>(services, (_, all) =>
                new ItopClient(
                    CrashingCreate.Client(MostBytes, all.GetRequiredService<Crash>()),
                    all.GetRequiredService<ItopOptions>(),
                    all.GetRequiredService<TimeProvider>()
                )
            );
        }
        if (PoisonedDecider.Mark is not null)
        {
            foreach (
                var decider in services
                    .Where(one =>
                        one.ServiceType is { IsGenericType: true } type && type.GetGenericTypeDefinition() == typeof(IDecider<>)
                    )
                    .ToList()
            )
                Replace(services, decider, (inner, _) =>
                    Activator.CreateInstance(
                        typeof(PoisonedDecider<>).MakeGenericType(decider.ServiceType.GenericTypeArguments),
                        inner
                    )!
                );
        }
        if (Gauge.File is not null)
            services.AddHostedService<Gauge>();
    }

    static void Around<T>(IServiceCollection services, Func<T, IServiceProvider, T> wrap)
        where T : class
    {
        foreach (var service in services.Where(one => one.ServiceType == typeof(T)).ToList())
            Replace(services, service, (inner, all) => wrap((T)inner, all));
    }

    static void Replace(IServiceCollection services, ServiceDescriptor service, Func<object, IServiceProvider, object> wrap)
    {
        var index = services.IndexOf(service);
        services[index] = ServiceDescriptor.Describe(service.ServiceType, all => wrap(Made(service, all), all), service.Lifetime);
    }

    static object Made(ServiceDescriptor service, IServiceProvider all) =>
        service.ImplementationInstance
        ?? service.ImplementationFactory?.Invoke(all)
        ?? ActivatorUtilities.CreateInstance(all, service.ImplementationType!);
}
