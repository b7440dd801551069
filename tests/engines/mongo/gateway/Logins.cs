using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using MongoDB.Bson;

namespace MongoGateway;

/// <summary>SCRAM-SHA-256 (RFC 7677) for one user whose password is in a file, as MongoDB's drivers speak it. A login
/// that is offered is checked; none is asked for.</summary>
sealed class Logins(string user, string passwordFile)
{
    const int Rounds = 15_000;

    readonly ConcurrentDictionary<int, (string Asked, string Answered, byte[] Salt)> talks = new();
    int started;

    /// <summary>Of the environment: LOGIN_USER and LOGIN_PASSWORD_FILE; null where they are not set.</summary>
    public static Logins? Named() =>
        Environment.GetEnvironmentVariable("LOGIN_USER") is { Length: > 0 } user
            ? new Logins(
                user,
                Environment.GetEnvironmentVariable("LOGIN_PASSWORD_FILE")
                    ?? throw new InvalidOperationException("LOGIN_PASSWORD_FILE is not set")
            )
            : null;

    public byte[] Start(BsonDocument command)
    {
        var asked = Text(command)[3..];
        var parts = Parts(asked);
        if (command["mechanism"].AsString != "SCRAM-SHA-256" || parts['n'] != user)
            throw Refused();
        var (id, salt) = (Interlocked.Increment(ref started), RandomNumberGenerator.GetBytes(16));
        var answer =
            $"r={parts['r']}{Convert.ToHexString(RandomNumberGenerator.GetBytes(12))},"
            + $"s={Convert.ToBase64String(salt)},i={Rounds}";
        talks[id] = (asked, answer, salt);
        return Reply(id, answer, done: false);
    }

    public byte[] Continue(BsonDocument command)
    {
        var id = command["conversationId"].ToInt32();
        if (!talks.TryRemove(id, out var talk))
            throw Refused();
        var said = Text(command);
        var proof = Convert.FromBase64String(Parts(said)['p']);
        var salted = Rfc2898DeriveBytes.Pbkdf2(
            File.ReadAllText(passwordFile).Trim(),
            talk.Salt,
            Rounds,
            HashAlgorithmName.SHA256,
            32
        );
        var clientKey = HMACSHA256.HashData(salted, "Client Key"u8);
        var whole = Encoding.UTF8.GetBytes(
            $"{talk.Asked},{talk.Answered},{said[..said.LastIndexOf(",p=", StringComparison.Ordinal)]}"
        );
        var signature = HMACSHA256.HashData(SHA256.HashData(clientKey), whole);
        if (!CryptographicOperations.FixedTimeEquals(clientKey, proof.Zip(signature, (a, b) => (byte)(a ^ b)).ToArray()))
            throw Refused();
        return Reply(
            id,
            $"v={Convert.ToBase64String(HMACSHA256.HashData(HMACSHA256.HashData(salted, "Server Key"u8), whole))}",
            done: true
        );
    }

    static byte[] Reply(int id, string payload, bool done) =>
        new BsonDocument
        {
            { "conversationId", id },
            { "done", done },
            { "payload", Encoding.UTF8.GetBytes(payload) },
            { "ok", 1.0 },
        }.ToBson();

    static string Text(BsonDocument command) => Encoding.UTF8.GetString(command["payload"].AsByteArray);

    static Dictionary<char, string> Parts(string text) => text.Split(',').ToDictionary(part => part[0], part => part[2..]);

    static CommandException Refused() => new(18, "AuthenticationFailed", "Authentication failed.");
}
