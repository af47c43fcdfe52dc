namespace RnnGen.Numerics.Tests.Batches;

/// <summary>Compares the lanes of a batch with the same windows run one by one.</summary>
internal static class BatchCheck
{
    /// <param name="model">The model.</param>
    /// <param name="lanes">Lanes of the batch.</param>
    /// <param name="lengths">Steps of each; null for full windows of equal length.</param>
    /// <param name="tolerance">Difference that there may be, because sums are added up in another order.</param>
    public static void Run<TInput>(IRnnBatchModel<TInput> model, int lanes, int[]? lengths, float tolerance)
        where TInput : struct
    {
        bool isEqual = lengths is null;
        lengths ??= [.. Enumerable.Repeat(model.SequenceLength, lanes)];
        var random = new Random(lanes);
        int width = model.GetInputLength(1);
        TInput[][] inputs = [.. lengths.Select(steps => Inputs<TInput>(random, steps * width, model.InputSize))];
        State state = model.CreateState();
        State final = model.CreateState();
        Tape tape = model.CreateTape();
        Tape together = model.CreateBatchTape();
        Batch batch = model.CreateBatch(lanes);
        Batch finals = model.CreateBatch(lanes);
        Batch initial = model.CreateBatch(lanes);
        for (int lane = 0; lane < lanes; lane++)
        {
            foreach (string name in state.Names)
            {
                Fill(random, initial[lane, name]);
                Fill(random, finals[lane, name]);
            }
        }

        // One by one.
        var outputs = new List<float[]>();
        var outputGradients = new List<float[]>();
        var inputGradients = new List<float[]>();
        var lasts = new List<Dictionary<string, float[]>>();
        var firsts = new List<Dictionary<string, float[]>>();
        for (int lane = 0; lane < lanes; lane++)
        {
            Copy(initial, lane, state);
            Copy(finals, lane, final);
            var y = new float[model.GetOutputLength(lengths[lane])];
            model.Forward(state, inputs[lane], y, tape);
            var dy = new float[y.Length];
            Fill(random, dy);
            model.Backward(tape, dy, final);
            outputs.Add(y);
            outputGradients.Add(dy);
            inputGradients.Add([.. tape.InputGradients]);
            lasts.Add(state.Names.ToDictionary(n => n, n => state[n].ToArray()));
            firsts.Add(state.Names.ToDictionary(n => n, n => tape.InitialStateGradients[n].ToArray()));
        }

        // Together.
        TInput[] all = [.. inputs.SelectMany(x => x)];
        float[] expected = [.. outputs.SelectMany(y => y)];
        Copy(initial, batch);
        model.Forward(batch, all, lengths, together);
        Same(lasts, batch, lengths, tolerance, "states");
        model.Backward(together, [.. outputGradients.SelectMany(y => y)], finals);
        foreach (Parameter parameter in model.Layers.SelectMany(l => l.Parameters))
        {
            Same(Gradient(tape, parameter), Gradient(together, parameter), tolerance, $"gradient of {parameter.FullName}");
        }

        Same([.. inputGradients.SelectMany(g => g)], together.InputGradients, tolerance, "gradient of the inputs");
        Same(firsts, together.InitialBatchGradients!, lengths, tolerance, "gradient of the first states");
        var found = new float[expected.Length];
        Copy(initial, batch);
        model.Forward(batch, all, lengths, found, together);
        Same(expected, found, tolerance, "outputs of a recorded batch with lengths");
        Array.Clear(found);
        Copy(initial, batch);
        model.Forward(batch, all, lengths, found);
        Same(expected, found, tolerance, "outputs with lengths");
        Same(lasts, batch, lengths, tolerance, "states with lengths");
        if (!isEqual)
        {
            return;
        }

        Array.Clear(found);
        Copy(initial, batch);
        model.Forward(batch, all, found, together);
        Same(expected, found, tolerance, "outputs of a recorded batch");
        Array.Clear(found);
        Copy(initial, batch);
        model.Forward(batch, all, found);
        Same(expected, found, tolerance, "outputs");
        Same(lasts, batch, lengths, tolerance, "states without a tape");
        if (model is not IRnnStreamingBatchModel<TInput> stream)
        {
            return;
        }

        Copy(initial, batch);
        int rows = expected.Length / lanes / model.OutputSize;
        var step = new float[lanes * model.OutputSize];
        for (int t = 0; t < lengths[0]; t++)
        {
            TInput[] x = [.. inputs.SelectMany(lane => lane.AsSpan(t * width, width).ToArray())];
            stream.Step(batch, x, step);
            for (int lane = 0; lane < lanes && (rows > 1 || t == lengths[0] - 1); lane++)
            {
                int row = rows > 1 ? t : 0;
                Same(outputs[lane].AsSpan(row * model.OutputSize, model.OutputSize), step.AsSpan(lane * model.OutputSize, model.OutputSize), tolerance, $"step {t} of lane {lane}");
            }
        }

        Same(lasts, batch, lengths, tolerance, "states after steps");
    }

    private static float[] Gradient(Tape tape, Parameter parameter)
    {
        var values = new float[parameter.Count];
        tape.CopyGradient(parameter, values);
        return values;
    }

    private static void Copy(Batch from, int lane, State to)
    {
        foreach (string name in to.Names)
        {
            from[lane, name].CopyTo(to[name]);
        }
    }

    private static void Copy(Batch from, Batch to)
    {
        for (int lane = 0; lane < to.Lanes; lane++)
        {
            foreach (string name in to.Names)
            {
                from[lane, name].CopyTo(to[lane, name]);
            }
        }
    }

    private static void Same(List<Dictionary<string, float[]>> expected, Batch found, int[] lengths, float tolerance, string what)
    {
        for (int lane = 0; lane < lengths.Length; lane++)
        {
            foreach ((string name, float[] values) in expected[lane])
            {
                Same(values, found[lane, name], tolerance, $"{what}: {name} of lane {lane}");
            }
        }
    }

    private static void Same(ReadOnlySpan<float> expected, ReadOnlySpan<float> found, float tolerance, string what)
    {
        Assert.Equal(expected.Length, found.Length);
        float largest = 1;
        foreach (float value in expected)
        {
            largest = Math.Max(largest, Math.Abs(value));
        }

        for (int k = 0; k < expected.Length; k++)
        {
            Assert.True(Math.Abs(expected[k] - found[k]) <= tolerance * largest, $"{what}[{k}]: expected {expected[k]}, found {found[k]}");
        }
    }

    private static void Fill(Random random, Span<float> values)
    {
        foreach (ref float value in values)
        {
            value = (float)random.NextDouble() - 0.5f;
        }
    }

    private static TInput[] Inputs<TInput>(Random random, int count, int inputSize)
        where TInput : struct =>
        [.. Enumerable.Range(0, count).Select(_ => typeof(TInput) == typeof(int) ? (TInput)(object)random.Next(inputSize) : (TInput)(object)((float)random.NextDouble() - 0.5f))];
}
