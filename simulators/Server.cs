using Microsoft.AspNetCore.Http.Features;

namespace GroupTicketing.Simulators;

/// <summary>A bare web server: no configuration files, little logging, forms up to 24 MB as the observed web server allowed.</summary>
public static class Server
{
    public const int LargestBody = 24 * 1024 * 1024;

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
