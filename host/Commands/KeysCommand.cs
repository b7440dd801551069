using System.CommandLine;
using GroupTicketing.Platform;

namespace GroupTicketing.Host.Commands;

/// <summary><c>keys new|list|revoke</c>: API keys, on the store of <c>--data</c>; a running process feels a change
/// within seconds.</summary>
static class KeysCommand
{
    public static Command Create(Func<ParseResult, HostSettings> settings)
    {
        var holder = new Argument<string>("holder") { Description = CommandTexts.Text("Holder") };
        var label = new Option<string>("--label") { Description = CommandTexts.Text("Label"), DefaultValueFactory = _ => "" };
        var add = new Command("new", CommandTexts.Text("KeysNew")) { holder, label };
        add.SetAction((parsed, ct) => With(
            settings(parsed), keys => New(keys, settings(parsed), parsed.GetValue(holder)!, parsed.GetValue(label)!, ct)));
        var list = new Command("list", CommandTexts.Text("KeysList"));
        list.SetAction((parsed, ct) => With(settings(parsed), keys => List(keys, ct)));
        var id = new Argument<string>("id") { Description = CommandTexts.Text("KeyId") };
        var revoke = new Command("revoke", CommandTexts.Text("KeysRevoke")) { id };
        revoke.SetAction((parsed, ct) => With(settings(parsed), keys => Revoke(keys, parsed.GetValue(id)!, ct)));
        return new Command("keys", CommandTexts.Text("Keys")) { add, list, revoke };
    }

    static async Task<int> With(HostSettings settings, Func<Keys, Task<int>> act)
    {
        try
        {
            await using var opened = await OpenStore.Open(settings);
            return await act(new Keys(opened.Store, TimeProvider.System));
        }
        catch (StoreUnavailableException exception)
        {
            return Tell.Error(exception.Localized);
        }
    }

    static async Task<int> New(Keys keys, HostSettings settings, string holder, string label, CancellationToken ct)
    {
        if (Holders.Fault(holder, settings) is { } fault)
            return Tell.Error(fault);
        try
        {
            Console.WriteLine(await keys.New(holder, label, ct));
            return 0;
        }
        catch (InvalidOperationException)
        {
            return Tell.Error(CommandTexts.Text("TwoKeys", holder, Keys.MostLive));
        }
    }

    static async Task<int> List(Keys keys, CancellationToken ct)
    {
        foreach (var key in await keys.List(ct))
        {
            var state = key.Revoked is { } at ? CommandTexts.Text("Revoked", at) : CommandTexts.Text("Live");
            Tell.Result("KeyLine", key.Id, key.Holder, key.Made, state, key.Label);
        }
        return 0;
    }

    static async Task<int> Revoke(Keys keys, string id, CancellationToken ct)
    {
        return await keys.Revoke(id, ct) ? 0 : Tell.Error(CommandTexts.Text("KeyUnknown", id));
    }
}
