using BenchmarkDotNet.Attributes;

namespace RnnGen.Benchmarks;

/// <summary>The verbs of one cell at every size.</summary>
[MemoryDiagnoser]
public abstract class ModelBenchmarks
{
    private readonly string _cell;
    private BenchmarkedModel _model = null!;

    private protected ModelBenchmarks(string cell)
    {
        _cell = cell;
    }

    [Params("seed", "amp", "s16", "s32", "m64", "m128", "l256")]
    public string Size { get; set; } = "";

    [GlobalSetup]
    public void Setup() =>
        _model = Catalog.All.Single(model => model.Shape.CellName == _cell && model.Shape.Size == Size && !model.Shape.IsStack).Benchmark();

    /// <summary>One step of a stream.</summary>
    [Benchmark]
    public void Step() => _model.Step();

    /// <summary>A window, for its outputs.</summary>
    [Benchmark]
    public void Forward() => _model.Forward();

    /// <summary>A window, recorded.</summary>
    [Benchmark]
    public void Record() => _model.Record();

    /// <summary>Back through a recorded window.</summary>
    [Benchmark]
    public void Backward() => _model.Backward();

    /// <summary>Forward, backward, and an update by Adam.</summary>
    [Benchmark]
    public void TrainingStep() => _model.TrainingStep();
}

public class RnnBenchmarks() : ModelBenchmarks("rnn");

public class LstmBenchmarks() : ModelBenchmarks("lstm");

public class GruBenchmarks() : ModelBenchmarks("gru");

/// <summary>A step of the stacked models.</summary>
[MemoryDiagnoser]
public class StackBenchmarks
{
    private BenchmarkedModel _model = null!;

    [Params("stack2x128", "stack3x256")]
    public string Size { get; set; } = "";

    [GlobalSetup]
    public void Setup() => _model = Catalog.All.Single(model => model.Shape.Size == Size).Benchmark();

    [Benchmark]
    public void Step() => _model.Step();
}
