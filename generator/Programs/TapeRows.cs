using RnnGen.Generator.Loops;
using RnnGen.Generator.Planning;

namespace RnnGen.Generator.Programs;

/// <summary>
/// What the kernels of a layer are passed at one step: the rows of its regions on the tape. A step has a row for each lane; a single window is a
/// batch of one lane.
/// </summary>
/// <param name="Layer">The layer.</param>
/// <param name="Tape">Where its rows are.</param>
/// <param name="Memory">The reference to the first float.</param>
/// <param name="Row">The current row: that of the first lane of the step.</param>
/// <param name="Lanes">Rows per step.</param>
internal sealed record TapeRows(LayerPlan Layer, TapeLayout Tape, string Memory, Index Row, Index Lanes)
{
    /// <summary>The row in those of the layer's source, which may have others.</summary>
    public Index SourceRow { get; init; } = Row;

    /// <summary>The row in those that are computed ahead.</summary>
    public Index AheadRow { get; init; } = 0;

    /// <summary>The argument of a kernel for one lane.</summary>
    public Argument Of(Region region) => Of(region, isToken: true);

    /// <summary>The argument of a kernel for several lanes.</summary>
    public Argument OfLanes(Region region) => Of(region, isToken: false);

    /// <summary>The calls that add the gradients of the weights, over so many rows from this one on.</summary>
    public IEnumerable<Statement> AddGradients() =>
        from plan in GradientPlan.Of(Layer)
        select new CallKernel(plan.Home(Layer), plan.Name,
        [
            new Place("gradients", 0), .. plan.Regions.Select(OfLanes), .. plan.ReadsTokens ? [Tokens] : new Argument[0],
            .. plan.IsToldDistance(Layer) ? [new Quantity(Layer.Source.OutputStride)] : new Argument[0], new Quantity("count"),
        ]);

    private Argument Of(Region region, bool isToken)
    {
        (int start, int stride, RowOf which) = Tape.Of(Layer, region);
        return which switch
        {
            RowOf.All => new Place("weights", 0),
            RowOf.Token => isToken ? new TokenAt("tokens", Row) : Tokens,
            _ => new Place(Memory, start + (RowAt(which) * stride)),
        };
    }

    private Place Tokens => new("tokens", Row);

    private Index RowAt(RowOf which) => which switch
    {
        RowOf.Source => SourceRow,
        RowOf.Ahead => AheadRow,
        RowOf.Turn => ((Index)"step" & 1) * Lanes,
        RowOf.OtherTurn => (((Index)"step" + 1) & 1) * Lanes,
        RowOf.StepBefore => Layer.IsReverse ? Row + Lanes : Row - Lanes,
        _ => Row,
    };
}
