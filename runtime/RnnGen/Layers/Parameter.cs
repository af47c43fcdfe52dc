using System.ComponentModel;
using System.Runtime.CompilerServices;
using RnnGen.Checkpoints;
using RnnGen.CompilerServices;
using RnnGen.Numerics;

namespace RnnGen;

/// <summary>One trained tensor of a layer, with PyTorch's name and shape.</summary>
public sealed class Parameter
{
    private readonly int[] _shape;
    private readonly PackedMatrix[] _blocks;
    private readonly bool _transposed;
    private readonly string[] _gates;
    private ModelWeights? _weights;

    /// <summary>For generated code.</summary>
    /// <param name="name">The name, such as <c>weight_hh_l0</c>.</param>
    /// <param name="shape">The shape, one or two numbers.</param>
    /// <param name="initializer">The distribution of the elements in an untrained model.</param>
    /// <param name="transposed">Whether the shape is [source, units] instead of [units, source].</param>
    /// <param name="gates">The names of the gates; empty if there is only one block.</param>
    /// <param name="blocks">The units in the packed weights, gate by gate.</param>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public Parameter(string name, int[] shape, Initializer initializer, bool transposed, string[] gates, params PackedMatrix[] blocks)
    {
        Name = name;
        _shape = shape;
        Default = initializer;
        _transposed = transposed;
        _gates = gates;
        _blocks = blocks;
        Count = 1;
        foreach (int size in shape)
        {
            Count *= size;
        }
    }

    /// <summary>PyTorch's name, such as <c>weight_hh_l0</c>.</summary>
    public string Name { get; }

    /// <summary>The shape: [rows, columns], or [rows] for a vector. The rows contain the gates one after the other.</summary>
    public IReadOnlyList<int> Shape => _shape;

    /// <summary>Number of elements.</summary>
    public int Count { get; }

    /// <summary>The names of the gates in the order of their rows, such as i, f, g, o; empty if there is only one block.</summary>
    public IReadOnlyList<string> Gates => _gates;

    /// <summary>The name with that of the layer, such as <c>Hidden.weight_hh_l0</c>, as in checkpoints.</summary>
    public string FullName { get; private set; } = "";

    /// <summary>PyTorch's default distribution.</summary>
    internal Initializer Default { get; }

    /// <summary>Whether it is the table of an embedding, with one row per token.</summary>
    internal bool IsTable => _transposed;

    /// <summary>Name and shape, such as <c>Hidden.weight_hh_l0 [10, 10]</c>.</summary>
    /// <returns>The text.</returns>
    public override string ToString() => $"{FullName} {ShapeText}";

    /// <summary>Copies the values.</summary>
    /// <param name="rowMajor">Receives <see cref="Count"/> values, row by row.</param>
    /// <exception cref="ArgumentException"><paramref name="rowMajor"/> has another length.</exception>
    public void CopyTo(Span<float> rowMajor)
    {
        Check.Length(rowMajor.Length, Count, nameof(rowMajor));
        Read(_weights!.Values, rowMajor);
    }

    /// <summary>Whether all elements have one value.</summary>
    /// <param name="value">The value.</param>
    internal bool HasOnly(float value)
    {
        var values = new float[Count];
        CopyTo(values);
        return values.AsSpan().IndexOfAnyExcept(value) < 0;
    }

    /// <summary>Replaces the values.</summary>
    /// <param name="rowMajor"><see cref="Count"/> values, row by row.</param>
    /// <exception cref="ArgumentException"><paramref name="rowMajor"/> has another length.</exception>
    public void CopyFrom(ReadOnlySpan<float> rowMajor)
    {
        Check.Length(rowMajor.Length, Count, nameof(rowMajor));
        Write(rowMajor, _weights!.MutableValues);
        _weights.Changed();
    }

    /// <summary>Replaces the values, and checks that they are arranged as those of the parameter.</summary>
    /// <param name="values">The values, the last dimension fastest.</param>
    /// <param name="shape">Their shape, which must be <see cref="Shape"/>.</param>
    /// <exception cref="ArgumentException">The shape is another one, or not that of so many values; nothing was changed.</exception>
    public void CopyFrom(ReadOnlySpan<float> values, IReadOnlyList<int> shape)
    {
        ArgumentNullException.ThrowIfNull(shape);
        if (!shape.SequenceEqual(_shape))
        {
            string transposed = Conversions.IsTranspose(shape, _shape)
                ? ": the transpose, whose rows are the columns of the parameter. Transpose the values first."
                : ".";
            throw new ArgumentException($"Expected shape {ShapeText} for {FullName}, found {Checkpoints.ShapeText.Of(shape)}{transposed}", nameof(shape));
        }

        Check.Length(values.Length, Count, nameof(values));
        CopyFrom(values);
    }

    /// <summary>Replaces the values of some parameters of one model, whatever their bits are. Lengths have been checked.</summary>
    /// <param name="values">The parameters and their values, row by row.</param>
    internal static void Replace(IReadOnlyList<(Parameter Parameter, float[] Values)> values)
    {
        foreach ((Parameter parameter, float[] rowMajor) in values)
        {
            parameter.Write(rowMajor, parameter._weights!.MutableValues);
        }

        foreach (ModelWeights weights in values.Select(value => value.Parameter._weights!).Distinct())
        {
            weights.Changed();
        }
    }

    /// <summary>Draws new values.</summary>
    /// <param name="initializer">Their distribution.</param>
    /// <param name="seed">The same seed gives the same values on every machine.</param>
    /// <exception cref="ArgumentException">The distribution is for matrices, and the parameter is a vector.</exception>
    public void Initialize(Initializer initializer, int seed)
    {
        var random = new RandomStream(unchecked((ulong)seed));
        Fill(ref random, initializer, _weights!.MutableValues);
        _weights.Changed();
    }

    /// <summary>From the first element in the packed weights to the end of the vector that holds the last one.</summary>
    internal (int Start, int End) Range
    {
        get
        {
            const int Lanes = 16;
            int end = _blocks.Max(block => block.At(block.Units - 1, block.Rows - 1)) + 1;
            return (_blocks.Min(block => block.Offset), (end + Lanes - 1) / Lanes * Lanes);
        }
    }

    internal string ShapeText => Checkpoints.ShapeText.Of(_shape);

    internal void Bind(ModelWeights weights, string layer)
    {
        _weights = weights;
        FullName = layer + "." + Name;
    }

    /// <summary>Whether a matrix is one of its blocks.</summary>
    internal bool Has(PackedMatrix block) => Array.IndexOf(_blocks, block) >= 0;

    internal bool BelongsTo(ModelWeights weights) => _weights == weights;

    internal void Fill(ref RandomStream random, Initializer initializer, Span<float> packed)
    {
        var values = new float[Count];
        initializer.Fill(ref random, _shape, values);
        Write(values, packed);
    }

    /// <summary>
    /// Rounds the tensor in a packed block to the numbers that steps compute with if its weights have a format. Only matrices that a recurrent layer multiplies by
    /// numbers have one: neither biases, whatever their format, nor the rows of tokens.
    /// </summary>
    internal void Round(WeightFormat format, Span<float> packed)
    {
        foreach (PackedMatrix block in _blocks)
        {
            WeightRounding.Round(format, packed, block);
        }
    }

    /// <summary>Sets all elements of one gate; a parameter without this gate is unchanged.</summary>
    internal void FillGate(string gate, float value, Span<float> packed)
    {
        int index = Array.IndexOf(_gates, gate);
        if (index < 0)
        {
            return;
        }

        PackedMatrix block = _blocks[index];
        for (int unit = 0; unit < block.Units; unit++)
        {
            for (int row = 0; row < block.Rows; row++)
            {
                packed[block.At(unit, row)] = value;
            }
        }
    }

    /// <summary>Reads the tensor from a packed block: weights or gradients.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal void Read(ReadOnlySpan<float> packed, Span<float> rowMajor)
    {
        int first = 0;
        foreach (PackedMatrix block in _blocks)
        {
            (int unitStride, int rowStride) = Strides(block);
            for (int tile = 0; tile < block.Units; tile += block.Tile)
            {
                int units = Math.Min(block.Tile, block.Units - tile);
                for (int row = 0; row < block.Rows; row++)
                {
                    Copy(packed[block.At(tile, row)..], 1, rowMajor[(((first + tile) * unitStride) + (row * rowStride))..], unitStride, units);
                }
            }

            first += block.Units;
        }
    }

    /// <summary>Writes the tensor to a packed block. Compiled once, as <see cref="Read"/>: the loop is as long as the tensor.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal void Write(ReadOnlySpan<float> rowMajor, Span<float> packed)
    {
        int first = 0;
        foreach (PackedMatrix block in _blocks)
        {
            (int unitStride, int rowStride) = Strides(block);
            for (int tile = 0; tile < block.Units; tile += block.Tile)
            {
                int units = Math.Min(block.Tile, block.Units - tile);
                for (int row = 0; row < block.Rows; row++)
                {
                    Copy(rowMajor[(((first + tile) * unitStride) + (row * rowStride))..], unitStride, packed[block.At(tile, row)..], 1, units);
                }
            }

            first += block.Units;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Copy(ReadOnlySpan<float> source, int sourceStride, Span<float> target, int targetStride, int count)
    {
        for (int k = 0; k < count; k++)
        {
            target[k * targetStride] = source[k * sourceStride];
        }
    }

    /// <summary>The distances of units and of rows in the tensor.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private (int Unit, int Row) Strides(PackedMatrix block) => _transposed ? (1, _shape[1]) : (block.Rows, 1);
}
