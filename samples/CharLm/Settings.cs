namespace CharLm;

/// <summary>What the command line asks for.</summary>
internal sealed record Settings
{
    /// <summary>The file to learn from; null for the repository's own sources.</summary>
    public required string? Text { get; init; }

    /// <summary>Updates in all.</summary>
    public required int Steps { get; init; }

    /// <summary>A checkpoint to go on from, or null.</summary>
    public required string? Resume { get; init; }

    /// <summary>The checkpoint to write.</summary>
    public required string Checkpoint { get; init; }

    /// <summary>Updates between two checkpoints.</summary>
    public required int SaveEvery { get; init; }

    /// <summary>Characters of the sample at the end.</summary>
    public required int Sample { get; init; }

    /// <summary>Temperature of the sample.</summary>
    public required float Temperature { get; init; }

    public required int Seed { get; init; }

    /// <summary>The chart to write, or null.</summary>
    public required string? Curve { get; init; }
}
