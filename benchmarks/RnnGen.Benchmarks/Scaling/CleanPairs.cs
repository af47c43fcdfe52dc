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
        yield return new Pair($"{option}, step", ModelWork.Steps(TClean.Create(seed: 1)), ModelWork.Steps(TPlain.Create(seed: 1)));
        yield return new Pair($"{option}, window of 64 steps", ModelWork.Windows(TClean.Create(seed: 1)), ModelWork.Windows(TPlain.Create(seed: 1)));
        yield return new Pair($"{option}, step of 32 lanes", ModelWork.Lanes(TClean.Create(seed: 1)), ModelWork.Lanes(TPlain.Create(seed: 1)));
    }
}
