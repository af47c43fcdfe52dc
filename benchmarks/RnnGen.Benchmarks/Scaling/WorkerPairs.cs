namespace RnnGen.Benchmarks;

/// <summary>Mini-batches on one core and on two: as lanes of a batch, and window by window.</summary>
internal static class WorkerPairs
{
    public const int Windows = 32;

    public static IReadOnlyList<(string Name, Func<IReadOnlyList<Pair>> Pairs)> All { get; } =
    [
        ("rnn s32", Of<TrainedRnnS32>),
        ("rnn m64", Of<TrainedRnnM64>),
        ("rnn m128", Of<TrainedRnnM128>),
        ("rnn l256", Of<TrainedRnnL256>),
        ("lstm s32", Of<TrainedLstmS32>),
        ("lstm m64", Of<TrainedLstmM64>),
        ("lstm m128", Of<TrainedLstmM128>),
        ("lstm l256", Of<TrainedLstmL256>),
        ("gru s32", Of<TrainedGruS32>),
        ("gru m64", Of<TrainedGruM64>),
        ("gru m128", Of<TrainedGruM128>),
        ("gru l256", Of<TrainedGruL256>),
    ];

    private static IReadOnlyList<Pair> Of<TModel>()
        where TModel : class, IRnnBatchModel<float, float>, IRnnModelFactory<TModel>
    {
        var random = new Random(1);
        TModel model = TModel.Create(seed: 1);
        var data = new Sequences<float, float>(
            Enumerable.Range(0, Windows).Select(_ => random.Uniform(model.SequenceLength * model.InputSize)),
            Enumerable.Range(0, Windows).Select(_ => random.Uniform(model.SequenceLength * model.OutputSize)));
        int[] windows = [.. Enumerable.Range(0, Windows)];
        return
        [
            Of("as lanes", workers => new BatchTrainer<float, float>(TModel.Create(seed: 1), new Adam(1e-5f)) { Workers = workers }),
            Of("window by window", workers => new Trainer<float, float>(TModel.Create(seed: 1), new Adam(1e-5f)) { Workers = workers }),
        ];

        Pair Of(string work, Func<int, Trainer<float, float>> create)
        {
            Trainer<float, float> one = create(1);
            Trainer<float, float> two = create(2);
            return new Pair(work, Steps(one), Steps(two), one, two);
        }

        Action<int> Steps(Trainer<float, float> trainer) => count =>
        {
            for (; count > 0; count--)
            {
                trainer.Train(data, windows);
            }
        };
    }
}
