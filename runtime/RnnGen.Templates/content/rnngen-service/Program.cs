using System.Text.Json.Serialization;
using RnnGen.Serving;

WebApplicationBuilder builder = WebApplication.CreateSlimBuilder(args);
builder.Configuration["urls"] ??= "http://127.0.0.1:5124";          // only this machine, unless you say otherwise
builder.Services.ConfigureHttpJsonOptions(json => json.SerializerOptions.TypeInfoResolverChain.Insert(0, ServiceJson.Default));
builder.Services.AddHealthChecks();
builder.Services.AddSingleton(_ => new StreamHost<string, float>(Weights.LoadOrTrain("sensor.safetensors"), capacity: 100_000));
builder.Services.AddHostedService<Keeper>();

WebApplication app = builder.Build();
app.MapHealthChecks("/health");

// A reading of a device: curl -d '{"value":20.5}' -H 'Content-Type: application/json' http://127.0.0.1:5124/devices/pump-7
app.MapPost("/devices/{key:maxlength(64)}", (string key, Reading reading, StreamHost<string, float> streams) =>
{
    var next = new float[Sensor.OutputSize];
    StreamStatus status = streams.TryStart(key);                    // Exists, from its second reading on
    if (status is StreamStatus.Done or StreamStatus.Exists)
    {
        status = streams.TryStep(key, [reading.Value], next);
    }

    return status switch
    {
        StreamStatus.Done => Results.Ok(new Forecast(next[0])),
        StreamStatus.Full => Results.Problem("There is no room for more devices.", statusCode: 503),
        _ => Results.Problem($"The reading was refused: {status}.", statusCode: 422),
    };
});

app.MapDelete("/devices/{key}", (string key, StreamHost<string, float> streams) =>
    streams.TryEnd(key) == StreamStatus.Done ? Results.NoContent() : Results.NotFound());

app.Run();

public sealed record Reading(float Value);

public sealed record Forecast(float Next);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(Reading))]
[JsonSerializable(typeof(Forecast))]
internal sealed partial class ServiceJson : JsonSerializerContext;
