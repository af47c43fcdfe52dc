namespace RnnGen.Benchmarks;

/// <summary>Models of the catalog beside the same ones with narrow weights: steps and windows.</summary>
internal static class NarrowPairs
{
    public static IReadOnlyList<(string Name, Func<IReadOnlyList<Pair>> Pairs)> All { get; } =
    [
        ("gru s32", () => [.. Of<GruS32, GruS32Halves, GruS32Bytes, GruS32Nibbles>()]),
        ("rnn m64", () => [.. Of<RnnM64, RnnM64Halves, RnnM64Bytes, RnnM64Nibbles>()]),
        ("lstm m64", () => [.. Of<LstmM64, LstmM64Halves, LstmM64Bytes, LstmM64Nibbles>()]),
        ("gru m64", () => [.. Of<GruM64, GruM64Halves, GruM64Bytes, GruM64Nibbles>()]),
        ("lstm m128", () => [.. Of<LstmM128, LstmM128Halves, LstmM128Bytes, LstmM128Nibbles>()]),
        ("gru m128", () => [.. Of<GruM128, GruM128Halves, GruM128Bytes, GruM128Nibbles>()]),
        ("lstm l256", () => [.. Of<LstmL256, LstmL256Halves, LstmL256Bytes, LstmL256Nibbles>()]),
        ("gru l256", () => [.. Of<GruL256, GruL256Halves, GruL256Bytes, GruL256Nibbles>()]),
        ("lstm stack2x128", () => [.. Of<Stack2x128, Stack2x128Halves, Stack2x128Bytes, Stack2x128Nibbles>()]),
        ("lstm stack3x256", () => [.. Of<Stack3x256, Stack3x256Halves, Stack3x256Bytes, Stack3x256Nibbles>()]),
    ];

    private static IEnumerable<Pair> Of<TFloats, THalves, TBytes, TNibbles>()
        where TFloats : class, IRnnStreamingModel<float>, IRnnModelFactory<TFloats>
        where THalves : class, IRnnStreamingModel<float>, IRnnModelFactory<THalves>
        where TBytes : class, IRnnStreamingModel<float>, IRnnModelFactory<TBytes>
        where TNibbles : class, IRnnStreamingModel<float>, IRnnModelFactory<TNibbles>
    {
        yield return new Pair("step, BFloat16", ModelWork.Steps(TFloats.Create(seed: 1)), ModelWork.Steps(THalves.Create(seed: 1)));
        yield return new Pair("step, Int8", ModelWork.Steps(TFloats.Create(seed: 1)), ModelWork.Steps(TBytes.Create(seed: 1)));
        yield return new Pair("step, Int4", ModelWork.Steps(TFloats.Create(seed: 1)), ModelWork.Steps(TNibbles.Create(seed: 1)));
        yield return new Pair("window, BFloat16", ModelWork.Windows(TFloats.Create(seed: 1)), ModelWork.Windows(THalves.Create(seed: 1)));
        yield return new Pair("window, Int8", ModelWork.Windows(TFloats.Create(seed: 1)), ModelWork.Windows(TBytes.Create(seed: 1)));
        yield return new Pair("window, Int4", ModelWork.Windows(TFloats.Create(seed: 1)), ModelWork.Windows(TNibbles.Create(seed: 1)));
    }
}
