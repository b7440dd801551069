using GroupTicketing.Simulators.Itop.Model;
using GroupTicketing.Simulators.Itop.Store;

namespace GroupTicketing.Simulators.Itop.Rest;

/// <summary>What goes, is reset or stands in the way when objects are deleted, in the order iTop tells it.</summary>
public sealed class DeletionPlan
{
    public const int Manually = 4;
    public const int Reset = 5;

    private static readonly string[] Codes = ["id", "friendlyname"];

    private readonly ItopStore _store;
    private readonly string _language;
    private readonly Dictionary<string, Shown> _touched = new(StringComparer.Ordinal);

    public DeletionPlan(ItopStore store, IEnumerable<ItopObject> asked, string language)
    {
        (_store, _language) = (store, language);
        var all = asked.ToArray();
        Asked = all.Length;
        foreach (var gone in all)
            _touched[gone.Name] = new Shown(gone, "", Codes);
        foreach (var gone in all)
            Follow(gone);
    }

    public int Asked { get; }

    public IReadOnlyList<Shown> Touched => [.. _touched.Values];

    public bool IsBlocked => _touched.Values.Any(t => t.Code == Manually);

    /// <summary>The keys that point to what goes, of an object that stays.</summary>
    public IEnumerable<string> KeysToReset(ItopObject stays) =>
        stays.Model.Attributes.Where(a => a.Kind == "key" && IsGone(_store.Follow(stays, a.Code))).Select(a => a.Code);

    private bool IsGone(ItopObject? target) =>
        target is not null && _touched.TryGetValue(target.Name, out var touched) && touched.Code == 0;

    private void Follow(ItopObject gone)
    {
        foreach (var (itopClass, attribute) in DataModel.KeysTo(gone.Class))
        foreach (
            var from in InOrder(itopClass)
                .Where(o => _store.Read(o, attribute) as string == $"{gone.Id}" && !_touched.ContainsKey(o.Name))
                .ToArray()
        )
            Touch(from, attribute);
    }

    private IEnumerable<ItopObject> InOrder(ItopClass itopClass) =>
        _store.All(itopClass.Name).OrderBy(_store.FriendlyName, StringComparer.OrdinalIgnoreCase).ThenBy(o => o.Id);

    private void Touch(ItopObject from, ItopAttribute attribute)
    {
        // A link is nothing without its ends, nor a request without its organisation.
        var goesToo =
            from.Class.StartsWith("lnk", StringComparison.Ordinal) || (from.Class == "UserRequest" && attribute.Code == "org_id");
        if (goesToo)
        {
            _touched[from.Name] = new Shown(from, "", Codes);
            Follow(from);
        }
        else if (attribute.Required)
            _touched[from.Name] = new Shown(from, $"Must be deleted explicitely... but: {from.Name} {ByHand}", Codes, Manually);
        else
            _touched[from.Name] = new Shown(from, $"Reset external keys: {Label(attribute)}", Codes, Reset);
    }

    private string ByHand => _language == "EN US" ? "Must be deleted manually" : "Doit être supprimé manuellement";

    private string? Label(ItopAttribute attribute) =>
        _language == "EN US" ? attribute.English ?? attribute.Label : attribute.Label;
}
