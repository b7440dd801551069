namespace GroupTicketing.Directory;

/// <summary>Where a school's tool can be read, to find what its webhooks did not bring.</summary>
/// <param name="Url">For <c>generic</c> the address of its events, for <c>rt5</c> that of REST 2.0, e.g.
/// <c>https://rt.school.example/REST/2.0</c>. Absolute; https except for a try-out.</param>
/// <param name="Every">How often: 1 to 1,440 whole minutes, default 15.</param>
public sealed record ReadPort(Uri Url, TimeSpan Every);
