namespace RnnGen.Benchmarks;

/// <summary>Mini-batches on one core and on two: as lanes of a batch, and window by window.</summary>
internal static class WorkerPairs
{
    public const int Windows = 32;

    public static IReadOnlyList<(string Name, Func<IReadOnlyList<Pair>> Pairs)> All { get; } =
    [
        ("rnn s32", Of<TrainedRnnS32, TrainedRnnS32.State, TrainedRnnS32.Tape, TrainedRnnS32.Batch>),
        ("rnn m64", Of<TrainedRnnM64, TrainedRnnM64.State, TrainedRnnM64.Tape, TrainedRnnM64.Batch>),
        ("rnn m128", Of<TrainedRnnM128, TrainedRnnM128.State, TrainedRnnM128.Tape, TrainedRnnM128.Batch>),
        ("rnn l256", Of<TrainedRnnL256, TrainedRnnL256.State, TrainedRnnL256.Tape, TrainedRnnL256.Batch>),
        ("lstm s32", Of<TrainedLstmS32, TrainedLstmS32.State, TrainedLstmS32.Tape, TrainedLstmS32.Batch>),
        ("lstm m64", Of<TrainedLstmM64, TrainedLstmM64.State, TrainedLstmM64.Tape, TrainedLstmM64.Batch>),
        ("lstm m128", Of<TrainedLstmM128, TrainedLstmM128.State, TrainedLstmM128.Tape, TrainedLstmM128.Batch>),
        ("lstm l256", Of<TrainedLstmL256, TrainedLstmL256.State, TrainedLstmL256.Tape, TrainedLstmL256.Batch>),
        ("gru s32", Of<TrainedGruS32, TrainedGruS32.State, TrainedGruS32.Tape, TrainedGruS32.Batch>),
        ("gru m64", Of<TrainedGruM64, TrainedGruM64.State, TrainedGruM64.Tape, TrainedGruM64.Batch>),
        ("gru m128", Of<TrainedGruM128, TrainedGruM128.State, TrainedGruM128.Tape, TrainedGruM128.Batch>),
        ("gru l256", Of<TrainedGruL256, TrainedGruL256.State, TrainedGruL256.Tape, TrainedGruL256.Batch>),
    ];

    private static IReadOnlyList<Pair> Of<TModel, TState, TTape, TBatch>()
        where TModel : class, IRnnBatchModel<TModel, TState, TTape, TBatch, float, float>
        where TState : State
        where TTape : Tape
        where TBatch : Batch
    {
        var random = new Random(1);
        var data = new Sequences<float, float>(
            Enumerable.Range(0, Windows).Select(_ => random.Uniform(TModel.SequenceLength * TModel.InputSize)),
            Enumerable.Range(0, Windows).Select(_ => random.Uniform(TModel.SequenceLength * TModel.OutputSize)));
        int[] windows = [.. Enumerable.Range(0, Windows)];
        return
        [
            Of("as lanes", workers => new BatchTrainer<TModel, TState, TTape, TBatch, float, float>(TModel.Create(seed: 1), new Adam(1e-5f)) { Workers = workers }),
            Of("window by window", workers => new Trainer<TModel, TState, TTape, float, float>(TModel.Create(seed: 1), new Adam(1e-5f)) { Workers = workers }),
        ];

        Pair Of(string work, Func<int, Trainer<TModel, TState, TTape, float, float>> create)
        {
            Trainer<TModel, TState, TTape, float, float> one = create(1);
            Trainer<TModel, TState, TTape, float, float> two = create(2);
            return new Pair(work, Steps(one), Steps(two), one, two);
        }

        Action<int> Steps(Trainer<TModel, TState, TTape, float, float> trainer) => count =>
        {
            for (; count > 0; count--)
            {
                trainer.Step(data, windows);
            }
        };
    }
}
