namespace RnnGen.Benchmarks;

/// <summary>Models of the catalog beside the same ones with narrow weights: steps and windows.</summary>
internal static class NarrowPairs
{
    public static IReadOnlyList<(string Name, Func<IReadOnlyList<Pair>> Pairs)> All { get; } =
    [
        ("gru s32", () => [.. Of<GruS32, GruS32Halves, GruS32Bytes>()]),
        ("rnn m64", () => [.. Of<RnnM64, RnnM64Halves, RnnM64Bytes>()]),
        ("lstm m64", () => [.. Of<LstmM64, LstmM64Halves, LstmM64Bytes>()]),
        ("gru m64", () => [.. Of<GruM64, GruM64Halves, GruM64Bytes>()]),
        ("lstm m128", () => [.. Of<LstmM128, LstmM128Halves, LstmM128Bytes>()]),
        ("gru m128", () => [.. Of<GruM128, GruM128Halves, GruM128Bytes>()]),
        ("lstm l256", () => [.. Of<LstmL256, LstmL256Halves, LstmL256Bytes>()]),
        ("gru l256", () => [.. Of<GruL256, GruL256Halves, GruL256Bytes>()]),
        ("lstm stack2x128", () => [.. Of<Stack2x128, Stack2x128Halves, Stack2x128Bytes>()]),
        ("lstm stack3x256", () => [.. Of<Stack3x256, Stack3x256Halves, Stack3x256Bytes>()]),
    ];

    private static IEnumerable<Pair> Of<TFloats, THalves, TBytes>()
        where TFloats : class, IRnnStreamingModel<float>, IRnnModelFactory<TFloats>
        where THalves : class, IRnnStreamingModel<float>, IRnnModelFactory<THalves>
        where TBytes : class, IRnnStreamingModel<float>, IRnnModelFactory<TBytes>
    {
        yield return new Pair("step, BFloat16", ModelWork.Steps(TFloats.Create(seed: 1)), ModelWork.Steps(THalves.Create(seed: 1)));
        yield return new Pair("step, Int8", ModelWork.Steps(TFloats.Create(seed: 1)), ModelWork.Steps(TBytes.Create(seed: 1)));
        yield return new Pair("window, BFloat16", ModelWork.Windows(TFloats.Create(seed: 1)), ModelWork.Windows(THalves.Create(seed: 1)));
        yield return new Pair("window, Int8", ModelWork.Windows(TFloats.Create(seed: 1)), ModelWork.Windows(TBytes.Create(seed: 1)));
    }
}
