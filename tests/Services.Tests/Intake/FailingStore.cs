using System.Reflection;
using GroupTicketing.Platform;

namespace GroupTicketing.Services.Tests;

/// <summary>A store whose documents cannot be written while it is broken.</summary>
class FailingStore : DispatchProxy
{
    IStore inner = null!;

    public bool Broken { get; set; } = true;

    public static IStore Over(IStore inner)
    {
        var store = Create<IStore, FailingStore>();
        ((FailingStore)(object)store).inner = inner;
        return store;
    }

    protected override object? Invoke(MethodInfo? method, object?[]? arguments) => Broken && method!.Name == nameof(IStore.Save)
        ? Task.FromException<bool>(new StoreUnavailableException("the disk is full"))
        : method!.Invoke(inner, arguments);
}
