using System.ComponentModel;
using System.Reflection;
using RnnGen.Checkpoints;
using RnnGen.Numerics;

namespace RnnGen.CompilerServices;

/// <summary>The weights of one model, packed as its kernels read them, and the transposed copies for the backward pass.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class ModelWeights
{
    private readonly AlignedBuffer _values;
    private readonly int _transposedSize;
    private readonly Transposition[] _transpositions;
    private readonly Transposition[] _ties;
    private readonly NarrowCopy[] _narrow;
    private readonly Lock _writing = new();
    private readonly int _size;
    private AlignedBuffer? _transposed;
    private long _narrowVersion = -1;
    private AlignedBuffer? _masters;
    private bool _isRounded;

    /// <summary>Lanes that many streams can borrow for a step; null while they are lent.</summary>
    internal Batch? SpareLanes;

    /// <summary>The same for vectors of streams.</summary>
    internal StreamVectors? SpareVectors;

    /// <summary>For generated code.</summary>
    /// <param name="model">Name of the model.</param>
    /// <param name="size">Size of the packed weights, in floats.</param>
    /// <param name="transposedSize">Size of the transposed copies, in floats.</param>
    /// <param name="layers">The layers.</param>
    /// <param name="transpositions">The matrices that are copied, and where to.</param>
    /// <param name="ties">The matrices with a second, transposed place among the weights, such as that of an embedding in the head that shares it.</param>
    public ModelWeights(string model, int size, int transposedSize, Layer[] layers, Transposition[] transpositions, params Transposition[] ties)
        : this(model, size, transposedSize, layers, transpositions, (NarrowCopy[])[], ties)
    {
    }

    /// <summary>For generated code.</summary>
    /// <param name="model">Name of the model.</param>
    /// <param name="size">Size of the packed weights, in floats.</param>
    /// <param name="transposedSize">Size of the transposed copies, in floats.</param>
    /// <param name="layers">The layers.</param>
    /// <param name="transpositions">The matrices that are copied, and where to.</param>
    /// <param name="narrow">The copies in narrow formats, which have a second block of the same size behind the packed weights.</param>
    /// <param name="ties">The matrices with a second, transposed place among the weights, such as that of an embedding in the head that shares it.</param>
    public ModelWeights(string model, int size, int transposedSize, Layer[] layers, Transposition[] transpositions, NarrowCopy[] narrow, params Transposition[] ties)
    {
        Model = model;
        Layers = layers;
        _size = size;
        _narrow = narrow;
        _values = new AlignedBuffer(narrow.Length == 0 ? size : 2 * size);
        _transposedSize = transposedSize;
        _transpositions = transpositions;
        _ties = ties;
        foreach (Layer layer in layers)
        {
            layer.Bind(this);
        }
    }

    /// <summary>Name of the model.</summary>
    public string Model { get; }

    /// <summary>The layers.</summary>
    public IReadOnlyList<Layer> Layers { get; }

    /// <summary>The packed weights.</summary>
    public ReadOnlySpan<float> Values => MutableValues;

    /// <summary>The first packed weight.</summary>
    public ref float Origin => ref _values.Origin;

    /// <summary>The first packed weight for steps that read narrow copies, which are written here if weights have changed: training does not need them.</summary>
    public ref float StepOrigin
    {
        get
        {
            if (Volatile.Read(ref _narrowVersion) != Version)
            {
                WriteNarrow();
            }

            return ref _values.Origin;
        }
    }

    /// <summary>The first float of the transposed copies, which exist after <see cref="PrepareTraining"/>.</summary>
    public ref float Transposed => ref _transposed!.Origin;

    internal Span<float> MutableValues => _values.Span[.._size];

    /// <summary>The copies in narrow formats.</summary>
    internal IReadOnlyList<NarrowCopy> Narrow => _narrow;

    /// <summary>What a step reads: narrow copies instead of the matrices that have one.</summary>
    internal long BytesOfStep => sizeof(float) * (_size + _narrow.Sum(copy => copy.Size - copy.Replaced));

    /// <summary>Whether steps read narrow copies of any weights.</summary>
    internal bool IsNarrow => _narrow.Length > 0;

    /// <summary>The version of the weights in the narrow copies; -1 before the first step.</summary>
    internal long NarrowVersion => _narrowVersion;

    /// <summary>The parameters of all layers, in the order of files.</summary>
    internal IEnumerable<Parameter> Parameters => Layers.SelectMany(layer => layer.Stored);

    /// <summary>The number of changes, by which a tape knows whether its recording is outdated.</summary>
    internal long Version { get; private set; }

    /// <summary>A bound on all values, if the last writer or <see cref="Measure"/> knows one.</summary>
    internal Bound Bound { get; private set; } = Bound.Unknown;

    /// <summary>Whether all values are finite and have a bound.</summary>
    internal bool AreBounded
    {
        get
        {
            if (!Bound.IsKnown)
            {
                Measure();
            }

            return Bound.IsKnown;
        }
    }

    /// <summary>Strings that are stored in checkpoints.</summary>
    public Dictionary<string, string> Metadata { get; } = new(StringComparer.Ordinal);

    /// <summary>Draws all parameters from PyTorch's distributions.</summary>
    /// <param name="seed">The same seed gives the same weights on every machine.</param>
    public void Initialize(int seed) => Initialize(WeightInitialization.PyTorch, seed);

    /// <summary>Draws all parameters from their distributions.</summary>
    /// <param name="initialization">The distributions.</param>
    /// <param name="seed">The same seed gives the same weights on every machine.</param>
    internal void Initialize(WeightInitialization initialization, int seed)
    {
        // Draws into a separate block: the weights are unchanged if a distribution does not fit.
        var random = new RandomStream(unchecked((ulong)seed));
        var drawn = new float[Values.Length];
        foreach (Parameter parameter in Parameters)
        {
            initialization.Fill(ref random, parameter, drawn);
        }

        drawn.CopyTo(MutableValues);
        Changed();
    }

    /// <summary>Copies the weights and the metadata of another model of the same class.</summary>
    /// <param name="other">The weights of the other model.</param>
    public void CopyFrom(ModelWeights other)
    {
        SetMetadata(other.Metadata);
        other.Values.CopyTo(MutableValues);
        Changed();
    }

    /// <summary>Replaces all weights by those of a file.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="CheckpointException">The file cannot be read, its tensors do not match the model's exactly, or a weight is NaN or infinite.</exception>
    public void Load(string path) => Checkpoint.Load(this, SafetensorsFile.Read(path));

    /// <inheritdoc cref="Load(string)"/>
    /// <param name="stream">Contains the file, from its position to its end.</param>
    public void Load(Stream stream) => Checkpoint.Load(this, SafetensorsFile.Read(stream));

    /// <inheritdoc cref="Load(string)"/>
    /// <param name="file">The content of the file.</param>
    public void Load(ReadOnlySpan<byte> file) => Checkpoint.Load(this, SafetensorsFile.Read(file));

    /// <summary>Replaces all weights by those of a file that is a resource of an assembly.</summary>
    /// <param name="assembly">The assembly.</param>
    /// <param name="name">The name of the resource.</param>
    /// <exception cref="CheckpointException">There is no such resource, or it does not fit: as for a file, whose name is that of the resource.</exception>
    public void LoadResource(Assembly assembly, string name)
    {
        using Stream stream = assembly.GetManifestResourceStream(name)
            ?? throw new CheckpointException(CheckpointReason.File, name, $"is not a resource of the assembly {assembly.GetName().Name}.");
        Checkpoint.Load(this, SafetensorsFile.Read(stream, name));
    }

    /// <summary>Writes all weights to a file.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="CheckpointException">The file cannot be written.</exception>
    public void Save(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        Checkpoint.ContentOf(this, path, [], isNarrow: false).WriteTo(path);
    }

    /// <summary>Writes all weights to a stream, as a file.</summary>
    /// <param name="stream">Receives the file, from its position on.</param>
    /// <exception cref="CheckpointException">The stream threw an exception.</exception>
    public void Save(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        Checkpoint.ContentOf(this, CheckpointException.StreamPath, [], isNarrow: false).WriteTo(stream);
    }

    /// <summary>What steps read a parameter as.</summary>
    internal WeightFormat FormatOf(Parameter parameter)
    {
        foreach (NarrowCopy narrow in _narrow)
        {
            if (parameter.Has(narrow.Source))
            {
                return narrow.Format;
            }
        }

        return WeightFormat.Float32;
    }

    /// <summary>Rounds packed weights to the numbers that the steps of this class compute with.</summary>
    /// <param name="packed">Weights that are packed as those of this class.</param>
    internal void Round(Span<float> packed)
    {
        foreach (NarrowCopy narrow in _narrow)
        {
            WeightRounding.Round(narrow.Format, packed, narrow.Source);
        }
    }

    /// <summary>
    /// Puts the numbers that steps compute with in the places of the weights, for passes that are recorded, until <see cref="EndRounded"/>. The weights are kept. Rounded
    /// once more, these numbers stay as they are, so that narrow copies are the same.
    /// </summary>
    internal void BeginRounded()
    {
        if (_masters is null || _isRounded)
        {
            return;
        }

        Values.CopyTo(_masters.Span);
        Round(MutableValues);
        TransposeAll();
        _isRounded = true;
    }

    /// <summary>Puts the weights back.</summary>
    internal void EndRounded()
    {
        if (_isRounded)
        {
            _masters!.Span.CopyTo(MutableValues);
            TransposeAll();
            _isRounded = false;
        }
    }

    /// <summary>Creates the memory that <see cref="BeginRounded"/> needs, or frees it.</summary>
    internal void PrepareRounding(bool isWanted)
    {
        EndRounded();
        _masters = isWanted ? _masters ?? new AlignedBuffer(_size) : null;
    }

    /// <summary>Creates the transposed copies, which only training needs.</summary>
    public void PrepareTraining()
    {
        if (_transposed is null)
        {
            var transposed = new AlignedBuffer(_transposedSize);
            Transpose(transposed);
            Interlocked.CompareExchange(ref _transposed, transposed, null);
        }
    }

    internal void SetMetadata(Dictionary<string, string> metadata)
    {
        Metadata.Clear();
        foreach ((string key, string value) in metadata)
        {
            Metadata.Add(key, value);
        }
    }

    /// <summary>Computes the bound from all values; it stays unknown if one of them is not finite.</summary>
    internal void Measure() => Bound = Bound.Of(Values);

    /// <summary>Called at the end of everything that writes weights.</summary>
    internal void Changed() => Changed(Bound.Unknown);

    /// <summary>As <see cref="Changed()"/>, for an update that knows a bound on what it has written.</summary>
    internal void Changed(Bound bound)
    {
        Version++;
        Bound = bound;
        foreach (Transposition tie in _ties)
        {
            tie.Run(Values, MutableValues);
        }

        TransposeAll();
    }

    /// <summary>Adds the gradients of the second places to those of the parameters.</summary>
    internal void CollectTied(Span<float> gradients)
    {
        foreach (Transposition tie in _ties)
        {
            tie.Collect(gradients);
        }
    }

    private void WriteNarrow()
    {
        lock (_writing)
        {
            if (_narrowVersion != Version)
            {
                foreach (NarrowCopy narrow in _narrow)
                {
                    narrow.Run(_values.Span);
                }

                Volatile.Write(ref _narrowVersion, Version);
            }
        }
    }

    private void TransposeAll()
    {
        if (_transposed is not null)
        {
            Transpose(_transposed);
        }
    }

    private void Transpose(AlignedBuffer target)
    {
        ReadOnlySpan<float> values = Values;
        Span<float> copies = target.Span;
        foreach (Transposition transposition in _transpositions)
        {
            transposition.Run(values, copies);
        }
    }
}
