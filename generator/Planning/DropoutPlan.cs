using RnnGen.Generator.Layers;
using RnnGen.Generator.Model;

namespace RnnGen.Generator.Planning;

/// <summary>A node that multiplies by masks in training, and hands on what it gets otherwise.</summary>
/// <param name="Spec">What the user declared.</param>
/// <param name="Source">What it reads.</param>
internal sealed record DropoutPlan(LayerSpec Spec, NodePlan Source) : NodePlan
{
    public override int Size => Source.Size;

    /// <summary>The probability that a number is set to 0.</summary>
    public double Rate => Spec.Get(Dropout.Rate);

    /// <summary>What the others are multiplied by, as a float of floats.</summary>
    public float Kept => 1 / (1 - (float)Rate);

    /// <summary>Whether the same numbers are dropped at every step of a window.</summary>
    public bool IsVariational => Spec.Get(Dropout.Variational);

    /// <summary>Distance between the masks of two steps: none where all have the same.</summary>
    public int MaskStride => IsVariational ? 0 : OutputStride;
}
