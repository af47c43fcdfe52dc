namespace RnnGen.Benchmarks;

internal enum Mode
{
    /// <summary>One step per call, state carried, everything in the cache.</summary>
    Stream,

    /// <summary>The same with other memory read between two steps, more than fits into the caches.</summary>
    StreamCold,

    /// <summary>The same with ten thousand streams in turn.</summary>
    Stream10k,

    /// <summary>A whole window in one call.</summary>
    Sequence,

    /// <summary>One step of 32 streams per call.</summary>
    Batch,

    /// <summary>Forward and back through time over one window.</summary>
    Train1,

    /// <summary>Forward and back through time over a batch of 32 windows.</summary>
    Train32,
}

internal static class Modes
{
    public static string Name(this Mode mode) => mode switch
    {
        Mode.StreamCold => "stream-cold",
        Mode.Stream10k => "stream-10k",
        _ => mode.ToString().ToLowerInvariant(),
    };

    public static bool Streams(this Mode mode) => mode is Mode.Stream or Mode.StreamCold or Mode.Stream10k;

    /// <summary>Whether models with narrow weights are measured, too.</summary>
    public static bool IsNarrowToo(this Mode mode) => mode is Mode.Stream or Mode.Sequence or Mode.Batch;

    public static bool Trains(this Mode mode) => mode is Mode.Train1 or Mode.Train32;

    public static string Title(this Mode mode) => mode switch
    {
        Mode.Stream => "Streaming: one step per call, caches warm",
        Mode.StreamCold => "Streaming, cold: other memory was read between two steps, more than the caches hold",
        Mode.Stream10k => "Streaming, 10,000 streams in turn",
        Mode.Sequence => "Sequence: a whole window in one call",
        Mode.Batch => "Batch: one step of 32 streams in one call",
        Mode.Train1 => "Training, one window: forward and back through time",
        _ => "Training, a batch of 32 windows: forward and back through time",
    };
}
