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

    public static Refusal Plain(string message) => new(Internal, message, thrown: false);

    public static Refusal Rights(string verb, string itopClass) =>
        new(Unauthorized, $"The current user does not have enough permissions for {verb} data of class {itopClass}", thrown: false);
}

/// <summary>The PHP error page: what a connector gets when iTop itself fails.</summary>
public sealed class PhpFailure : Exception;
