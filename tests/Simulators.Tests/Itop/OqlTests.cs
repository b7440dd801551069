using GroupTicketing.Simulators.Itop.Oql;
using GroupTicketing.Simulators.Itop.Store;

namespace GroupTicketing.Simulators.Tests.Itop;

public sealed class OqlTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("oql-").FullName;
    private readonly ItopStore _store;

    public OqlTests()
    {
        _store = new ItopStore(_folder, TimeProvider.System);
        Add("Organization", ("name", "INSA Lyon"));
        Add("Organization", ("name", "INSA Rennes"));
        Add(
            "UserRequest",
            ("title", "Panne de Moodle"),
            ("ref", "R-1"),
            ("org_id", "1"),
            ("status", "new"),
            ("start_date", "2020-01-01 00:00:00")
        );
        Add("UserRequest", ("title", "100% _souligné_"), ("ref", "R-2"), ("org_id", "1"), ("status", "closed"));
        Add("UserRequest", ("title", "l'apostrophe \\ \"x\""), ("ref", "R-3"), ("org_id", "2"), ("status", "new"));
        for (var n = 4; n <= 12; n++)
            Add("UserRequest", ("title", $"n{n}"), ("ref", $"R-{n}"), ("org_id", "2"), ("status", "resolved"));
    }

    [Theory]
    [InlineData("SELECT UserRequest WHERE id = 2", "2")]
    [InlineData("SELECT UserRequest WHERE id = '2'", "2")]
    [InlineData("SELECT UserRequest WHERE id > 9", "10 11 12")]
    [InlineData("SELECT UserRequest WHERE id >= 11 AND id < 12", "11")]
    [InlineData("SELECT UserRequest WHERE id <= 2", "1 2")]
    [InlineData("SELECT UserRequest WHERE title = 'panne de moodle'", "1")]
    [InlineData("SELECT UserRequest WHERE status = 'new' AND org_id != 1", "3")]
    [InlineData("SELECT UserRequest WHERE id IN (1, 3, 99)", "1 3")]
    [InlineData("SELECT UserRequest WHERE status NOT IN ('resolved', 'closed')", "1 3")]
    [InlineData("SELECT UserRequest WHERE id = 1 OR id = 2 AND status = 'new'", "1")]
    [InlineData("SELECT UserRequest WHERE (id = 1 OR id = 2) AND status = 'closed'", "2")]
    [InlineData("SELECT UserRequest WHERE title LIKE '%moodle'", "1")]
    [InlineData("SELECT UserRequest WHERE title LIKE 'n1_'", "10 11 12")]
    [InlineData("SELECT UserRequest WHERE title LIKE '100\\% %'", "2")]
    [InlineData("SELECT UserRequest WHERE title LIKE '%\\_sou%'", "2")]
    [InlineData("SELECT UserRequest WHERE title = 'l\\'apostrophe \\\\ \"x\"'", "3")]
    [InlineData("SELECT UserRequest WHERE title LIKE \"l'%\"", "3")]
    [InlineData("SELECT UserRequest WHERE org_name = 'INSA Lyon'", "1 2")]
    [InlineData("SELECT UserRequest WHERE operational_status = 'ongoing'", "1 3")]
    [InlineData("SELECT UserRequest AS u WHERE u.id = 3", "3")]
    [InlineData("SELECT UserRequest AS u JOIN Organization AS o ON u.org_id = o.id WHERE o.name = 'INSA Lyon'", "1 2")]
    [InlineData(
        "SELECT u FROM UserRequest AS u JOIN Organization AS o ON u.org_id = o.id WHERE o.name LIKE '%Lyon' AND u.status = 'new'",
        "1"
    )]
    [InlineData("SELECT Organization AS o JOIN UserRequest AS u ON u.org_id = o.id WHERE u.status = 'new'", "1 2")]
    [InlineData("select UserRequest where id = 1", "1")]
    [InlineData("SELECT Ticket WHERE id = 2", "2")]
    [InlineData("SELECT Contact WHERE name = 'personne'", "")]
    [InlineData("SELECT UserRequest WHERE start_date < DATE_SUB(NOW(), INTERVAL 2 HOUR) AND id = 1", "1")]
    [InlineData("SELECT UserRequest WHERE start_date > DATE_ADD(NOW(), INTERVAL 1 DAY)", "")]
    public void Finds(string query, string ids) =>
        string.Join(' ', _store.Select(OqlParser.Parse(query)).Select(o => o.Id).Order()).ShouldBe(ids);

    [Theory]
    [InlineData("SELECT UserRequest WHERE ref == 'x'", "Unexpected token EQ - found '=' at 30 in")]
    [InlineData("SELECT UserRequest WHERE", "Unexpected token End of Input - found '0' at 0 in")]
    [InlineData("Claire Durand", "Unexpected token NAME - found 'Durand' at 7 in 'Claire Durand'")]
    [InlineData("SELECT UserRequest WHERE id > 0 ORDER BY ref", "Unexpected token NAME - found 'ORDER' at 32 in")]
    [InlineData("SELECT Nope", "Unknown class - found 'Nope' at 7 in 'SELECT Nope', expecting {")]
    [InlineData("SELECT UserRequest WHERE nope = 1", "Unknown filter code - found 'nope' at 25 in")]
    [InlineData("SELECT UserRequest AS u WHERE x.id = 1", "Unknown class [alias] - found 'x' at 30 in")]
    [InlineData("SELECT UserRequest WHERE last_update > WEEK()", "Unexpected token NAME - found 'WEEK' at 39 in")]
    [InlineData(
        "SELECT UserRequest WHERE last_update > DATE_SUB(NOW(), INTERVAL 2 AGES)",
        "Unexpected token NAME - found 'AGES' at 66 in"
    )]
    [InlineData("SELECT UserRequest WHERE title = 'open", "Unexpected input - found '''")]
    [InlineData("SELECT UserRequest WHERE title = ?", "Unexpected character - found '?'")]
    public void Refuses(string query, string message) =>
        Should.Throw<OqlError>(() => OqlParser.Parse(query)).Message.ShouldStartWith(message);

    public void Dispose()
    {
        _store.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private void Add(string itopClass, params (string Code, string Value)[] values) =>
        _store.Create(itopClass, values.ToDictionary(v => v.Code, object? (v) => v.Value), null);
}
