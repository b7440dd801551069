using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace GroupTicketing.Platform;

/// <summary>Which key a door needs. It is asked for before the door is opened: of whoever has none, nothing of the body is
/// read.</summary>
public static class NeededKeys
{
    const string Item = "groupticketing.caller";

    /// <summary>Only with an operator's key.</summary>
    public static TBuilder RequireOperator<TBuilder>(this TBuilder endpoint)
        where TBuilder : IEndpointConventionBuilder => endpoint.WithMetadata(new Needed(caller => caller.IsOperator));

    /// <summary>With any live key; <see cref="Caller"/> says whose.</summary>
    public static TBuilder RequireKey<TBuilder>(this TBuilder endpoint)
        where TBuilder : IEndpointConventionBuilder => endpoint.WithMetadata(new Needed(_ => true));

    /// <summary>Whose key the call bore.</summary>
    public static Caller Caller(this HttpContext context) => (Caller)context.Items[Item]!;

    /// <summary>To stand after what counts refused keys. A filter of the door comes too late: what it is given has been
    /// read from the body.</summary>
    public static void UseNeededKeys(this IApplicationBuilder app) =>
        app.Use(
            async (HttpContext context, RequestDelegate next) =>
            {
                if (context.GetEndpoint()?.Metadata.GetMetadata<Needed>() is not { } needed)
                    await next(context);
                else if (await Callers.CallerOf(context) is not { } caller)
                    await Callers.Refused(context).ExecuteAsync(context);
                else if (!needed.IsAllowed(caller))
                    await Callers.NotAllowed(context, caller).ExecuteAsync(context);
                else
                {
                    context.Items[Item] = caller;
                    if (!HttpMethods.IsGet(context.Request.Method))
                        Callers.Acts(context, caller);
                    await next(context);
                }
            }
        );

    sealed record Needed(Func<Caller, bool> IsAllowed);
}
