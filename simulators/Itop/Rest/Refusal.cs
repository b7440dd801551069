using GroupTicketing.Simulators.Itop.Store;

namespace GroupTicketing.Simulators.Itop.Rest;

/// <summary>What iTop answers instead of doing it. A thrown one bears "Error: " and has no <c>objects</c>;
/// a plain one has <c>objects: null</c>.</summary>
public sealed class Refusal(int code, string message, bool thrown) : Exception(message)
{
    public const int Unauthorized = 1;
    public const int Internal = 100;

    public int Code { get; } = code;

    public bool Thrown { get; } = thrown;

    public static Refusal Error(string message) => new(Internal, message, thrown: true);

    /// <summary>The database's own number is the answer's code, as seen on iTop 3.2.0.</summary>
    public static Refusal Sql(DuplicateEntry duplicate) =>
        new(
            1062,
            "Failed to issue SQL query: query = INSERT INTO `ticket_request` (`id`,`external_ref`) VALUES ('11', 'x'), "
            + "mysql_errno = 1062, "
                + $"mysql_error = Duplicate entry '{duplicate.Value}' for key 'groupticketing_key_unique'",
            thrown: true
        );

    public static Refusal Plain(string message) => new(Internal, message, thrown: false);

    public static Refusal Rights(string verb, string itopClass) =>
        new(
            Unauthorized,
            $"The current user does not have enough permissions for {verb} data of class {itopClass}",
            thrown: false
        );
}

/// <summary>The PHP error page: what a connector gets when iTop itself fails.</summary>
public sealed class PhpFailure : Exception;

/// <summary>HTTP 200 with no body: PHP ran out of memory or time while it wrote the answer.</summary>
public sealed class EmptyAnswer : Exception;

/// <summary>An answer that breaks off.</summary>
public sealed class BrokenAnswer : Exception;

/// <summary>An answer that nobody waits long enough for.</summary>
public sealed class SlowAnswer : Exception;
