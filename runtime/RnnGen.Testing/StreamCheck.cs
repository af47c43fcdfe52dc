namespace RnnGen.Testing;

/// <summary>Compares the ways in which one model runs.</summary>
internal sealed class StreamCheck<TInput>(IRnnModel<TInput> model, float tolerance, int seed)
{
    private readonly Random _random = new(seed);

    public void Run()
    {
        foreach (int steps in Made.Lengths(model))
        {
            TInput[] inputs = Made.Inputs(model, _random, steps);
            float[] start = Made.Numbers(_random, model.CreateState().Count);
            (float[] outputs, float[] end) = Window(inputs, start);
            Recorded(inputs, start, outputs, end);
            Moved(inputs, start, outputs, end);
            if (model is IRnnStreamingModel<TInput> stream)
            {
                Steps(stream, inputs, start, outputs, end);
            }
        }

        if (model is IRnnBatchModel<TInput> batches && !Made.HasSeveralHeads(model))
        {
            Lanes(batches);
        }
    }

    private (float[] Outputs, float[] End) Window(TInput[] inputs, float[] start)
    {
        State state = model.Started(start);
        var outputs = new float[model.GetOutputLength(StepsOf(inputs))];
        model.Forward(state, inputs, outputs);
        return (outputs, state.Values());
    }

    private void Recorded(TInput[] inputs, float[] start, float[] outputs, float[] end)
    {
        if (Masks.AreDrawn(model))
        {
            return;
        }

        State state = model.Started(start);
        var recorded = new float[outputs.Length];
        model.Forward(state, inputs, recorded, model.CreateTape());
        Near.Check(outputs, recorded, tolerance, "outputs of a recorded window");
        Near.Check(end, state.Values(), tolerance, "states after a recorded window");
    }

    /// <summary>States that are forked or stored as bytes continue with the same bits.</summary>
    private void Moved(TInput[] inputs, float[] start, float[] outputs, float[] end)
    {
        State state = model.Started(start);
        State stored = model.CreateState();
        stored.Restore(state.ToBytes());
        Continue(state.Fork(), "a fork");
        Continue(stored, "a stored state");

        void Continue(State moved, string what)
        {
            var others = new float[outputs.Length];
            model.Forward(moved, inputs, others);
            Near.Check(outputs, others, 0, $"outputs from {what}");
            Near.Check(end, moved.Values(), 0, $"states after {what}");
        }
    }

    private void Steps(IRnnStreamingModel<TInput> stream, TInput[] inputs, float[] start, float[] outputs, float[] end)
    {
        State state = model.Started(start);
        int width = model.GetInputLength(1);
        var output = new float[model.OutputSize];
        bool isWhole = outputs.Length == StepsOf(inputs) * model.OutputSize && !Made.HasSeveralHeads(model);
        for (int step = 0; step < StepsOf(inputs); step++)
        {
            stream.Step(state, inputs.AsSpan(step * width, width), output);
            if (isWhole)
            {
                Near.Check(outputs.AsSpan(step * output.Length, output.Length), output, tolerance, "outputs of steps");
            }
        }

        if (outputs.Length == output.Length)
        {
            Near.Check(outputs, output, tolerance, "outputs of the last step");
        }

        Near.Check(end, state.Values(), tolerance, "states after steps");
    }

    private void Lanes(IRnnBatchModel<TInput> batches)
    {
        int[] lengths = Made.LaneLengths(batches);
        int lanes = lengths.Length;
        Batch batch = batches.CreateBatch(lanes);
        TInput[][] windows = [.. lengths.Select(steps => Made.Inputs(model, _random, steps))];
        float[][] starts = [.. lengths.Select(_ => Made.Numbers(_random, model.CreateState().Count))];
        for (int lane = 0; lane < lanes; lane++)
        {
            batch.CopyIn(lane, model.Started(starts[lane]));
        }

        var outputs = new float[lengths.Sum(model.GetOutputLength)];
        batches.Forward(batch, windows.SelectMany(window => window).ToArray(), lengths, outputs);
        State state = model.CreateState();
        int place = 0;
        for (int lane = 0; lane < lanes; lane++)
        {
            (float[] expected, float[] end) = Window(windows[lane], starts[lane]);
            Near.Check(expected, outputs.AsSpan(place, expected.Length), tolerance, $"outputs of lane {lane} of {lanes}");
            place += expected.Length;
            batch.CopyOut(lane, state);
            Near.Check(end, state.Values(), tolerance, $"states after lane {lane} of {lanes}");
        }
    }

    private int StepsOf(TInput[] inputs) => inputs.Length / model.GetInputLength(1);
}
