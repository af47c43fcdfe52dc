using System.Text.Json.Serialization;

/// <summary>JSON without reflection, which native code does not have.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(float[]))]
[JsonSerializable(typeof(Answer))]
[JsonSerializable(typeof(Window))]
[JsonSerializable(typeof(WindowAnswer))]
[JsonSerializable(typeof(WeightsAnswer))]
[JsonSerializable(typeof(Status))]
internal sealed partial class ServiceJson : JsonSerializerContext;
