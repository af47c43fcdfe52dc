using RnnGen.Generator.Layers;

namespace RnnGen.Generator.Model;

/// <summary>Everything the later stages need to know about one annotated class.</summary>
/// <param name="Target">The class: namespace, enclosing types, name.</param>
/// <param name="InputSize">Number of inputs per step, or the size of the vocabulary.</param>
/// <param name="SequenceLength">The longest window, in steps.</param>
/// <param name="Tokens">Whether a step reads one integer instead of <paramref name="InputSize"/> numbers.</param>
/// <param name="Layers">The layers in the order in which data flows through them; at least one, heads last.</param>
/// <param name="DocumentClass">Whether the user's class has no documentation comment, so that the generator writes one.</param>
internal sealed record ModelSpec(
    TypeTarget Target,
    int InputSize,
    int SequenceLength,
    bool Tokens,
    EquatableArray<LayerSpec> Layers,
    bool DocumentClass)
{
    /// <summary>Whether a tape keeps every named value of every step.</summary>
    public bool Trace { get; init; }

    /// <summary>Whether element-wise functions are computed to a few units in the last place.</summary>
    public bool Precise { get; init; }

    /// <summary>Whether results are the same bits on every machine.</summary>
    public bool Reproducible { get; init; }

    /// <summary>What a step reads the weights of recurrent layers as, unless a layer has its own choice.</summary>
    public WeightFormatKind WeightFormat { get; init; }

    /// <summary>How far the loops of a kernel are unrolled.</summary>
    public UnrollKind Unroll { get; init; }

    /// <summary>What a step does that is not finite.</summary>
    public NonFiniteKind NonFinite { get; init; }

    /// <summary>The largest number of lanes of a batch; 0 if there are no batches.</summary>
    public int BatchSize { get; init; }

    /// <summary>The number of threads that compute a step of a stream.</summary>
    public int Parallel { get; init; } = 1;

    /// <summary>The file with its weights, or null.</summary>
    public WeightsSpec? Weights { get; init; }
}

/// <summary>The file that a model names for its weights.</summary>
/// <param name="File">Its path in the project, with slashes.</param>
/// <param name="Embed">Whether it is a resource of the assembly, from which the model is loaded.</param>
internal sealed record WeightsSpec(string File, bool Embed)
{
    /// <summary>The SHA-256 of the file that was checked; empty before that.</summary>
    public string Hash { get; init; } = "";
}

/// <summary>A class that receives generated code.</summary>
/// <param name="Namespace">Its namespace, or an empty string.</param>
/// <param name="Containers">Declarations of the enclosing types from the outside in, such as <c>partial class Outer</c>.</param>
/// <param name="Name">Its name, escaped with @ where it is a keyword.</param>
/// <param name="Accessibility"><c>public</c>, <c>internal</c>, ...; what the nested types and the interface implementation follow.</param>
/// <param name="MetadataName">Its full metadata name, such as <c>Space.Outer+Name</c>; files are named after it.</param>
internal sealed record TypeTarget(
    string Namespace,
    EquatableArray<string> Containers,
    string Name,
    string Accessibility,
    string MetadataName)
{
    /// <summary>Parts of its namespace, names of the enclosing types, its own name, all escaped with @ where they are keywords.</summary>
    public EquatableArray<string> Path { get; init; } = new([Name]);

    /// <summary>The names of the class and of the types around it.</summary>
    public IEnumerable<string> OwnNames => Path.Skip(Path.Count - Containers.Count - 1);

    /// <summary>The class in its generated part: its name, unless it inherits a type with the same name.</summary>
    public string Self => (InheritsName ? FullName : Name) + TypeParameters;

    /// <summary>What it is declared as: <c>class</c>, or <c>record</c> for a wrong model.</summary>
    public string Keyword { get; init; } = "class";

    /// <summary>The type parameters of a wrong model, such as <c>&lt;T&gt;</c>.</summary>
    public string TypeParameters { get; init; } = "";

    /// <summary>Whether it inherits a type with its own name.</summary>
    public bool InheritsName { get; init; }

    /// <summary>The class by its full name: in documentation comments even a method may come before a shorter one.</summary>
    public string FullName => "global::" + string.Join(".", Path);

    /// <summary>Whether it inherits from a user's class, whose members may have the names of generated ones.</summary>
    public bool HasBase { get; init; }

    /// <summary>Whether the user's code suppresses errors of the analyzer here, or may do so.</summary>
    public bool SuppressesErrors { get; init; }

    /// <summary>Whether it has or inherits required members.</summary>
    public bool HasRequiredMembers { get; init; }
}

/// <summary>One layer.</summary>
/// <param name="Name">Name of the member, or of the attribute for a layer that is declared on the class; the key in checkpoints.</param>
/// <param name="Kind">Its kind.</param>
/// <param name="InputSize">Number of inputs per step.</param>
/// <param name="Units">The declared size, or that of the input.</param>
/// <param name="Property">The member that the user declared, or null for a layer that is declared on the class.</param>
internal sealed record LayerSpec(string Name, LayerKind Kind, int InputSize, int Units, PropertySpec? Property)
{
    /// <summary>The name of the model's input, the runtime's <c>Layer.Input</c>.</summary>
    public const string InputName = "<input>";

    /// <summary>The options of its kind.</summary>
    public OptionValues Options { get; init; } = OptionValues.None;

    /// <summary>Number of outputs per step, in one direction.</summary>
    public int Size => Kind.OutputSize(Units, Options);

    /// <summary>Whether a recurrent layer outputs every step or only the last one.</summary>
    public bool ReturnSequences { get; init; } = true;

    /// <summary>
    /// The layers whose concatenated outputs it reads, by their index in the model; -1 is the model's input. Empty for the default: the last one
    /// before it that is not a head.
    /// </summary>
    public EquatableArray<int> Sources { get; init; }

    /// <summary>The direction in which a recurrent layer runs through a window.</summary>
    public DirectionKind Direction { get; init; }

    /// <summary>How the two outputs of a bidirectional layer are combined.</summary>
    public MergeKind Merge { get; init; }

    /// <summary>Number of levels.</summary>
    public int Depth { get; init; } = 1;

    /// <summary>Whether the input is added to the output.</summary>
    public bool Residual { get; init; }

    /// <summary>The factor of the loss of one of several heads.</summary>
    public double Weight { get; init; } = 1;

    /// <summary>The embedding whose weights a head shares, by its index in the model.</summary>
    public int? TiedTo { get; init; }

    /// <summary>Number of outputs per step, of both directions.</summary>
    public int OutputSize => Direction == DirectionKind.Bidirectional && Merge == MergeKind.Concat ? Sum(Size, Size) : Size;

    /// <summary>A saturating sum of sizes. A saturated one is far larger than a model can be, and is refused.</summary>
    public static int Sum(params IEnumerable<int> sizes) => (int)Math.Min(int.MaxValue, sizes.Sum(size => (long)size));

    public bool IsHead => Kind is Head;

    /// <summary>The value of one of its options.</summary>
    public T Get<T>(Option<T> option)
        where T : notnull => Options.Get(option);
}

/// <summary>The partial property of a layer.</summary>
/// <param name="Modifiers">All modifiers as the user wrote them, such as <c>public partial</c>: the two halves must agree.</param>
/// <param name="Identifier">Its name, escaped with @ if it is a keyword.</param>
/// <param name="Document">Whether the user wrote no documentation comment, so that the generator writes one.</param>
internal sealed record PropertySpec(string Modifiers, string Identifier, bool Document);

/// <summary>Mirrors the runtime's <c>RnnGen.Activation</c>, value for value.</summary>
internal enum ActivationKind
{
    Tanh,
    Sigmoid,
    Relu,
    Affine,
    LeakyRelu,
    ThresholdedRelu,
    ScaledTanh,
    HardSigmoid,
    Elu,
    Softsign,
    Softplus,
}

/// <summary>Mirrors the runtime's <c>RnnGen.Unroll</c>, value for value.</summary>
internal enum UnrollKind
{
    Auto,
    Rows,
    None,
}

/// <summary>Mirrors the runtime's <c>RnnGen.WeightFormat</c>, value for value.</summary>
internal enum WeightFormatKind
{
    Default,
    Float32,
    BFloat16,
    Int8,
    Int4,
}

/// <summary>Mirrors the runtime's <c>RnnGen.NonFinite</c>, value for value.</summary>
internal enum NonFiniteKind
{
    Propagate,
    Throw,
    Hold,
}

/// <summary>Mirrors the runtime's <c>RnnGen.Direction</c>, value for value.</summary>
internal enum DirectionKind
{
    Forward,
    Reverse,
    Bidirectional,
}

/// <summary>Mirrors the runtime's <c>RnnGen.Merge</c>, value for value.</summary>
internal enum MergeKind
{
    Concat,
    Sum,
    Average,
    Multiply,
}

/// <summary>Mirrors the runtime's <c>RnnGen.CtcBlank</c>, value for value.</summary>
internal enum CtcBlankKind
{
    First,
    Last,
}

/// <summary>Mirrors the runtime's <c>RnnGen.CtcReduction</c>, value for value.</summary>
internal enum CtcReductionKind
{
    Mean,
    Sum,
}

/// <summary>Mirrors the runtime's <c>RnnGen.Covariance</c>, value for value.</summary>
internal enum CovarianceKind
{
    Diagonal,
    Full,
}

/// <summary>Mirrors the runtime's <c>RnnGen.Loss</c>, value for value.</summary>
internal enum LossKind
{
    SquaredError,
    AbsoluteError,
    Huber,
}
