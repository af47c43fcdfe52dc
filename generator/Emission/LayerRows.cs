using RnnGen.Generator.Loops;
using RnnGen.Generator.Planning;

namespace RnnGen.Generator.Emission;

/// <summary>
/// Where a layer's kernels find their regions at one step: in the memory of one window, or of a batch, whose steps have a row for each lane.
/// A window is a batch of one lane, so that all addresses are those of the batch with <c>lanes = 1</c> folded away.
/// </summary>
/// <param name="layer">The layer.</param>
/// <param name="tape">Where its rows are.</param>
/// <param name="memory">The reference to the first float.</param>
/// <param name="row">The row at hand: the step, or that of its first lane.</param>
/// <param name="inputRow">The same in the rows of the layer's source.</param>
/// <param name="lanes">Rows per step; null for one.</param>
/// <param name="aheadRow">The same in the rows that are computed ahead.</param>
internal sealed class LayerRows(LayerPlan layer, TapeLayout tape, string memory, string row, string inputRow, string? lanes = null, string aheadRow = "0")
{
    /// <summary>The argument for a region of a kernel.</summary>
    public string Of(Region region)
    {
        (int start, int stride, RowOf which) = tape.Of(layer, region);
        return which switch
        {
            RowOf.All => "ref weights",
            RowOf.Token => lanes is null ? $"(nuint){Tokens("")}" : Tokens("ref "),
            RowOf.Source => At(start, stride, inputRow),
            RowOf.Ahead => At(start, stride, aheadRow),
            RowOf.Turn => At(start, stride, Times("(step & 1)")),
            RowOf.OtherTurn => At(start, stride, Times("((step + 1) & 1)")),
            // In a batch, a lane's step before is so many rows away; otherwise the distance is a constant.
            RowOf.StepBefore when lanes is not null => At(start, stride, $"({row} {(layer.IsReverse ? "+" : "-")} {lanes})"),
            RowOf.StepBefore => At(tape.StatesBefore(layer), stride, row),
            _ => At(start, stride, row),
        };
    }

    /// <summary>The products that add the gradients of the weights.</summary>
    public void WriteGradients(SourceWriter writer)
    {
        foreach (GradientPlan plan in GradientPlan.Of(layer))
        {
            string[] arguments =
            [
                "ref gradients", .. plan.Regions.Select(Of), .. plan.ReadsTokens ? [Tokens("ref ")] : new string[0],
                .. plan.IsToldDistance(layer) ? [Literals.Integer(layer.Source.OutputStride)] : new string[0], "count",
            ];
            KernelCalls.Write(writer, plan.Home(layer), plan.Name, string.Join(", ", arguments), plan.Sweep.IsNarrow);
        }
    }

    /// <summary>A row of anything, some floats into the memory.</summary>
    public string At(int offset, int stride, string index)
    {
        string distance = index == "0" ? "" : stride == 1 ? index : $"{index} * {Literals.Integer(stride)}";
        string place = distance.Length == 0 ? Literals.Integer(offset) : offset == 0 ? distance : $"{Literals.Integer(offset)} + ({distance})";
        return $"ref Unsafe.Add(ref {memory}, {place})";
    }

    private string Tokens(string kind) => $"{kind}Unsafe.Add(ref tokens, {row})";

    private string Times(string turn) => lanes is null ? turn : $"({turn} * {lanes})";
}
