using System.ComponentModel;
using RnnGen.Checkpoints;
using RnnGen.Numerics;

namespace RnnGen.CompilerServices;

/// <summary>The weights of one model, packed as its kernels read them, with the copies that the way back needs.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class ModelWeights
{
    private readonly AlignedBuffer _values;
    private readonly int _transposedSize;
    private readonly Transposition[] _transpositions;
    private readonly Transposition[] _ties;
    private AlignedBuffer? _transposed;

    /// <summary>For generated code.</summary>
    /// <param name="model">Name of the model.</param>
    /// <param name="size">Floats of the packed weights.</param>
    /// <param name="transposedSize">Floats of the transposed copies.</param>
    /// <param name="layers">The layers.</param>
    /// <param name="transpositions">Which matrices are copied, and where to.</param>
    /// <param name="ties">Which matrices have a second place among the weights, transposed, as that of an embedding in the head that shares it.</param>
    public ModelWeights(string model, int size, int transposedSize, Layer[] layers, Transposition[] transpositions, params Transposition[] ties)
    {
        Model = model;
        Layers = layers;
        _values = new AlignedBuffer(size);
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
    public ReadOnlySpan<float> Values => _values.Span;

    /// <summary>The first packed weight.</summary>
    public ref float Origin => ref _values.Origin;

    /// <summary>The first float of the transposed copies. There are none before <see cref="PrepareTraining"/>.</summary>
    public ref float Transposed => ref _transposed!.Origin;

    internal Span<float> MutableValues => _values.Span;

    /// <summary>The parameters of all layers, as they stand in files.</summary>
    internal IEnumerable<Parameter> Parameters => Layers.SelectMany(layer => layer.Stored);

    /// <summary>Counts the changes, so that a tape knows the weights it was recorded with.</summary>
    internal long Version { get; private set; }

    /// <summary>A bound on all values, where whoever wrote them last or <see cref="Measure"/> knows one.</summary>
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

    /// <summary>Texts that travel in the checkpoint.</summary>
    public Dictionary<string, string> Metadata { get; } = new(StringComparer.Ordinal);

    /// <summary>Draws all parameters from PyTorch's distributions.</summary>
    /// <param name="seed">The same seed gives the same weights on every machine.</param>
    public void Initialize(int seed) => Initialize(WeightInitialization.PyTorch, seed);

    /// <summary>Draws all parameters from their distributions.</summary>
    /// <param name="initialization">The distributions.</param>
    /// <param name="seed">The same seed gives the same weights on every machine.</param>
    internal void Initialize(WeightInitialization initialization, int seed)
    {
        // Beside the weights, which stay as they are if a distribution does not fit.
        var random = new RandomStream(unchecked((ulong)seed));
        var drawn = new float[Values.Length];
        foreach (Parameter parameter in Parameters)
        {
            initialization.Fill(ref random, parameter, drawn);
        }

        drawn.CopyTo(MutableValues);
        Changed();
    }

    /// <summary>Takes over the weights and the metadata of another model of the same class.</summary>
    /// <param name="other">Its weights.</param>
    public void CopyFrom(ModelWeights other)
    {
        SetMetadata(other.Metadata);
        other.Values.CopyTo(MutableValues);
        Changed();
    }

    /// <summary>Replaces all weights by those of a file.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="CheckpointException">The file cannot be read, or its tensors are not exactly the model's.</exception>
    public void Load(string path) => Checkpoint.Load(this, SafetensorsFile.Read(path));

    /// <inheritdoc cref="Load(string)"/>
    /// <param name="stream">Holds the file from its position to its end.</param>
    public void Load(Stream stream) => Checkpoint.Load(this, SafetensorsFile.Read(stream));

    /// <inheritdoc cref="Load(string)"/>
    /// <param name="file">The content of the file.</param>
    public void Load(ReadOnlySpan<byte> file) => Checkpoint.Load(this, SafetensorsFile.Read(file));

    /// <summary>Writes all weights to a file.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="CheckpointException">The file cannot be written.</exception>
    public void Save(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        Checkpoint.ContentOf(this, path, []).WriteTo(path);
    }

    /// <summary>Writes all weights to a stream, as a file.</summary>
    /// <param name="stream">Written to from its position on.</param>
    /// <exception cref="CheckpointException">The stream has thrown an exception.</exception>
    public void Save(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        Checkpoint.ContentOf(this, CheckpointException.StreamPath, []).WriteTo(stream);
    }

    /// <summary>Makes the transposed copies. A model that only serves does without them.</summary>
    public void PrepareTraining()
    {
        if (_transposed is null)
        {
            var transposed = new AlignedBuffer(_transposedSize);
            Transpose(transposed);
            Interlocked.CompareExchange(ref _transposed, transposed, null);
        }
    }

    internal void SetMetadata(IEnumerable<KeyValuePair<string, string>> metadata)
    {
        Metadata.Clear();
        foreach ((string key, string value) in metadata)
        {
            Metadata.Add(key, value);
        }
    }

    /// <summary>Reads all values for their bound; it stays unknown where one is not finite.</summary>
    internal void Measure() => Bound = Bound.Of(Values);

    /// <summary>Everything that writes weights ends with this.</summary>
    internal void Changed() => Changed(Bound.Unknown);

    /// <summary>As <see cref="Changed()"/>, by an update that knows a bound on what it has written.</summary>
    internal void Changed(Bound bound)
    {
        Version++;
        Bound = bound;
        foreach (Transposition tie in _ties)
        {
            tie.Run(Values, MutableValues);
        }

        if (_transposed is not null)
        {
            Transpose(_transposed);
        }
    }

    /// <summary>Brings the gradients of the second places to those of the parameters.</summary>
    internal void CollectTied(Span<float> gradients)
    {
        foreach (Transposition tie in _ties)
        {
            tie.Collect(gradients);
        }
    }

    private void Transpose(AlignedBuffer target)
    {
        ReadOnlySpan<float> values = Values;
        Span<float> copies = target.Span;
        foreach (ref readonly Transposition transposition in _transpositions.AsSpan())
        {
            transposition.Run(values, copies);
        }
    }
}
