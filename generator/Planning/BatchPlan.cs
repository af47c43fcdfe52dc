namespace RnnGen.Generator.Planning;

/// <summary>
/// Where a batch has its rows: those of all lanes side by side, step after step, so that all that is not recurrent sees one long window,
/// and a kernel finds its lanes at a constant distance.
/// </summary>
/// <param name="Single">The plan of one stream.</param>
/// <param name="Rows">The same nodes with places for the rows of all lanes.</param>
/// <param name="Size">The most lanes.</param>
/// <param name="StateStride">Distance between the states of two lanes while streaming.</param>
/// <param name="WorkStride">Distance between their scratch memories.</param>
/// <param name="TapeScratch">Where the tape has the sums of a group.</param>
/// <param name="TapeSize">Floats of the tape.</param>
/// <param name="StreamScratch">Where the scratch memory of a batch of streams has them.</param>
/// <param name="ScratchSize">Floats of these sums.</param>
internal sealed record BatchPlan(
    ModelPlan Single,
    ModelPlan Rows,
    int Size,
    int StateStride,
    int WorkStride,
    int TapeScratch,
    int TapeSize,
    int StreamScratch,
    int ScratchSize)
{
    /// <summary>Without single steps, a batch of streams has the memory of a window.</summary>
    public bool NeedsWholeWindow => Single.NeedsWholeWindow;

    /// <summary>Floats of the scratch memory of a batch of streams.</summary>
    public int WorkSize => NeedsWholeWindow ? TapeSize : checked(StreamScratch + ScratchSize + ModelPlan.Guard);

    /// <summary>Distance between two lanes in the memory of a batch of streams.</summary>
    public int StreamStride(LayerPlan layer, Region region) => NeedsWholeWindow ? layer.Tape(region).Stride : StreamStride(layer.Stream(region));

    /// <summary>Distance between two lanes of a value of a step.</summary>
    public int StreamStride(Operand operand) => operand.Region switch
    {
        Region.Weights => 0,
        Region.Input => Single.Input.IsToken ? 1 : Single.Input.InputSize,
        Region.State or Region.Next => StateStride,
        _ => WorkStride,
    };
}
