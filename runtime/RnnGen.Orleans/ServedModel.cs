using Orleans;

namespace RnnGen.Orleans;

/// <summary>A model that a silo serves, with the version that it has of its weights.</summary>
internal abstract class ServedModel
{
    private readonly Lock _gate = new();
    private Task? _fetching;

    protected ServedModel(string name, RnnStreamOptions options)
    {
        Name = name;
        Persistence = options.Persistence;
        StorageName = options.StorageName;
    }

    public string Name { get; }

    public StreamPersistence Persistence { get; }

    public string StorageName { get; }

    /// <summary>The version of the weights; 0 before they were fetched.</summary>
    public abstract int Version { get; }

    /// <summary>The weights that the silo was started with, as a file. They are those of version 1 if nothing is stored.</summary>
    public abstract byte[] InitialWeights();

    /// <exception cref="RnnStreamException">The weights do not fit.</exception>
    public abstract void Check(StoredModel model);

    /// <summary>Steps that begin later are computed with these weights, unless they are older than those that the silo has.</summary>
    /// <exception cref="RnnStreamException">They do not fit.</exception>
    public abstract void Load(StoredModel model);

    /// <summary>Fetches the published weights unless the silo has those of a version, or later ones.</summary>
    public async ValueTask Fetch(int version, IGrainFactory grains)
    {
        if (Version >= Math.Max(1, version))
        {
            return;
        }

        Task fetching;
        lock (_gate)
        {
            // Of many streams that ask at once, one does. It is nobody's grain's own: the grain that asks first may end before.
            fetching = _fetching is { IsCompleted: false } ? _fetching : _fetching = Task.Run(async () => Load(await grains.GetGrain<IRnnModelGrain>(Name).Get()));
        }

        await fetching;
    }
}

/// <inheritdoc/>
internal sealed class ServedModel<TInput> : ServedModel
{
    private readonly Lock _loading = new();
    private readonly IRnnStreamingModel<TInput> _initial;
    private LoadedModel<TInput>? _current;

    /// <param name="name">The name.</param>
    /// <param name="model">The model, which is copied: it may be trained on.</param>
    /// <param name="options">The settings.</param>
    public ServedModel(string name, IRnnStreamingModel<TInput> model, RnnStreamOptions options)
        : base(name, options)
    {
        _initial = model.Clone();
    }

    public override int Version => Volatile.Read(ref _current)?.Version ?? 0;

    /// <summary>The weights of now. They were fetched before.</summary>
    public LoadedModel<TInput> Current => Volatile.Read(ref _current)!;

    public override byte[] InitialWeights() => ModelFile.Of(_initial);

    public override void Load(StoredModel model)
    {
        lock (_loading)
        {
            if (model.Version <= Version)
            {
                return;
            }

            IRnnStreamingModel<TInput> loaded = Read(model);
            loaded.Warmup();
            Volatile.Write(ref _current, new LoadedModel<TInput>(loaded, model.Version));
        }
    }

    public override void Check(StoredModel model) => Read(model);

    private IRnnStreamingModel<TInput> Read(StoredModel model)
    {
        IRnnStreamingModel<TInput> read = _initial.Clone();
        try
        {
            read.LoadWeights(model.Weights);
            return read;
        }
        catch (CheckpointException e)
        {
            throw new RnnStreamException(RnnStreamError.Weights, $"Version {model.Version} of the model '{Name}': {e.Message}");
        }
    }
}
