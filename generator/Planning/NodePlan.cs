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

/// <summary>
/// A node of the graph that data flows through: the input, a layer, or a place where several meet. It says what is computed; where it lies is said
/// by <see cref="StreamLayout"/> and <see cref="TapeLayout"/>.
/// </summary>
internal abstract record NodePlan
{
    /// <summary>Its place in the order in which data flows through the nodes; that of the input is 0.</summary>
    public int Index { get; init; }

    /// <summary>Numbers per row.</summary>
    public abstract int Size { get; }

    /// <summary>Distance between the rows of its outputs.</summary>
    public virtual int OutputStride => CacheLine.Stride(Size);

    /// <summary>Distance between the rows of its gradients.</summary>
    public int OutputGradientStride => CacheLine.Stride(Size);

    /// <summary>Which of its rows are read.</summary>
    public virtual Handed Handed => Handed.All;

    /// <summary>Whether it has one row per window and not one per step.</summary>
    public bool RunsOnce { get; init; }

    /// <summary>Whether its gradients are sums of what several others add, so that they must be cleared first.</summary>
    public bool SumsGradients { get; init; }

    /// <summary>Whether what comes after it runs once per window.</summary>
    public bool IsReadOnce => RunsOnce || Handed != Handed.All;
}

/// <summary>The model's input.</summary>
/// <param name="InputSize">Numbers per step, or the size of the vocabulary.</param>
/// <param name="IsToken">Whether it is a token.</param>
/// <param name="IsPadded">Whether kernels read whole vectors of it, more than the caller may have.</param>
internal sealed record InputPlan(int InputSize, bool IsToken, bool IsPadded) : NodePlan
{
    public override int Size => InputSize;

    // Inputs that are only read number by number lie as densely as the caller's.
    public override int OutputStride => IsToken ? 0 : IsPadded ? CacheLine.Stride(InputSize) : InputSize;
}
