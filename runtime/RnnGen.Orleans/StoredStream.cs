using Orleans;

namespace RnnGen.Orleans;

/// <summary>What grain storage has of a stream: bytes that no serializer of a storage takes apart, so that numbers stay what they are bit by bit.</summary>
[GenerateSerializer]
[Alias("RnnGen.StoredStream")]
internal sealed class StoredStream
{
    /// <summary>A <see cref="StreamRecord"/>; empty if there is none.</summary>
    [Id(0)]
    public byte[] Record { get; set; } = [];
}
