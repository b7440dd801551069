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

    /// <summary>Whether not even a key can be looked up.</summary>
    public bool Unreadable { get; set; }

    /// <summary>What looking it up fails with.</summary>
    public Exception Why { get; set; } = new StoreUnavailableException("the disk is gone");

    protected override object? Invoke(MethodInfo? method, object?[]? arguments) => method!.Name switch
    {
        nameof(IStore.Save) when Broken => Task.FromException<bool>(new StoreUnavailableException("the disk is full")),
        nameof(IStore.GetSide) when Unreadable => throw Why,
        _ => method.Invoke(inner, arguments),
    };
}
