using RnnGen.Generator.Cells;
using RnnGen.Generator.Model;

namespace RnnGen.Generator.Layers;

/// <summary>A recurrent layer, with the options that all of them have.</summary>
internal abstract class RecurrentLayer : LayerKind
{
    /// <summary>ONNX's clip: what goes into the functions stays within -Clip .. Clip; 0 for no bound.</summary>
    public static readonly Number Clip = new("Clip", 0, c => c >= 0 && c <= float.MaxValue, "finite and at least 0 (0 means no limit)");

    /// <summary>The probability that training drops a number of h before it enters the matrices.</summary>
    public static readonly Number RecurrentDropout = Number.Probability("RecurrentDropout");

    /// <summary>The probability that a number of h stays as it was.</summary>
    public static readonly Number Zoneout = Number.Probability("Zoneout");

    /// <summary>Whether what a sequence starts from is trained.</summary>
    public static readonly Flag LearnInitialState = new("LearnInitialState");

    public sealed override bool IsRecurrent => true;

    public override IReadOnlyList<Option> Options => [Bias, Clip, RecurrentDropout, Zoneout, LearnInitialState];

    /// <summary>What the header of the generated code calls the cell.</summary>
    protected abstract string Title { get; }

    public sealed override Cell CellOf(LayerSpec layer) => Cell.Define(Title, layer.InputSize, layer.Units, layer.Get(Bias), cell =>
    {
        cell.LearnInitialState(layer.Get(LearnInitialState));
        WriteEquations(cell, layer);
    });

    /// <summary>Writes the equations of a step.</summary>
    protected abstract void WriteEquations(CellBuilder cell, LayerSpec layer);

    /// <summary>A state as the matrices see it.</summary>
    protected static Expression Seen(CellBuilder cell, LayerSpec layer, Leaf h) => cell.Dropped(h, layer.Get(RecurrentDropout));

    /// <summary>A function of a sum, which is clipped first.</summary>
    protected static Expression Apply(CellBuilder cell, LayerSpec layer, Option<FunctionSpec> function, Expression sum) =>
        Functions.Of(layer.Get(function), cell.Clip(sum, layer.Get(Clip)));

    /// <summary>Ends a step whose one state is the output, too.</summary>
    protected static void Finish(CellBuilder cell, LayerSpec layer, Leaf h, Expression computed)
    {
        Expression next = cell.Zoneout(h, computed, layer.Get(Zoneout));
        cell.Next(h, next);
        cell.Output(next);
    }
}
