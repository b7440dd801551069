namespace GroupTicketing.ItopConnector.Core;

/// <summary>Why iTop did not do what was asked: the closed set, from <see cref="Login"/> on in REST's own answers. Each
/// is answered in one way, whatever the words iTop chose for it.</summary>
public enum ItopFault
{
    /// <summary>No connection was made.</summary>
    Unreachable,

    /// <summary>Its certificate is not trusted.</summary>
    Untrusted,

    /// <summary>The connection broke after the request was sent, or the answer is cut.</summary>
    Broken,

    /// <summary>It answers reads and holds writes, and as many of ours as may be are held already: nothing was sent.</summary>
    Holding,

    /// <summary>HTTP 503: maintenance, or a web server that has no worker.</summary>
    Maintenance,

    /// <summary>HTTP 413.</summary>
    TooBig,

    /// <summary>It answers with more than is read: a file, or a log, of over 48 MiB; or a file over the limit.</summary>
    AnswerTooBig,

    /// <summary>HTTP 5xx: a fault in PHP, or the database is down.</summary>
    Failed,

    /// <summary>Another HTTP status, redirects included.</summary>
    Elsewhere,

    /// <summary>HTTP 200 with something else than REST's JSON: a login page, a proxy's page.</summary>
    NotRest,

    /// <summary>The account or its password.</summary>
    Login,

    /// <summary>The account lacks the profile for REST.</summary>
    NoRest,

    /// <summary>The account has a portal profile, which REST does not take.</summary>
    Portal,

    /// <summary>A write that the account may not do, or nobody while iTop is read-only.</summary>
    WriteDenied,

    /// <summary>A class the account may not read.</summary>
    ReadDenied,

    /// <summary>The database gave up: a deadlock (1213), or a row locked too long (1205).</summary>
    Busy,

    /// <summary>A stimulus that the present state does not know.</summary>
    OtherState,

    /// <summary>A field iTop demands was empty.</summary>
    Missing,

    /// <summary>A value iTop does not know.</summary>
    WrongValue,

    /// <summary>Longer than the column.</summary>
    TooLong,

    /// <summary>Not in the form iTop reads: a date, an address.</summary>
    WrongFormat,

    /// <summary>An attribute, class or verb that this iTop does not have.</summary>
    NotInModel,

    /// <summary>The object is not there, or lies in an organisation the account does not see.</summary>
    NotThere,

    /// <summary>Several objects where one is meant.</summary>
    Several,

    /// <summary>A rule says that there is one already.</summary>
    Duplicate,

    /// <summary>Anything else it refused.</summary>
    Other,
}
