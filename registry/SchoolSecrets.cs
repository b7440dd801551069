namespace GroupTicketing.Registry;

/// <summary>A school's secrets themselves. Keep them in memory only; they show no value as text.</summary>
public sealed record SchoolSecrets(
    IReadOnlyList<string> Webhook,
    IReadOnlyList<string> Rt,
    IReadOnlyList<string> Callback,
    IReadOnlyList<string> Read
)
{
    public override string ToString() => $"{Webhook.Count} webhook, {Rt.Count} rt, {Callback.Count} callback, {Read.Count} read";
}

/// <summary>The secrets that could be had, and an error for each that could not.</summary>
public sealed record SecretsReading(SchoolSecrets Secrets, IReadOnlyList<Problem> Errors);
