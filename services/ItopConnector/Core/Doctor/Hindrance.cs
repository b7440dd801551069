namespace GroupTicketing.ItopConnector.Core;

/// <summary>Why iTop did not do what the doctor asked, to be said in the reader's language.</summary>
/// <param name="Where">The attribute, code or status it is about; empty: nothing more is known.</param>
public sealed record Hindrance(ItopFault Fault, string Where = "");
