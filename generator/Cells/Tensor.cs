namespace RnnGen.Generator.Cells;

/// <summary>One tensor of a layer as PyTorch stores it: row-major, one row per unit.</summary>
/// <param name="name">Its name in the checkpoint, such as <c>weight_hh_l0</c>.</param>
/// <param name="columns">Numbers per row.</param>
/// <param name="initializer">The distribution of its elements in an untrained model.</param>
/// <param name="isVector">Whether the checkpoint stores it with one dimension.</param>
/// <param name="isTransposed">Whether the checkpoint stores it with rows and columns exchanged, as PyTorch does for embeddings.</param>
/// <param name="role">Which layer has it, and whether it is trained.</param>
internal sealed class Tensor(
    string name, int columns, Initializer initializer, bool isVector = false, bool isTransposed = false, TensorRole role = TensorRole.Trained)
{
    private readonly List<string> _gates = [];

    public string Name { get; } = name;

    public int Columns { get; } = columns;

    public Initializer Initializer { get; } = initializer;

    public bool IsVector { get; } = isVector;

    public bool IsTransposed { get; } = isTransposed;

    public TensorRole Role { get; } = role;

    /// <summary>Number of rows assigned so far: the gates of a cell get their rows one after the other.</summary>
    public int Rows { get; private set; }

    /// <summary>The gates in the order of their rows; empty if there is only one.</summary>
    public IReadOnlyList<string> Gates => _gates.Count > 1 ? _gates : [];

    /// <summary>Its shape in the checkpoint.</summary>
    public IReadOnlyList<int> Shape => IsVector ? [Rows] : IsTransposed ? [Columns, Rows] : [Rows, Columns];

    /// <summary>Its name in a level and direction: cells name their tensors as if there were only one.</summary>
    /// <param name="suffix">Level and direction, as PyTorch writes them.</param>
    public string NameAt(string suffix)
    {
        const string First = "_l0";
        return Name.EndsWith(First, StringComparison.Ordinal) ? Name.Substring(0, Name.Length - First.Length + 1) + suffix : Name;
    }

    public int TakeRows(int count, string? gate = null)
    {
        if (gate is not null)
        {
            _gates.Add(gate);
        }

        // Sizes far larger than a model can be wrap around: they are refused before a row is used.
        int first = Rows;
        Rows = unchecked(Rows + count);
        return first;
    }
}

/// <summary>The role of a tensor in training.</summary>
internal enum TensorRole
{
    /// <summary>A parameter.</summary>
    Trained,

    /// <summary>A parameter that is computed from data, without a gradient.</summary>
    Constant,

    /// <summary>Another layer's parameter, transposed.</summary>
    Tied,
}

/// <summary>The distribution of a tensor in an untrained model.</summary>
/// <param name="IsNormal">Whether it is normal instead of uniform.</param>
/// <param name="Scale">The standard deviation of a normal, half the width of a uniform distribution.</param>
/// <param name="Mean">The mean.</param>
internal readonly record struct Initializer(bool IsNormal, double Scale, double Mean = 0)
{
    /// <summary>PyTorch's default for linear and recurrent layers.</summary>
    public static Initializer Uniform(int fan) => new(false, 1 / Math.Sqrt(fan));

    public static Initializer Normal => new(true, 1);

    public static Initializer Ones => new(false, 0, 1);

    public static Initializer Zeros => new(false, 0);
}

/// <summary>The rows of a tensor that belong to one gate, or their transpose.</summary>
/// <param name="Tensor">The tensor.</param>
/// <param name="FirstRow">The gate's first row.</param>
/// <param name="Units">The gate's number of rows.</param>
/// <param name="Symbol">Its name in equations, such as <c>W_hf</c>.</param>
/// <param name="Gate">The gate that it belongs to, or null.</param>
/// <param name="IsTransposed">Whether it is applied as its transpose, as the backward step does.</param>
internal sealed record Matrix(Tensor Tensor, int FirstRow, int Units, string Symbol, string? Gate = null, bool IsTransposed = false)
{
    /// <summary>Size of the result.</summary>
    public int Rows => IsTransposed ? Tensor.Columns : Units;

    /// <summary>Size of the source.</summary>
    public int Columns => IsTransposed ? Units : Tensor.Columns;

    public Matrix Transpose() => this with { IsTransposed = !IsTransposed };
}
