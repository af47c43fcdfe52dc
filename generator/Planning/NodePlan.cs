namespace RnnGen.Generator.Planning;

/// <summary>Which rows of a window are read by what comes after a node.</summary>
internal enum Handed
{
    /// <summary>All there are: one per step, or the only one of a node that runs once per window.</summary>
    All,

    /// <summary>That of the last step.</summary>
    Last,

    /// <summary>That of the first step: the last one that a layer reaches which goes backwards.</summary>
    First,
}

/// <summary>A node of the graph that data flows through: the input, a layer, or a place where several meet.</summary>
internal abstract record NodePlan
{
    /// <summary>Numbers per row.</summary>
    public abstract int Size { get; }

    /// <summary>Where its rows start on the tape.</summary>
    public abstract int TapeOutputs { get; }

    /// <summary>Distance between them.</summary>
    public abstract int OutputStride { get; }

    /// <summary>Where it is after a step of a stream.</summary>
    public abstract Operand StepOutput { get; }

    /// <summary>Where the gradients of its rows start on the tape.</summary>
    public abstract int TapeOutputGradients { get; }

    /// <summary>Which of its rows are read.</summary>
    public virtual Handed Handed => Handed.All;

    /// <summary>Whether it has one row per window and not one per step.</summary>
    public bool RunsOnce { get; init; }

    /// <summary>Whether its gradients are sums of what several others add, so that they must be cleared first.</summary>
    public bool SumsGradients { get; init; }

    /// <summary>Whether what comes after it runs once per window.</summary>
    public bool IsReadOnce => RunsOnce || Handed != Handed.All;

    /// <summary>Distance between the rows of its gradients.</summary>
    public int OutputGradientStride => Lanes.Stride(Size);
}

/// <summary>The model's input.</summary>
internal sealed record InputPlan(int InputSize, bool IsToken, bool IsPadded, int Start, int Gradients) : NodePlan
{
    public override int Size => InputSize;

    public override int TapeOutputs => Start;

    // Inputs that are only read number by number lie as densely as the caller's.
    public override int OutputStride => IsToken ? 0 : IsPadded ? Lanes.Stride(InputSize) : InputSize;

    public override Operand StepOutput => new(IsPadded ? Region.Work : Region.Input, 0);

    public override int TapeOutputGradients => Gradients;
}
