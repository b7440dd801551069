using GroupTicketing.Registry;

namespace GroupTicketing.Contracts.Tests.Registry;

/// <summary>A sound directory in a folder of its own, to be broken in one place.</summary>
internal sealed class Folder : IDisposable
{
    public const string Catalogue = """
        group:
          name: Groupe INSA
          organisation: INSA Groupe
          triageTeam: C2IP
          connectorContact: Connecteur
          schools:
            - { slug: lyon, name: INSA Lyon }
            - { slug: rennes, name: INSA Rennes }
        briques:
          - name: Scénari
            aliases: [Scenari Chain]
            pilot: true
            team: Support Scénari
            intervenants:
              - { name: Noé Tilleul, school: lyon, email: noe@lyon.example }
            services:
              - name: Gestion des comptes
                aliases: [Comptes]
                sousServices:
                  - { name: Création de compte, requestType: service_request, aliases: [Nouveau compte] }
                  - { name: Quota, requestType: incident, team: Équipe Disques }
                  - { name: À qualifier, requestType: incident }
              - name: Publication
                sousServices:
                  - { name: Erreur, requestType: incident }
            toQualify: { service: Gestion des comptes, sousService: À qualifier }
          - name: Wiki
            team: Support Wiki
            intervenants:
              - { name: Sacha Merisier, school: rennes }
            services:
              - name: Pages
                sousServices:
                  - { name: Erreur, requestType: incident }

        """;

    public const string Calendar = """
        week:
          monday: [08:00-12:00, 13:00-17:00]
          tuesday: 08:00-16:00
          wednesday: 08:00-16:00
          thursday: 08:00-16:00
          friday: 08:00-16:00
        holidays: [2026-12-25]

        """;

    public const string Lyon = """
        slug: lyon
        name: INSA Lyon
        organisation: INSA Lyon
        supportContact: support@lyon.example
        pilot: true
        tool: rt5
        secrets:
          webhook: [file:lyon-webhook, env:LYON_WEBHOOK]
          callback: demo:whsec_j0jaBJJy2wJzLJMEWrnJ/uPRyuudxOvAXk2DzIQR9yg=
        gesture: { field: Escalate to group, value: yes }
        mapping:
          queues:
            - { queue: Comptes Scenari, brique: Scénari, service: Gestion des comptes }
        callback: { url: "https://tickets.lyon.example/callbacks" }

        """;

    /// <summary>The secret that stands in the school's file.</summary>
    public const string DemoSecret = "whsec_j0jaBJJy2wJzLJMEWrnJ/uPRyuudxOvAXk2DzIQR9yg=";

    private readonly string path = Directory.CreateTempSubdirectory("directory-").FullName;

    public Folder()
    {
        Directory.CreateDirectory(Path.Combine(path, "schools"));
        Write("catalogue.yaml", Catalogue);
        Write("calendar.yaml", Calendar);
        Write("schools/lyon.yaml", Lyon);
    }

    public string PathOf(string file) => Path.Combine(path, file);

    public Folder Write(string file, string text)
    {
        File.WriteAllText(PathOf(file), text);
        return this;
    }

    /// <summary>Replaces text that must be there, so that a case cannot silently break nothing.</summary>
    public Folder Change(string file, string from, string to)
    {
        var text = File.ReadAllText(PathOf(file));
        text.ShouldContain(from);
        return Write(file, text.Replace(from, to));
    }

    public RegistryReading Load() => RegistryLoader.Load(path, ["generic", "rt5"]);

    public RegistryReading Sound()
    {
        var reading = Load();
        reading.Errors.ShouldBeEmpty();
        return reading;
    }

    public void Dispose() => Directory.Delete(path, recursive: true);
}
