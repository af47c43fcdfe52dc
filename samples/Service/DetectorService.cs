using Microsoft.Extensions.Diagnostics.HealthChecks;

/// <summary>The service, put together.</summary>
public static class DetectorService
{
    // Enough for a window, and for weights; more is refused.
    private const int LongestBody = 64 * 1024;

    /// <summary>Loads or trains the detector, and creates the service.</summary>
    /// <param name="arguments">The settings, such as <c>--urls=http://127.0.0.1:8080</c> and those of <see cref="ServiceOptions"/>.</param>
    /// <returns>The service, to be run.</returns>
    public static WebApplication Create(params string[] arguments)
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder(arguments);
        builder.Configuration["urls"] ??= "http://127.0.0.1:5124";
        builder.Configuration["AllowedHosts"] ??= "localhost;127.0.0.1;[::1]";
        builder.Configuration["Logging:LogLevel:Microsoft.AspNetCore"] ??= "Warning";
        builder.WebHost.ConfigureKestrel(server => server.Limits.MaxRequestBodySize = LongestBody);
        ServiceOptions options = builder.Configuration.GetSection("Service").Get<ServiceOptions>() ?? new ServiceOptions();
        AddServices(builder.Services, options);

        WebApplication app = builder.Build();
        app.UseExceptionHandler();
        app.UseStatusCodePages();
        Origins.Check(app, options);
        app.UseWebSockets(new WebSocketOptions { KeepAliveInterval = TimeSpan.FromSeconds(30), KeepAliveTimeout = TimeSpan.FromSeconds(30) });
        StreamEndpoints.Map(app);
        ModelEndpoints.Map(app);
        StatusPage.Map(app);
        app.MapHealthChecks("/health");
        app.MapPrometheusScrapingEndpoint();
        return app;
    }

    private static void AddServices(IServiceCollection services, ServiceOptions options)
    {
        services.AddSingleton(options);
        services.AddSingleton<WeightsFile>();
        services.AddSingleton(provider => new Streams(provider.GetRequiredService<WeightsFile>().LoadOrTrain(), options, provider.GetRequiredService<ILoggerFactory>()));
        services.AddSingleton<Senders>();
        services.AddSingleton<Readings>();
        services.AddSingleton<Events>();
        services.AddSingleton<Alarms>();
        services.AddSingleton<StreamSocket>();
        services.AddSingleton<History>().AddHostedService(provider => provider.GetRequiredService<History>());
        services.AddSingleton<Keeper>().AddHostedService(provider => provider.GetRequiredService<Keeper>());
        services.AddHealthChecks().AddCheck<SnapshotHealth>("snapshots")
            .Add(new HealthCheckRegistration("streams", provider => provider.GetRequiredService<Streams>().Health, failureStatus: null, tags: null));
        services.AddProblemDetails();
        services.ConfigureHttpJsonOptions(json => json.SerializerOptions.TypeInfoResolverChain.Insert(0, ServiceJson.Default));
        Telemetry.AddTo(services);
    }
}
