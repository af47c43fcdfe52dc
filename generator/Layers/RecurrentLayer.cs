using RnnGen.Generator.Cells;
using RnnGen.Generator.Model;

namespace RnnGen.Generator.Layers;

/// <summary>A recurrent layer, with the options that all recurrent layers have.</summary>
internal abstract class RecurrentLayer : LayerKind
{
    /// <summary>ONNX's clip: arguments of functions are limited to -Clip .. Clip; 0 for no limit.</summary>
    public static readonly Number Clip = new("Clip", 0, c => c >= 0 && c <= float.MaxValue, "finite and at least 0 (0 means no limit)");

    /// <summary>The probability that training drops an element of h before the matrices read it.</summary>
    public static readonly Number RecurrentDropout = Number.Probability("RecurrentDropout");

    /// <summary>The probability that an element of h keeps its value.</summary>
    public static readonly Number Zoneout = Number.Probability("Zoneout");

    /// <summary>Whether initial states are trained.</summary>
    public static readonly Flag LearnInitialState = new("LearnInitialState");

    /// <summary>What a step reads its weights as; by default, what the model says.</summary>
    public static readonly Choice<WeightFormatKind> Weights = new("Weights");

    public sealed override bool IsRecurrent => true;

    public override IReadOnlyList<Option> Options => [Bias, Clip, RecurrentDropout, Zoneout, LearnInitialState, Weights];

    /// <summary>The name of the cell in the header of the generated code.</summary>
    protected abstract string Title { get; }

    public sealed override Cell CellOf(LayerSpec layer) => Cell.Define(Title, layer.InputSize, layer.Units, layer.Get(Bias), cell =>
    {
        cell.LearnInitialState(layer.Get(LearnInitialState));
        WriteEquations(cell, layer);
    });

    /// <summary>Writes the equations of a step.</summary>
    protected abstract void WriteEquations(CellBuilder cell, LayerSpec layer);

    /// <summary>A state as the matrices read it.</summary>
    protected static Expression Seen(CellBuilder cell, LayerSpec layer, Leaf h) => cell.Dropped(h, layer.Get(RecurrentDropout));

    /// <summary>A function of a sum, which is clipped first.</summary>
    protected static Expression Activate(CellBuilder cell, LayerSpec layer, Option<FunctionSpec> function, Expression sum) =>
        Functions.Of(layer.Get(function), cell.Clip(sum, layer.Get(Clip)));

    /// <summary>Ends a step whose output is a state: zoneout, next state, output. Other states are set before.</summary>
    protected static void Finish(CellBuilder cell, LayerSpec layer, Leaf h, Expression computed)
    {
        Expression next = cell.Zoneout(h, computed, layer.Get(Zoneout));
        cell.Next(h, next);
        cell.Output(next);
    }
}
