using GroupTicketing.Directory;

namespace GroupTicketing.ItopConnector.Adapters;

/// <summary>What the files name, and by which clock iTop is asked for it.</summary>
sealed record ReadFor(Catalogue Catalogue, IReadOnlyList<School> Schools, TimeProvider Clock);
