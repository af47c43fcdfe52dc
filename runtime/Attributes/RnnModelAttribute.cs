namespace RnnGen;

/// <summary>
/// Turns a partial class into a recurrent network: the compiler adds streaming, sequence and training code
/// that is written for these very sizes.
/// </summary>
/// <remarks>
/// The layers are declared either as attributes on the class (one recurrent layer, at most one head) or as
/// <c>public partial Layer Name { get; }</c> members, in the order in which data flows through them.
/// </remarks>
/// <param name="inputSize">Numbers per time step, or the size of the vocabulary of a model that reads tokens. At least 1.</param>
/// <param name="sequenceLength">The longest window, in steps, that Forward and Backward take in one call. At least 1.</param>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class RnnModelAttribute(int inputSize, int sequenceLength) : Attribute
{
    /// <summary>Numbers per time step, or the size of the vocabulary of a model that reads tokens.</summary>
    public int InputSize { get; } = inputSize;

    /// <summary>The longest window, in steps.</summary>
    public int SequenceLength { get; } = sequenceLength;

    /// <summary>
    /// Whether the input of a step is one integer in <c>0 .. InputSize - 1</c> instead of <see cref="InputSize"/> numbers.
    /// It means the same as a one-hot vector, which is never built. A model whose first layer is an
    /// <see cref="EmbeddingAttribute"/> always reads integers.
    /// </summary>
    public bool Tokens { get; set; }

    /// <summary>
    /// Whether a tape keeps every value that has a name in the equations, at every step of the window that was recorded last:
    /// <c>tape.Trace("Hidden.i")[step]</c> is the input gate, <c>tape.Trace("Hidden.h")[step]</c> the state after the step. The equations stand at
    /// the head of the generated files. It costs the memory, and the time to write it; <see langword="false"/> by default.
    /// </summary>
    public bool Trace { get; set; }

    /// <summary>
    /// Whether tanh, the logistic function, ELU and softplus are computed to a few units in the last place: with a relative error below 4e-7 (tanh and
    /// logistic function 1.9e-7) also where the result is close to 0. Otherwise it is the absolute error that is below 3.6e-7, with tanh and ELU
    /// the relative one, too. Steps of small models take longer. Off by default.
    /// </summary>
    public bool Precise { get; set; }

    /// <summary>
    /// The most sequences that go on together as the lanes of a batch: the model gets <c>CreateBatch</c>, and overloads of <c>Step</c>,
    /// <c>Forward</c> and <c>Backward</c> that read each weight once for eight lanes. 1 to 65,536; without it there are no batches. A tape for
    /// batches takes this many times the memory of one.
    /// </summary>
    public int BatchSize { get; set; }

    /// <summary>
    /// How much of the loops over the rows of matrices is written out. The numbers are the same but for rounding.
    /// <see cref="Unroll.Auto"/> by default: writing out more gained less than 2 % in any cell.
    /// </summary>
    public Unroll Unroll { get; set; }
}
