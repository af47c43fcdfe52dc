namespace RnnGen.Everywhere;

/// <summary>Batches: steps of all lanes, and windows of different lengths.</summary>
internal static class Lanes
{
    public static IEnumerable<Case> Cases =>
    [
        .. Of<LanesOfLstm, float>(),
        .. Of<LanesOfGru, float>(),
        .. Of<LanesOfTokens, int>(),
        .. Of<LanesOfRnn, float>(),
    ];

    private static IEnumerable<Case> Of<TModel, TInput>()
        where TModel : class, IRnnStreamingBatchModel<TInput>, IRnnModelFactory<TModel> =>
    [
        new Case(Passes.Name<TModel>("lanes"), Steps<TModel, TInput>),
        new Case(Passes.Name<TModel>("lane-windows"), Windows<TModel, TInput>),
    ];

    private static void Steps<TModel, TInput>(Values values)
        where TModel : class, IRnnStreamingBatchModel<TInput>, IRnnModelFactory<TModel>
    {
        var random = new Random(5);
        TModel model = TModel.Create(seed: 3);
        Batch batch = model.CreateBatch(model.BatchSize);
        var outputs = new float[batch.Lanes * model.OutputSize];
        for (int step = 0; step < 6; step++)
        {
            model.Step(batch, Made.Inputs<TInput>(random, model, batch.Lanes), outputs);
            values.Add(outputs);
        }
    }

    private static void Windows<TModel, TInput>(Values values)
        where TModel : class, IRnnStreamingBatchModel<TInput>, IRnnModelFactory<TModel>
    {
        var random = new Random(6);
        TModel model = TModel.Create(seed: 3);
        int[] lengths = [.. Enumerable.Range(0, model.BatchSize - 1).Select(lane => 1 + (lane * 3 % model.SequenceLength))];
        int steps = lengths.Sum();
        var outputs = new float[lengths.Sum(model.GetOutputLength)];
        Tape tape = model.CreateBatchTape();
        model.Forward(model.CreateBatch(lengths.Length), Made.Inputs<TInput>(random, model, steps), lengths, outputs, tape);
        values.Add(outputs);
        model.Backward(tape, Made.Numbers(random, outputs.Length), (Batch?)null);
        Passes.AddGradients(model, tape, values);
    }
}

[RnnModel(6, 7, BatchSize = 11)]
internal sealed partial class LanesOfLstm
{
    [Lstm(21)] public partial Layer Low { get; }

    [Lstm(33)] public partial Layer High { get; }

    [Softmax(4)] public partial Layer Answer { get; }
}

[RnnModel(18, 6, BatchSize = 11), Gru(40), Sigmoid(3)]
internal sealed partial class LanesOfGru;

[RnnModel(9, 6, Tokens = true, BatchSize = 17), Embedding(7), Lstm(18, LayerNorm = true), Softmax(9)]
internal sealed partial class LanesOfTokens;

[RnnModel(3, 7, BatchSize = 19), Rnn(37), Linear(2)]
internal sealed partial class LanesOfRnn;
