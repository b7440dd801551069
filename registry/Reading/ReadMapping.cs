namespace GroupTicketing.Registry.Reading;

/// <summary>How a school's words become the catalogue's.</summary>
internal static class ReadMapping
{
    public static Mapping From(Fields file, Catalogue catalogue)
    {
        if (file.Group("mapping") is not { } fields)
            return Mapping.None;

        var once = new Once(FileTexts.Text("TheQueue"));
        var mapping = new Mapping(
            ReadFields(fields),
            [.. fields.Groups("queues").Select(q => ReadQueue(q, catalogue, once))]);
        fields.Done();
        return mapping;
    }

    private static FieldNames ReadFields(Fields mapping)
    {
        if (mapping.Group("fields") is not { } fields)
            return new();

        var names = new FieldNames(
            fields.TextOrNull("brique"),
            fields.TextOrNull("service"),
            fields.TextOrNull("sousService"),
            fields.TextOrNull("category"),
            fields.TextOrNull("reference"));
        fields.Done();
        return names;
    }

    private static QueuePlace ReadQueue(Fields fields, Catalogue catalogue, Once once)
    {
        var queue = fields.Text("queue");
        var brique = fields.Text("brique");
        var service = fields.TextOrNull("service");
        var sousService = fields.TextOrNull("sousService");
        once.Use(queue, fields.LineOf("queue"), fields.Problems);
        fields.Done();
        if (fields.IsSound)
            KnownNames.Check(catalogue, brique, service, sousService, fields.LineOf("brique"), fields.Problems);

        var known = catalogue.Find(brique);
        var knownService = known?.Find(service);
        return new(
            queue,
            known?.Name ?? brique,
            knownService?.Name ?? service,
            knownService?.Find(sousService)?.Name ?? sousService
        );
    }
}
