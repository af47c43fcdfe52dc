using System.Runtime.InteropServices;

namespace RnnGen.Numerics.Tests.Reproducible;

/// <summary>All that a model computes from inputs that are the same everywhere.</summary>
/// <param name="Outputs">Of windows.</param>
/// <param name="Gradients">Losses and gradients of a window and of a batch.</param>
/// <param name="Weights">The losses of a training by Adam, and the weights after it.</param>
/// <param name="Differences">What gives other outputs than windows: steps, batches. Empty if nothing does.</param>
internal sealed record ReproducibleRun(float[] Outputs, float[] Gradients, float[] Weights, string Differences)
{
    /// <summary>Runs a model, and trains it.</summary>
    /// <param name="model">The model.</param>
    /// <param name="updates">Updates of the training.</param>
    public static ReproducibleRun Of<TInput, TTarget>(IRnnBatchModel<TInput, TTarget> model, int updates)
    {
        float[] windows = Run<TInput, TTarget>(model, out string differences);
        float[] gradients = Recorded(model);
        return new ReproducibleRun(windows, gradients, Trained(model, updates), differences);
    }

    /// <summary>All windows one by one. Steps and batches must give the same.</summary>
    private static float[] Run<TInput, TTarget>(IRnnBatchModel<TInput, TTarget> model, out string differences)
    {
        int lanes = model.BatchSize;
        int width = model.GetInputLength(1);
        var windows = new List<float>();
        var steps = new List<float>();
        State state = model.CreateState();
        for (int lane = 0; lane < lanes; lane++)
        {
            TInput[] inputs = Inputs(model, lane);
            var outputs = new float[model.GetOutputLength(model.SequenceLength)];
            state.Reset();
            model.Forward(state, inputs, outputs);
            windows.AddRange(outputs);
            if (model is IRnnStreamingModel<TInput> streaming)
            {
                var output = new float[model.OutputSize];
                state.Reset();
                for (int step = 0; step < model.SequenceLength; step++)
                {
                    streaming.Step(state, inputs.AsSpan(step * width, width), output);
                    steps.AddRange(output);
                }
            }
        }

        var batch = new float[lanes * model.GetOutputLength(model.SequenceLength)];
        model.Forward(model.CreateBatch(lanes), (TInput[])[.. Enumerable.Range(0, lanes).SelectMany(lane => Inputs(model, lane))], batch);
        differences = (AreSame(batch, windows) ? "" : "batch ") + (steps.Count == 0 || AreSame(steps, windows) ? "" : "steps ");
        return [.. windows];
    }

    private static float[] Recorded<TInput, TTarget>(IRnnBatchModel<TInput, TTarget> model)
    {
        var all = new List<float>();
        Tape tape = model.CreateTape();
        tape.Seed(1);
        model.Forward(model.CreateState(), Inputs(model, 0), tape);
        model.Backward(tape, Targets(model, 0));
        Add(tape);

        int lanes = model.BatchSize;
        Tape batch = model.CreateBatchTape();
        batch.Seed(1);
        model.Forward(model.CreateBatch(lanes), (TInput[])[.. Enumerable.Range(0, lanes).SelectMany(lane => Inputs(model, lane))], batch);
        var targets = new List<TTarget>();
        for (int lane = 0; lane < lanes; lane++)
        {
            var places = new TTarget[model.GetTargetLength(model.SequenceLength)];
            model.CopyTargets(Targets(model, lane), places);
            targets.AddRange(places);
        }

        model.Backward(batch, CollectionsMarshal.AsSpan(targets));
        Add(batch);
        return [.. all];

        void Add(Tape one)
        {
            all.AddRange([(float)one.LossSum, one.Loss]);
            all.AddRange(one.InputGradients);
            foreach (Parameter parameter in model.Layers.SelectMany(layer => layer.Parameters))
            {
                var values = new float[parameter.Count];
                one.CopyGradient(parameter, values);
                all.AddRange(values);
            }
        }
    }

    private static float[] Trained<TInput, TTarget>(IRnnModel<TInput, TTarget> model, int updates)
    {
        using var trainer = new Trainer<TInput, TTarget>(model, new Adam(0.01f) { ClipNorm = 0.5f, Schedule = new CosineSchedule(updates) { WarmupUpdates = updates / 5 } });
        var losses = new List<float>();
        for (int update = 0; update < updates; update++)
        {
            losses.Add(trainer.Train(Inputs(model, update % 7), Targets(model, update % 7)));
        }

        foreach (Parameter parameter in model.Layers.SelectMany(layer => layer.Parameters))
        {
            var values = new float[parameter.Count];
            parameter.CopyTo(values);
            losses.AddRange(values);
        }

        return [.. losses];
    }

    private static TInput[] Inputs<TInput, TTarget>(IRnnModel<TInput, TTarget> model, int window)
    {
        int count = model.GetInputLength(model.SequenceLength);
        return typeof(TInput) == typeof(int)
            ? (TInput[])(object)Enumerable.Range(0, count).Select(k => (int)(Bits(window, k) % (uint)model.InputSize)).ToArray()
            : (TInput[])(object)Enumerable.Range(0, count).Select(k => Number(window, k)).ToArray();
    }

    private static TTarget[] Targets<TInput, TTarget>(IRnnModel<TInput, TTarget> model, int window)
    {
        int count = model.GetTargetLength(model.SequenceLength);
        return typeof(TTarget) == typeof(float)
            ? (TTarget[])(object)Enumerable.Range(0, count).Select(k => (Number(window + 100, k) + 1) / 2).ToArray()
            : model is ReproducibleLabels ? (TTarget[])(object)Enumerable.Range(0, 5).Select(k => 1 + (int)(Bits(window + 100, k) % 5)).ToArray()
            : (TTarget[])(object)Enumerable.Range(0, count).Select(k => (int)(Bits(window + 100, k) % (uint)model.OutputSize)).ToArray();
    }

    /// <summary>A number in -1 .. 1 without any function of a library.</summary>
    private static float Number(int window, int place) => ((int)(Bits(window, place) & 0xFFFF) - 32768) / 32768f;

    private static uint Bits(int window, int place)
    {
        uint bits = unchecked((((uint)window * 7919) + (uint)place + 1) * 2654435761);
        return unchecked((bits ^ (bits >> 15)) * 2246822519) >> 9;
    }

    private static bool AreSame(IEnumerable<float> left, IEnumerable<float> right) =>
        left.Select(BitConverter.SingleToInt32Bits).SequenceEqual(right.Select(BitConverter.SingleToInt32Bits));
}
