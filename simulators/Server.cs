using Microsoft.AspNetCore.Http.Features;

namespace GroupTicketing.Simulators;

/// <summary>A bare web server: no configuration files, little logging, forms up to 40 MiB as the guide to iTop asks
/// for.</summary>
public static class Server
{
    public const int LargestBodyMiB = 40;

    private const int LargestBody = LargestBodyMiB * 1024 * 1024;

    public static WebApplication Create(string urls)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrel(kestrel => kestrel.Limits.MaxRequestBodySize = null).UseUrls(urls);
        builder.Services.AddRoutingCore();
        builder.Services.ConfigureHttpJsonOptions(json => json.SerializerOptions.Encoder = Journal.Json.Encoder);
        builder.Services.Configure<FormOptions>(form =>
        {
            form.ValueLengthLimit = LargestBody;
            form.MultipartBodyLengthLimit = LargestBody;
            form.MemoryBufferThreshold = LargestBody;
        });
        builder.Logging.SetMinimumLevel(LogLevel.Warning).AddSimpleConsole();
        return builder.Build();
    }
}
