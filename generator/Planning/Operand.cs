namespace RnnGen.Generator.Planning;

/// <summary>The memory that a kernel is handed, one reference each.</summary>
internal enum Region
{
    /// <summary>The packed weights.</summary>
    Weights,

    /// <summary>What flows in: x going forward, dy going backward.</summary>
    Input,

    /// <summary>The states before the step; going backward, their gradients from the step after.</summary>
    State,

    /// <summary>The states after the step; going backward, their gradients for the step before.</summary>
    Next,

    /// <summary>What flows out going backward: dx.</summary>
    Output,

    /// <summary>Values of the step: scratch when streaming, a row of the tape when recording or going backward.</summary>
    Work,

    /// <summary>Forward: what the inputs add to the sums, computed ahead of the step.</summary>
    Sums,

    /// <summary>Backward: the input of the forward step.</summary>
    TapeInput,

    /// <summary>Backward: the states before the forward step.</summary>
    StateBefore,

    /// <summary>Backward: the states after the forward step.</summary>
    StateAfter,

    /// <summary>Backward: the values that the forward step saved.</summary>
    Saved,

    /// <summary>The random numbers of a recorded step, in both directions.</summary>
    Masks,
}

/// <summary>A place in memory: so many floats into a region.</summary>
internal readonly record struct Operand(Region Region, int Offset);
