using Orleans;

namespace RnnGen.Orleans;

/// <summary>A call for a stream or a model of a cluster was refused.</summary>
[GenerateSerializer]
[Alias("RnnGen.RnnStreamException")]
public sealed class RnnStreamException : Exception
{
    internal RnnStreamException(RnnStreamError error, string message, long expected = 0)
        : base(message)
    {
        Error = error;
        Expected = expected;
    }

    /// <summary>The reason.</summary>
    [Id(0)]
    public RnnStreamError Error { get; private set; }

    /// <summary>The number of the next step after <see cref="RnnStreamError.Gap"/>, <see cref="RnnStreamError.Old"/> and <see cref="RnnStreamError.Conflict"/>, else 0.</summary>
    [Id(1)]
    public long Expected { get; private set; }
}
