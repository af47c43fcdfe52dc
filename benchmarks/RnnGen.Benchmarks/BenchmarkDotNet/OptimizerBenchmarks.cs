using BenchmarkDotNet.Attributes;

namespace RnnGen.Benchmarks;

/// <summary>One update of all weights of an LSTM, gradients present.</summary>
[MemoryDiagnoser]
public class OptimizerBenchmarks
{
    private Action _update = null!;

    [Params("Sgd", "Momentum", "Adam", "AdamClipped", "AdamW", "RmsProp", "AdaGrad")]
    public string Optimizer { get; set; } = "";

    [Params("s32", "m128")]
    public string Size { get; set; } = "";

    [GlobalSetup]
    public void Setup() => _update = Size == "s32"
        ? Of<LstmS32>(Settings(Optimizer))
        : Of<LstmM128>(Settings(Optimizer));

    [Benchmark]
    public void Update() => _update();

    private static OptimizerSettings Settings(string name) => name switch
    {
        "Sgd" => new Sgd(1e-6f),
        "Momentum" => new Sgd(1e-6f) { Momentum = 0.9f },
        "Adam" => new Adam(1e-6f),
        "AdamClipped" => new Adam(1e-6f) { ClipNorm = 1 },
        "AdamW" => new AdamW(1e-6f),
        "RmsProp" => new RmsProp(1e-6f),
        _ => new AdaGrad(1e-6f),
    };

    private static Action Of<TModel>(OptimizerSettings settings)
        where TModel : class, IRnnStreamingModel<float>, IRnnModelFactory<TModel>
    {
        TModel model = TModel.Create(seed: 1);
        Tape tape = model.CreateTape();
        Optimizer optimizer = settings.CreateOptimizer(model);
        var inputs = new float[model.SequenceLength * model.InputSize];
        var gradients = new float[model.SequenceLength * model.OutputSize];
        Array.Fill(inputs, 0.5f);
        Array.Fill(gradients, 0.1f);
        State state = model.CreateState();
        model.Forward(state, inputs, tape);
        model.Backward(tape, gradients, null);

        // An update clears the tape: gradients are put back before the next one, which is about a tenth of what is measured.
        float[] sums = [.. tape.Gradients];
        return () =>
        {
            sums.CopyTo(tape.MutableGradients);
            optimizer.Update(tape);
        };
    }
}
