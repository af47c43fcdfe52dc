namespace RnnGen.Benchmarks;

/// <summary>Reproducible models beside the same ones that are not: steps, windows, training, batches.</summary>
internal static class ReproduciblePairs
{
    public static IReadOnlyList<(string Name, Func<IReadOnlyList<Pair>> Pairs)> All { get; } =
    [
        ("lstm amp", () => [.. Of<ReproducibleAmp, LstmAmp>()]),
        ("gru s32", () => [.. Of<ReproducibleS32, GruS32>()]),
        ("lstm m64", () => [.. Of<ReproducibleM64, LstmM64>()]),
        ("lstm m128", () => [.. Of<ReproducibleM128, LstmM128>()]),
    ];

    private static IEnumerable<Pair> Of<TReproducible, TUsual>()
        where TReproducible : class, IRnnStreamingBatchModel<float>, IRnnModelFactory<TReproducible>
        where TUsual : class, IRnnStreamingBatchModel<float>, IRnnModelFactory<TUsual>
    {
        yield return Of("step", ModelWork.Steps);
        yield return Of("window", ModelWork.Windows);
        yield return Of("update by a window", ModelWork.Updates);
        yield return Of("step of 32 lanes", ModelWork.Lanes);
        yield return Of("update by 32 windows", ModelWork.BatchUpdates);

        static Pair Of(string name, Func<IRnnStreamingBatchModel<float>, Action<int>> work) =>
            new(name, work(TReproducible.Create(seed: 1)), work(TUsual.Create(seed: 1)));
    }
}
