using GroupTicketing.Registry;

namespace GroupTicketing.ItopConnector.Core;

/// <summary>A thing of the catalogue and its id in this iTop.</summary>
public sealed record Found(ItopItem Item, string Id);
