namespace RnnGen.Benchmarks;

/// <summary>Models that keep their streams clean beside the same ones that do not, on finite inputs: steps, windows and steps of a batch.</summary>
internal static class CleanPairs
{
    public static IReadOnlyList<(string Name, Func<IReadOnlyList<Pair>> Pairs)> All { get; } =
    [
        ("LSTM 1 -> 20", () => [.. Of<AmpThrows, AmpAsItIs>("Throw"), .. Of<AmpHolds, AmpAsItIs>("Hold")]),
        ("GRU 16 -> 32", () => [.. Of<SensorThrows, SensorAsItIs>("Throw"), .. Of<SensorHolds, SensorAsItIs>("Hold")]),
        ("LSTM 40 -> 128", () => [.. Of<SpeechThrows, SpeechAsItIs>("Throw"), .. Of<SpeechHolds, SpeechAsItIs>("Hold")]),
    ];

    private static IEnumerable<Pair> Of<TClean, TPlain>(string option)
        where TClean : class, IRnnStreamingBatchModel<float>, IRnnModelFactory<TClean>
        where TPlain : class, IRnnStreamingBatchModel<float>, IRnnModelFactory<TPlain>
    {
        yield return new Pair($"{option}, step", Steps(TClean.Create(seed: 1)), Steps(TPlain.Create(seed: 1)));
        yield return new Pair($"{option}, window of 64 steps", Windows(TClean.Create(seed: 1)), Windows(TPlain.Create(seed: 1)));
        yield return new Pair($"{option}, step of 32 lanes", Lanes(TClean.Create(seed: 1)), Lanes(TPlain.Create(seed: 1)));
    }

    private static Action<int> Steps(IRnnStreamingBatchModel<float> model)
    {
        State state = model.CreateState();
        float[] inputs = new Random(1).Uniform(model.InputSize);
        var outputs = new float[model.OutputSize];
        return count =>
        {
            for (; count > 0; count--)
            {
                model.Step(state, inputs, outputs);
            }
        };
    }

    private static Action<int> Windows(IRnnStreamingBatchModel<float> model)
    {
        State state = model.CreateState();
        float[] inputs = new Random(1).Uniform(model.SequenceLength * model.InputSize);
        var outputs = new float[model.SequenceLength * model.OutputSize];
        return count =>
        {
            for (; count > 0; count--)
            {
                model.Forward(state, inputs, outputs);
            }
        };
    }

    private static Action<int> Lanes(IRnnStreamingBatchModel<float> model)
    {
        Batch batch = model.CreateBatch(model.BatchSize);
        float[] inputs = new Random(1).Uniform(batch.Lanes * model.InputSize);
        var outputs = new float[batch.Lanes * model.OutputSize];
        return count =>
        {
            for (; count > 0; count--)
            {
                model.Step(batch, inputs, outputs);
            }
        };
    }
}
