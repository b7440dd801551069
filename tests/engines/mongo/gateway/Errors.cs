using MongoDB.Bson;
using MongoDB.Bson.Serialization;

namespace MongoGateway;

/// <summary>The engine's errors as MongoDB's codes; only those that applications handle.</summary>
static class Errors
{
    public static byte[] Reply(int code, string name, string message) =>
        new BsonDocument { { "ok", 0.0 }, { "errmsg", message }, { "code", code }, { "codeName", name } }.ToBson();

    public static string? NameOf(int code) => code switch
    {
        11000 => "DuplicateKey",
        112 => "WriteConflict",
        26 => "NamespaceNotFound",
        _ => null,
    };

    /// <summary>DocumentDB's own SQLSTATEs (<c>M…</c>) and PostgreSQL's.</summary>
    public static int CodeOf(string state) => state switch
    {
        "M001C" or "23505" or "23P01" => 11000,
        "M00F1" or "40001" or "40P01" or "55P03" => 112,
        "M00EX" or "57014" => 50,
        "M0001" => 2,
        "M0003" => 9,
        "M0004" => 14,
        "M0008" => 26,
        "M000E" => 43,
        "M000R" => 85,
        "M000S" => 86,
        "M001B" => 10334,
        _ => 1,
    };

    /// <summary>A reply whose write errors carry packed SQLSTATEs (five characters of six bits, low first) as one that
    /// carries codes.</summary>
    public static byte[] OfWrites(byte[] reply)
    {
        var document = BsonSerializer.Deserialize<BsonDocument>(reply);
        if (!document.TryGetValue("writeErrors", out var errors))
            return reply;
        foreach (var error in errors.AsBsonArray.Cast<BsonDocument>())
            error["code"] = CodeOf(Unpack(error["code"].ToInt32()));
        return document.ToBson();
    }

    static string Unpack(int packed) => string.Create(5, packed, (text, bits) =>
    {
        for (var place = 0; place < text.Length; place++)
            text[place] = (char)(((bits >> (6 * place)) & 63) + '0');
    });
}

/// <summary>A command that cannot be run.</summary>
sealed class CommandException(int code, string name, string message) : Exception(message)
{
    public int Code => code;

    public string Name => name;
}
