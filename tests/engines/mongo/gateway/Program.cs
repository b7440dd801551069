using System.Net;
using MongoGateway;
using Npgsql;

const string engine =
    "Host=127.0.0.1;Username=postgres;Database=postgres;Maximum Pool Size=60;Max Auto Prepare=40;Auto Prepare Min "
    + "Usages=2;No Reset On Close=true";

await using var source = NpgsqlDataSource.Create(engine);
await new WireServer(new IPEndPoint(IPAddress.Any, 27017), new Commands(new Engine(source), Logins.Named())).Run();
