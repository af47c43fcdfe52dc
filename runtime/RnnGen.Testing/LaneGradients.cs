namespace RnnGen.Testing;

/// <summary>Compares the gradients of a batch with those of its windows one by one.</summary>
internal sealed class LaneGradients<TInput>(IRnnBatchModel<TInput> model, int seed)
{
    // Sums in another order.
    private const float Tolerance = 1e-4f;

    private readonly Random _random = new(seed);

    /// <summary>Compares all gradients.</summary>
    /// <exception cref="CheckException">They differ.</exception>
    public void Check()
    {
        int[] lengths = Made.LaneLengths(model);
        TInput[][] windows = [.. lengths.Select(steps => Made.Inputs(model, _random, steps))];
        float[][] starts = Numbers(_ => model.CreateState().Count);
        float[][] lastGradients = Numbers(_ => starts[0].Length);
        float[][] outputGradients = Numbers(lane => model.GetOutputLength(lengths[lane]));

        Tape tape = model.CreateBatchTape();
        Batch batch = model.CreateBatch(lengths.Length);
        Batch last = model.CreateBatch(lengths.Length);
        for (int lane = 0; lane < lengths.Length; lane++)
        {
            batch.CopyIn(lane, model.Started(starts[lane]));
            last.CopyIn(lane, model.Started(lastGradients[lane]));
        }

        model.Forward(batch, windows.SelectMany(window => window).ToArray(), lengths, tape);
        model.Backward(tape, outputGradients.SelectMany(gradients => gradients).ToArray(), last);

        Tape single = model.CreateTape();
        int place = 0;
        for (int lane = 0; lane < lengths.Length; lane++)
        {
            model.Forward(model.Started(starts[lane]), windows[lane], single);
            model.Backward(single, outputGradients[lane], model.Started(lastGradients[lane]));
            ReadOnlySpan<float> inputGradients = single.InputGradients;
            Compare(inputGradients, tape.InputGradients.Slice(place, inputGradients.Length), $"gradients of the inputs of lane {lane}");
            place += inputGradients.Length;
            State state = model.CreateState();
            tape.InitialBatchGradients!.CopyOut(lane, state);
            Compare(single.InitialStateGradients.Values(), state.Values(), $"gradients of the initial states of lane {lane}");
        }

        foreach (Parameter parameter in model.Layers.SelectMany(layer => layer.Parameters))
        {
            var expected = new float[parameter.Count];
            var actual = new float[parameter.Count];
            single.CopyGradient(parameter, expected);
            tape.CopyGradient(parameter, actual);
            Compare(expected, actual, $"gradient of {parameter.FullName} for a batch");
        }

        float[][] Numbers(Func<int, int> count) => [.. Enumerable.Range(0, lengths.Length).Select(lane => Made.Numbers(_random, count(lane)))];
    }

    private static void Compare(ReadOnlySpan<float> expected, ReadOnlySpan<float> actual, string what)
    {
        float largest = 1;
        foreach (float value in expected)
        {
            largest = Math.Max(largest, Math.Abs(value));
        }

        Near.Check(expected, actual, Tolerance * largest, what);
    }
}
