namespace GroupTicketing.ItopConnector.Core;

/// <summary>
/// What iTop's own form offers a request, which its REST does not ask for: the filter of UserRequest.service_id in iTop
/// 3.2's datamodel.itop-request-mgmt.xml takes every service that is not obsolete
/// in every contract of the request's organisation, whatever the contract's own status; that of servicesubcategory_id
/// the service's own that are not obsolete and of the request's type. Obsolete data
/// is hidden of the class that is chosen only, never of those that are joined. Whoever sends a ticket and whoever looks
/// for drift keep to it.
/// </summary>
static class FormRules
{
    /// <summary>The status of a service or a sous-service that is offered no more.</summary>
    public const string Obsolete = "obsolete";
}
