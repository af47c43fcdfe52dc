namespace RnnGen.Generator.Planning;

/// <summary>The memory that a kernel is handed, one reference each, in the order of its parameters. Every name has one meaning in all kernels.</summary>
internal enum Region
{
    /// <summary>The packed weights.</summary>
    Weights,

    /// <summary>dy: the gradients of what the layer hands on.</summary>
    OutputGradients,

    /// <summary>The gradients of the states after the step, from the step after.</summary>
    NextGradients,

    /// <summary>The gradients of the states before the step.</summary>
    StateGradients,

    /// <summary>dx: the gradients of the input.</summary>
    InputGradients,

    /// <summary>The gradients of the sums.</summary>
    SumGradients,

    /// <summary>x.</summary>
    Input,

    /// <summary>The states before the step.</summary>
    State,

    /// <summary>The states after the step.</summary>
    Next,

    /// <summary>The values of a step that a recording keeps, as the backward step reads them.</summary>
    Saved,

    /// <summary>Values of the step: scratch when streaming, a row of the tape when recording.</summary>
    Work,

    /// <summary>What the inputs add to the sums, computed ahead of the step.</summary>
    Sums,

    /// <summary>The random numbers of a recorded step.</summary>
    Masks,
}

/// <summary>Which row of a region a kernel sees at a step.</summary>
internal enum RowOf
{
    /// <summary>That of the step.</summary>
    Step,

    /// <summary>That of the step before.</summary>
    StepBefore,

    /// <summary>That of the step in the rows of the layer's source, which may have others.</summary>
    Source,

    /// <summary>The token of the step.</summary>
    Token,

    /// <summary>One of two rows that take turns: the step's.</summary>
    Turn,

    /// <summary>The other one of these: that of the step after.</summary>
    OtherTurn,

    /// <summary>One of the rows that are computed ahead.</summary>
    Ahead,

    /// <summary>There is only one for all steps.</summary>
    All,
}

/// <summary>The rows of a region in a block of memory: where the first one is, the distance to the next, and which of them a step sees.</summary>
internal readonly record struct RowPlace(int Start, int Stride, RowOf Row = RowOf.Step);

/// <summary>A place in memory: so many floats into a region.</summary>
internal readonly record struct Operand(Region Region, int Offset)
{
    public Operand Plus(int floats) => this with { Offset = Offset + floats };
}
