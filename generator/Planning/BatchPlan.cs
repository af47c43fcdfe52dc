namespace RnnGen.Generator.Planning;

/// <summary>Where a batch has its rows, while streaming and on the tape.</summary>
/// <param name="Size">The most lanes.</param>
/// <param name="Tape">The rows of all lanes of a recorded window.</param>
/// <param name="StateStride">Distance between the states of two lanes while streaming.</param>
/// <param name="WorkStride">Distance between their scratch memories.</param>
/// <param name="InputStride">Distance between their inputs.</param>
/// <param name="ScratchSize">Floats of the sums of a group of lanes, which tapes and streams have behind everything else.</param>
internal sealed record BatchPlan(int Size, TapeLayout Tape, int StateStride, int WorkStride, int InputStride, int ScratchSize)
{
    /// <summary>Where the tape has the sums of a group.</summary>
    public int TapeScratch => Tape.Size;

    /// <summary>Floats of the tape.</summary>
    public int TapeSize { get; } = checked(Tape.Size + ScratchSize);

    /// <summary>Floats of the scratch memory of a batch of streams that goes from step to step.</summary>
    public int WorkSize { get; } = checked((Size * WorkStride) + ScratchSize + Guarded.Floats);

    /// <summary>Distance between two lanes of a value of a step.</summary>
    public int StreamStride(Operand operand) => operand.Region switch
    {
        Region.Weights => 0,
        Region.Input => InputStride,
        Region.State or Region.Next => StateStride,
        _ => WorkStride,
    };
}
