using Orleans;

namespace RnnGen.Orleans;

/// <summary>The answer to a step.</summary>
[GenerateSerializer]
[Immutable]
[Alias("RnnGen.StreamAnswer")]
public sealed class StreamAnswer
{
    internal StreamAnswer(long number, float[] outputs, int version, long stored)
    {
        Number = number;
        Outputs = outputs;
        Version = version;
        Stored = stored;
    }

    /// <summary>The number of the step.</summary>
    [Id(0)]
    public long Number { get; private set; }

    /// <summary>[OutputSize]; with several heads, the outputs of the first head, then those of the next. Not to be changed.</summary>
    [Id(1)]
    public float[] Outputs { get; private set; }

    /// <summary>The version of the weights that the step was computed with, from 1 on.</summary>
    [Id(2)]
    public int Version { get; private set; }

    /// <summary>The number of the last step that is stored: those after it may be lost if the silo dies. With <see cref="StreamPersistence.EachStep"/> it is this step.</summary>
    [Id(3)]
    public long Stored { get; private set; }
}
