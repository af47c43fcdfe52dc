using Orleans;

namespace RnnGen.Orleans;

/// <summary>The published weights of a model, in grain storage and on their way to silos.</summary>
[GenerateSerializer]
[Immutable]
[Alias("RnnGen.StoredModel")]
internal sealed class StoredModel
{
    /// <summary>1, and one more with each publication; 0 if there is none.</summary>
    [Id(0)]
    public int Version { get; set; }

    /// <summary>A safetensors file, which has checksums of its own.</summary>
    [Id(1)]
    public byte[] Weights { get; set; } = [];
}
