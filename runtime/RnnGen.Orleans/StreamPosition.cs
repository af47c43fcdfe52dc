using Orleans;

namespace RnnGen.Orleans;

/// <summary>Where a stream is.</summary>
[GenerateSerializer]
[Immutable]
[Alias("RnnGen.StreamPosition")]
public sealed class StreamPosition
{
    internal StreamPosition(long number, long stored)
    {
        Number = number;
        Stored = stored;
    }

    /// <summary>The number of its last step; 0 before the first one.</summary>
    [Id(0)]
    public long Number { get; private set; }

    /// <summary>The number of its last step that is stored.</summary>
    [Id(1)]
    public long Stored { get; private set; }
}
