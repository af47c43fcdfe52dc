namespace RnnGen;

/// <summary>
/// Turns a partial class into a recurrent network: the source generator adds code for streaming, whole windows and training
/// that is specialized to its sizes.
/// </summary>
/// <remarks>
/// Layers are declared either by attributes on the class (one recurrent layer, at most one head) or by
/// <c>public partial Layer Name { get; }</c> properties, in the order in which data flows through them.
/// </remarks>
/// <param name="inputSize">Number of inputs per step, or the size of the vocabulary for a model that reads tokens. At least 1.</param>
/// <param name="sequenceLength">The longest window of Forward and Backward, in steps. At least 1.</param>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class RnnModelAttribute(int inputSize, int sequenceLength) : Attribute
{
    /// <summary>Number of inputs per step, or the size of the vocabulary for a model that reads tokens.</summary>
    public int InputSize { get; } = inputSize;

    /// <summary>The longest window of Forward and Backward, in steps.</summary>
    public int SequenceLength { get; } = sequenceLength;

    /// <summary>
    /// Whether the input of a step is a token, one integer in <c>0 .. InputSize - 1</c>, instead of <see cref="InputSize"/> numbers.
    /// A token is equivalent to a one-hot vector, which is never built. A model whose first layer is an
    /// <see cref="EmbeddingAttribute"/> always reads tokens. <see langword="false"/> by default.
    /// </summary>
    public bool Tokens { get; set; }

    /// <summary>
    /// Whether a tape keeps every named value of the equations, at every step of the last recorded window:
    /// <c>tape.Trace("Hidden.i")[step]</c> is the input gate, <c>tape.Trace("Hidden.h")[step]</c> the state after the step. The equations are in
    /// the headers of the generated files. This takes memory, and time to write it. <see langword="false"/> by default.
    /// </summary>
    public bool Trace { get; set; }

    /// <summary>
    /// Whether tanh, the logistic function, ELU and softplus are computed to a few units in the last place: with a relative error below 4e-7 (tanh and
    /// the logistic function: 1.9e-7), also for results close to 0. Otherwise the absolute error is below 3.6e-7 and, for tanh and ELU, also
    /// the relative one. Steps of small models take longer. <see langword="false"/> by default.
    /// </summary>
    public bool Precise { get; set; }

    /// <summary>
    /// Whether the same model with the same inputs gives the same results on every machine, bit for bit: outputs, losses, gradients and trained weights, for
    /// vectors of every width, on x64, arm64 and WebAssembly, compiled at run time or ahead of time. Every sum is then added in one order, and products are
    /// rounded before they are added. Steps, windows and batches give the same outputs, too. Excepted are the bits of NaN, and what depends on the number of
    /// <c>Workers</c>. Takes somewhat longer. <see langword="false"/> by default.
    /// </summary>
    public bool Reproducible { get; set; }

    /// <summary>
    /// The largest number of lanes of a batch, 1 to 65,536. The model then has <c>CreateBatch</c>, and overloads of <c>Step</c>,
    /// <c>Forward</c> and <c>Backward</c> that load each weight once for eight lanes. If it is not set, the model has no batches. A tape for
    /// batches takes this many times the memory of a tape for single windows.
    /// </summary>
    public int BatchSize { get; set; }

    /// <summary>
    /// What a step does whose inputs, or what comes of them, are not finite. Tokens are always finite, and a model that needs whole windows has no single
    /// steps to hold. <see cref="NonFinite.Propagate"/> by default.
    /// </summary>
    public NonFinite NonFinite { get; set; }

    /// <summary>
    /// What <c>Step</c>, <c>Forward</c> and <c>Evaluate</c> read the weights of recurrent layers as. Fewer bytes are faster where a step waits for its weights, from
    /// some 64 units on, and less exact. The weights themselves stay floats: files have them, and training and recorded windows read them.
    /// A layer can have its own (<see cref="RecurrentAttribute.Weights"/>). <see cref="WeightFormat.Float32"/> by default.
    /// </summary>
    public WeightFormat Weights { get; set; }

    /// <summary>
    /// The number of threads that compute a step of one stream, 1 or 2. With 2, a second thread takes half of the units of each layer that is large enough, in <c>Step</c>, <c>Forward</c>, <c>Evaluate</c>
    /// and all else that goes step by step and is not recorded; results are the same bits. It is for models whose weights one core does not hold near, and occupies a second processor while steps come:
    /// see <see cref="ParallelSteps"/>. 1 by default.
    /// </summary>
    public int Parallel { get; set; } = 1;

    /// <summary>
    /// How far the loops over rows of matrices are unrolled. It changes results only by rounding.
    /// <see cref="Unroll.Auto"/> by default: unrolling further gained less than 2 % for every cell.
    /// </summary>
    public Unroll Unroll { get; set; }

    /// <summary>
    /// A safetensors file with the weights: its path in the project, as its item says it: <c>&lt;RnnWeights Include="amp.safetensors" /&gt;</c>. The names, shapes
    /// and element types of its tensors are checked in the build: what does not fit is an error at the layer. By default, there is no such file.
    /// </summary>
    public string? WeightsFile { get; set; }

    /// <summary>
    /// Whether the model has a constructor without parameters, which loads the weights of <see cref="WeightsFile"/> from a resource of the assembly. Then
    /// the item must have <c>Embed="true"</c>, too, which puts the file there. <see langword="false"/> by default.
    /// </summary>
    public bool Embed { get; set; }
}
