namespace RnnGen.Benchmarks;

/// <summary>A model of ours, whatever its type.</summary>
internal abstract class MeasuredModel(Shape shape)
{
    public Shape Shape => shape;

    public string Name => shape.CellName + " " + shape.Size;

    /// <summary>The weights of a new model, layer by layer and tensor by tensor, in PyTorch's shapes.</summary>
    public abstract float[] Weights();

    /// <summary>Our side of a comparison.</summary>
    public abstract Work Create(Workload workload);

    /// <summary>Rounds of the quick mode.</summary>
    public abstract QuickTimes Quick();

    /// <summary>Its first calls in this process.</summary>
    public abstract StartupTimes Startup();

    /// <summary>Windows and half windows.</summary>
    public abstract IReadOnlyList<Pair> Windows();

    /// <summary>Single streams and the lanes of a batch.</summary>
    public abstract IReadOnlyList<Pair> Lanes();

    /// <summary>Its steps at a steady pace.</summary>
    public abstract SteadyTimes Steady();

    /// <summary>Its verbs, for BenchmarkDotNet.</summary>
    public abstract BenchmarkedModel Benchmark();
}

internal sealed class MeasuredModel<TModel, TState>(Shape shape) : MeasuredModel(shape)
    where TModel : class, IRnnStreamingBatchModel<float>, IRnnModelFactory<TModel>, IStreamed<TState>
    where TState : State
{
    public override float[] Weights()
    {
        TModel model = TModel.Create(seed: 1);
        var all = new List<float>();
        foreach (Parameter parameter in model.Layers.SelectMany(layer => layer.Parameters))
        {
            var values = new float[parameter.Count];
            parameter.CopyTo(values);
            all.AddRange(values);
        }

        return [.. all];
    }

    public override Work Create(Workload workload) => workload.Mode switch
    {
        Mode.Sequence => new OurSequenceWork(TModel.Create(seed: 1), workload),
        Mode.Train1 or Mode.Train32 => new OurTrainingWork(TModel.Create(seed: 1), workload),
        Mode.Stream10k => new OurManyStreamsWork<TModel, TState>(TModel.Create(seed: 1), workload),
        _ => new OurStreamWork<TModel, TState>(TModel.Create(seed: 1), workload),
    };

    public override QuickTimes Quick() => QuickTimes.Of<TModel, TState>(Name);

    public override StartupTimes Startup() => StartupTimes.Measure<TModel>(Shape);

    public override IReadOnlyList<Pair> Windows() => WindowPairs.Of<TModel>();

    public override IReadOnlyList<Pair> Lanes() => LanePairs.Of<TModel, TState>();

    public override SteadyTimes Steady() => SteadyTimes.Measure<TModel, TState>();

    public override BenchmarkedModel Benchmark() => BenchmarkedModel.Of<TModel>();
}
