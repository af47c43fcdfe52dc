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

internal sealed class MeasuredModel<TModel, TState, TTape, TBatch>(Shape shape) : MeasuredModel(shape)
    where TModel : class, IMeasuredInBatches<TModel, TState, TTape, TBatch>
    where TState : State
    where TTape : Tape
    where TBatch : Batch
{
    public override float[] Weights()
    {
        TModel model = TModel.Create(seed: 1);
        var all = new List<float>();
        foreach (Parameter parameter in InPyTorchsOrder(model))
        {
            var values = new float[parameter.Count];
            parameter.CopyTo(values);
            all.AddRange(values);
        }

        return [.. all];
    }

    public override Work Create(Workload workload) => workload.Mode switch
    {
        Mode.Sequence => new OurSequenceWork<TModel, TState, TTape>(TModel.Create(seed: 1), workload),
        Mode.Train1 or Mode.Train32 => new OurTrainingWork<TModel, TState, TTape, TBatch>(TModel.Create(seed: 1), workload),
        _ => new OurStreamWork<TModel, TState, TTape>(TModel.Create(seed: 1), workload),
    };

    public override QuickTimes Quick() => QuickTimes.Of<TModel, TState, TTape>(Name);

    public override StartupTimes Startup() => StartupTimes.Measure<TModel, TState, TTape>();

    public override IReadOnlyList<Pair> Windows() => WindowPairs.Of<TModel, TState, TTape>();

    public override IReadOnlyList<Pair> Lanes() => LanePairs.Of<TModel, TState, TTape, TBatch>();

    public override SteadyTimes Steady() => SteadyTimes.Measure<TModel, TState, TTape>();

    public override BenchmarkedModel Benchmark() => BenchmarkedModel.Of<TModel, TState, TTape>();

    /// <summary>Our layers list both biases apart from each other; PyTorch's flat order is weights, then biases.</summary>
    internal static IEnumerable<Parameter> InPyTorchsOrder(TModel model) =>
        model.Layers.SelectMany(layer => layer.Parameters.OrderBy(parameter => parameter.Name switch
        {
            "weight_ih_l0" or "weight" => 0,
            "weight_hh_l0" => 1,
            "bias_ih_l0" or "bias" => 2,
            _ => 3,
        }));
}
