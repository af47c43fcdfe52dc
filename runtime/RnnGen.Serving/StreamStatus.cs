namespace RnnGen.Serving;

/// <summary>What came of a call to a <see cref="StreamHost{TKey, TInput}"/>.</summary>
public enum StreamStatus
{
    /// <summary>It was done.</summary>
    Done,

    /// <summary>No stream has the key: it was never started, or it has ended. Nothing was changed.</summary>
    Unknown,

    /// <summary>A stream with the key is live already. Nothing was changed.</summary>
    Exists,

    /// <summary>The host has as many streams as its capacity. Nothing was changed: try again when streams have ended.</summary>
    Full,

    /// <summary>
    /// The state of the stream would not be finite after the step. What became of it, <see cref="StreamHostOptions{TKey}.NonFinite"/> says. The outputs are those of the
    /// step, and of no use.
    /// </summary>
    NotFinite,
}
