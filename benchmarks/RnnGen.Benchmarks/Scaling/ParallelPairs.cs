namespace RnnGen.Benchmarks;

/// <summary>Steps and windows of one stream by one thread and by two.</summary>
internal static class ParallelPairs
{
    public static IReadOnlyList<(string Name, Func<IReadOnlyList<Pair>> Pairs)> All { get; } =
    [
        ("lstm m64", Of<ParallelLstmM64, LstmM64>),
        ("lstm m128", Of<ParallelLstmM128, LstmM128>),
        ("lstm l256", Of<ParallelLstmL256, LstmL256>),
        ("gru l256", Of<ParallelGruL256, GruL256>),
        ("lstm stack2x128", Of<ParallelStack2x128, Stack2x128>),
        ("lstm stack3x256", Of<ParallelStack3x256, Stack3x256>),
        ("lstm l256 bfloat16", Of<ParallelLstmL256BFloat16, LstmL256BFloat16>),
        ("gru l256 bfloat16", Of<ParallelGruL256BFloat16, GruL256BFloat16>),
        ("lstm stack2x128 bfloat16", Of<ParallelStack2x128BFloat16, Stack2x128BFloat16>),
        ("lstm stack3x256 bfloat16", Of<ParallelStack3x256BFloat16, Stack3x256BFloat16>),
        ("lstm l256 int8", Of<ParallelLstmL256Int8, LstmL256Int8>),
        ("gru l256 int8", Of<ParallelGruL256Int8, GruL256Int8>),
        ("lstm stack2x128 int8", Of<ParallelStack2x128Int8, Stack2x128Int8>),
        ("lstm stack3x256 int8", Of<ParallelStack3x256Int8, Stack3x256Int8>),
    ];

    private static IReadOnlyList<Pair> Of<TTwo, TOne>()
        where TTwo : class, IRnnStreamingModel<float>, IRnnModelFactory<TTwo>
        where TOne : class, IRnnStreamingModel<float>, IRnnModelFactory<TOne>
    {
        // As a program that takes steps all the time: while the rounds of one thread run, the other one does not go to sleep.
        ParallelSteps.SpinTime = TimeSpan.FromMilliseconds(20);
        return [Of("step", ModelWork.Steps), Of("window", ModelWork.Windows)];

        static Pair Of(string name, Func<IRnnStreamingModel<float>, Action<int>> work) => new(name, work(TOne.Create(seed: 1)), work(TTwo.Create(seed: 1)));
    }
}
