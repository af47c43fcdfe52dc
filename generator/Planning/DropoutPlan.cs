using RnnGen.Generator.Model;

namespace RnnGen.Generator.Planning;

/// <summary>A node that multiplies by masks in training, and hands on what it gets otherwise.</summary>
/// <param name="Spec">What the user declared.</param>
/// <param name="Source">What it reads.</param>
internal sealed record DropoutPlan(LayerSpec Spec, NodePlan Source) : NodePlan
{
    public override int Size => Source.Size;

    public override int TapeOutputs => Start;

    public override int OutputStride => Lanes.Stride(Size);

    public override int TapeOutputGradients => Gradients;

    // A step of a stream drops nothing.
    public override Operand StepOutput => Source.StepOutput;

    /// <summary>Where its rows start on the tape.</summary>
    public int Start { get; init; }

    /// <summary>Where their gradients start.</summary>
    public int Gradients { get; init; }

    /// <summary>Where the masks start.</summary>
    public int Masks { get; init; }

    /// <summary>Distance between the masks of two steps: none where all have the same.</summary>
    public int MaskStride => Spec.Variational ? 0 : OutputStride;
}
