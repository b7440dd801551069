namespace GroupTicketing.Registry.Reading;

/// <summary>One school's words must never reach another: neither by a shared organisation, nor address, nor key.</summary>
internal sealed class Apart
{
    private readonly Once organisations = new(FileTexts.Text("TheOrganisation"));
    private readonly Once callbacks = new(FileTexts.Text("TheCallbackUrl"));
    private readonly HashSet<string> webhookSecrets = [];

    public void Check(School school, Fields file)
    {
        organisations.Use(school.Organisation, file.LineOf("organisation"), file.Problems);
        callbacks.Use(school.Callback?.Url.ToString() ?? "", file.LineOf("callback"), file.Problems);
        foreach (var secret in school.Secrets.Webhook.Where(s => !webhookSecrets.Add(s.Text)))
            file.Problems.Error(secret.Line, FileTexts.Text("SecretShared"));
    }
}
