using Models;
using RnnGen.Serving;

WebApplicationBuilder builder = WebApplication.CreateSlimBuilder(args);
builder.Services.AddSingleton(new StreamHost<string, float>(new Sensor(seed: 1), capacity: 1000, new() { ConcurrentBatches = 2 }));
builder.Services.AddSingleton<StreamHostHealth<string, float>>();
builder.Services.AddHealthChecks().AddCheck<StreamHostHealth<string, float>>("streams");
WebApplication app = builder.Build();

app.MapGet("/next/{key}", async (string key, float reading, StreamHost<string, float> streams) =>
{
    streams.TryStart(key);
    var next = new float[Sensor.OutputSize];
    await streams.StepAsync(key, new[] { reading }, next);
    return next[0].ToString("F5");
});

app.MapHealthChecks("/health");

app.Run();
