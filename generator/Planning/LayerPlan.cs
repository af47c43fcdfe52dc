using RnnGen.Generator.Cells;
using RnnGen.Generator.Differentiation;
using RnnGen.Generator.Model;

namespace RnnGen.Generator.Planning;

/// <summary>Everything about one layer: its kernels, and where its parameters, states and tape are.</summary>
/// <param name="Spec">What the user declared.</param>
/// <param name="Cell">Its equations as they were written.</param>
/// <param name="Adjoint">Its backward step.</param>
/// <param name="States">Layout of its states.</param>
/// <param name="Step">One step of a stream.</param>
/// <param name="Record">One step that saves what the backward step reads.</param>
/// <param name="Backward">One step back.</param>
/// <param name="Place">Its places in the memory of the model.</param>
internal sealed record LayerPlan(
    LayerSpec Spec,
    Cell Cell,
    Adjoint Adjoint,
    StateLayout States,
    KernelPlan Step,
    KernelPlan Record,
    KernelPlan Backward,
    LayerPlace Place)
{
    public string Name => Spec.Name;

    /// <summary>Distance of its inputs' rows on the tape.</summary>
    public int InputStride { get; init; }

    /// <summary>Where its inputs start on the tape.</summary>
    public int TapeInputs { get; init; }

    /// <summary>Distance of the rows that take the gradients of its inputs.</summary>
    public int InputGradientStride { get; init; }

    /// <summary>Where the gradients of its inputs start on the tape.</summary>
    public int TapeInputGradients { get; init; }

    /// <summary>Where a step finds its input: with the caller, in the states after the step, or in scratch memory.</summary>
    public Operand StepInput { get; init; }

    /// <summary>Whether it runs once per window and not once per step.</summary>
    public bool RunsOnce { get; init; }

    public bool ReadsTokens => Record.ReadsTokens;

    /// <summary>Distance of its recorded outputs' rows on the tape: outputs that are states are not stored twice.</summary>
    public int OutputStride => OutputIsState ? Lanes.Stride(States.Size) : Lanes.Stride(Record.WorkSize);

    /// <summary>Where its recorded outputs start on the tape. States have a row for the start before them.</summary>
    public int TapeOutputs => Record.Output!.Value.Offset + (OutputIsState ? Place.TapeStates + OutputStride : Place.TapeSaved);

    private bool OutputIsState => Record.Output!.Value.Region == Region.Next;

    /// <summary>Whether the kernels read the input in whole vectors, so that it must be padded.</summary>
    public bool ReadsInputVectors => Record.Places.Keys.Any(e => e is Leaf { Kind: LeafKind.Input })
        || Backward.Places.Keys.Any(e => e is Leaf { Kind: LeafKind.TapeInput });

    /// <summary>Trained numbers, padding left out.</summary>
    public long ParameterCount => Cell.Tensors.Sum(t => (long)t.Rows * t.Columns);

    /// <summary>Multiply-adds per step of its matrix products.</summary>
    public long MultiplyAdds => Record.Sweeps.Sum(s => s.Segments.Sum(g => (long)(g.Columns.Any(c => c.IsToken) ? 1 : g.Rows) * g.Columns.Count * s.Size));
}

/// <summary>Offsets of a layer in the blocks of memory of the model, in floats.</summary>
internal sealed record LayerPlace
{
    /// <summary>In each half of the state.</summary>
    public int State { get; init; }

    /// <summary>In the scratch memory of the state.</summary>
    public int Work { get; init; }

    /// <summary>On the tape: states, one row per step and one for the start.</summary>
    public int TapeStates { get; init; }

    /// <summary>On the tape: saved values, one row per step.</summary>
    public int TapeSaved { get; init; }

    /// <summary>On the tape: gradients of the sums, one row per step.</summary>
    public int TapeSums { get; init; }

    /// <summary>On the tape: gradients of the output, one row per step.</summary>
    public int TapeOutput { get; init; }

    /// <summary>On the tape: gradients of the states, two rows that take turns.</summary>
    public int TapeStateGradients { get; init; }
}
