using GroupTicketing.Simulators.Itop.Model;
using GroupTicketing.Simulators.Itop.Store;

namespace GroupTicketing.Simulators.Itop.Rest;

/// <summary>What one call answers: the envelope, and the objects with the attributes to show.</summary>
public sealed record Answer(int Code, string? Message, IReadOnlyList<Shown>? Objects, bool WithObjects = true)
{
    /// <summary>Members of an answer that is not about objects.</summary>
    public IReadOnlyDictionary<string, object>? Others { get; init; }

    /// <summary>core/get_related's own member; the classes simulated have no relations.</summary>
    public bool WithRelations { get; init; }

    public static Answer Of(Refusal refusal) => refusal.Thrown
        ? new Answer(refusal.Code, $"Error: {refusal.Message}", null, WithObjects: false)
        : new Answer(refusal.Code, refusal.Message, null);
}

/// <param name="Message">"created", "updated" or nothing.</param>
public sealed record Shown(ItopObject Object, string Message, IReadOnlyList<string> Codes, int Code = 0)
{
    public static IReadOnlyList<string> CodesOf(ItopClass itopClass, string? outputFields)
    {
        if (outputFields is null or "*" or "*+")
            return [.. itopClass.Attributes.Where(a => a.Code != "overview").Select(a => a.Code)];
        var codes = outputFields.Split(',', StringSplitOptions.TrimEntries);
        foreach (var code in codes)
            if (code != "id" && itopClass.Find(code) is null)
                throw Refusal.Error($"output_fields: invalid attribute code '{code}'");
        return codes;
    }
}
