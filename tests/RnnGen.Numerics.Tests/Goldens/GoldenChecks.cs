using System.Text.Json;

namespace RnnGen.Numerics.Tests.Goldens;

/// <summary>Targets of a window: classes or numbers.</summary>
internal readonly record struct Targets(int[] Integers, float[] Floats);

/// <summary>Compares a generated model with PyTorch, at the tolerances of the goldens.</summary>
internal static class GoldenChecks
{
    /// <summary>Outputs, states, loss, all gradients, and ten steps of each optimizer that the file has.</summary>
    public static void Training<TModel>(GoldenFile file)
        where TModel : class, IRnnModel<float>, IRnnModelFactory<TModel>
    {
        int batch = file.Option("batch");
        TModel model = Create<TModel>(file);
        Tape tape = model.CreateTape();
        State state = model.CreateState();
        bool last = file.Text("head") == "last";
        int rows = last ? 1 : model.SequenceLength;
        Assert.Equal(rows * model.OutputSize, model.GetOutputLength(model.SequenceLength));
        bool classes = file.Text("loss") == "ce";

        // Only a model that needs whole windows has no steps to compare.
        var stream = model as IRnnStreamingModel<float>;
        Assert.Equal(file.Json("bidirectional").GetBoolean(), stream is null);
        double[] expectedOutputs = Outputs(file, classes, model.OutputSize);
        var y = new float[rows * model.OutputSize];

        for (int b = 0; b < batch; b++)
        {
            float[] x = Lane(file.Floats("x"), b, batch, model.InputSize);
            SetState(file, state, b, batch, "0");
            model.Forward(state, x, y, tape);
            Compare.Absolute(Lane(expectedOutputs, b, batch, model.OutputSize), y, 1e-5, "y recorded");
            CheckState(file, state, b, batch);

            Backward(model, tape, TargetsOf(file, b, batch, model.OutputSize));

            // The mean is over all sequences, so a lane's gradient is a share of it.
            double share = 1.0 / (classes ? batch * rows : batch * rows * model.OutputSize);
            Compare.Gradient(Lane(file.Doubles("grad.x"), b, batch, model.InputSize), tape.InputGradients, share, "grad.x", Largest(file.Doubles("grad.x")));
            CheckStateGradients(file, tape.InitialStateGradients, b, batch, "grad.", share);

            SetState(file, state, b, batch, "0");
            Array.Clear(y);
            model.Forward(state, x, y);
            Compare.Absolute(Lane(expectedOutputs, b, batch, model.OutputSize), y, 1e-5, "y in one call");
            CheckState(file, state, b, batch);

            SetState(file, state, b, batch, "0");
            for (int t = 0; stream is not null && t < model.SequenceLength; t++)
            {
                Span<float> output = last ? y : y.AsSpan(t * model.OutputSize, model.OutputSize);
                stream.Step(state, x.AsSpan(t * model.InputSize, model.InputSize), output);
            }

            if (stream is not null)
            {
                Compare.Absolute(Lane(expectedOutputs, b, batch, model.OutputSize), y, 1e-5, "y step by step");
                CheckState(file, state, b, batch);
            }
        }

        Compare.Relative(file.Doubles("loss")[0], tape.Loss, 1e-5, "loss");
        CheckGradients(file, model, tape, "grad.", 1.0 / tape.TargetCount);

        foreach (JsonElement name in file.Json("optimizers").EnumerateArray())
        {
            Optimizer<TModel>(file, name.GetString()!);
        }
    }

    /// <summary>The recurrent part alone: gradients of sum(out·cot.out) + sum(hn·cot.hn) + sum(cn·cot.cn).</summary>
    public static void Vjp<TModel>(GoldenFile file)
        where TModel : class, IRnnModel<float>, IRnnModelFactory<TModel>
    {
        int batch = file.Option("batch");
        TModel model = Create<TModel>(file);
        Tape tape = model.CreateTape();
        State state = model.CreateState();
        State cotangents = model.CreateState();
        var y = new float[model.SequenceLength * model.OutputSize];
        for (int b = 0; b < batch; b++)
        {
            SetState(file, state, b, batch, "0");
            model.Forward(state, Lane(file.Floats("x"), b, batch, model.InputSize), y, tape);
            Compare.Absolute(Lane(file.Doubles("out"), b, batch, model.OutputSize), y, 1e-5, "out");
            SetState(file, cotangents, b, batch, "n", "cot.");
            model.Backward(tape, Lane(file.Floats("cot.out"), b, batch, model.OutputSize), cotangents);
            Compare.Gradient(Lane(file.Doubles("vjp.x"), b, batch, model.InputSize), tape.InputGradients, 1, "vjp.x", Largest(file.Doubles("vjp.x")));
            CheckStateGradients(file, tape.InitialStateGradients, b, batch, "vjp.", 1);
        }

        CheckGradients(file, model, tape, "vjp.", 1);
    }

    private static void Optimizer<TModel>(GoldenFile file, string name)
        where TModel : class, IRnnModel<float>, IRnnModelFactory<TModel>
    {
        (OptimizerSettings settings, double tolerance) = Settings(name);
        int batch = file.Option("batch");
        TModel model = Create<TModel>(file);
        Tape tape = model.CreateTape();
        State state = model.CreateState();
        Optimizer optimizer = settings.CreateOptimizer(model);
        var y = new float[model.GetOutputLength(model.SequenceLength)];
        for (int update = 0; update < 10; update++)
        {
            for (int b = 0; b < batch; b++)
            {
                SetState(file, state, b, batch, "0");
                model.Forward(state, Lane(file.Floats("x"), b, batch, model.InputSize), y, tape);
                Backward(model, tape, TargetsOf(file, b, batch, model.OutputSize));
            }

            Compare.Relative(file.Doubles($"opt.{name}.losses")[update], tape.Loss, 1e-4, $"{name}: loss {update}");
            Assert.True(optimizer.Update(tape));
            if (name == "clip")
            {
                Compare.Relative(file.Doubles("opt.clip.norms")[update], optimizer.GradientNorm, 1e-4, $"norm {update}");
            }
        }

        foreach ((string tensor, Parameter parameter) in Tensors(model))
        {
            var values = new float[parameter.Count];
            parameter.CopyTo(values);
            Compare.Absolute(file.Doubles($"opt.{name}.{tensor}"), values, tolerance, $"{name}: {tensor}");
        }
    }

    private static void Backward(IRnnModel model, Tape tape, Targets targets)
    {
        if (model is IRnnModel<float, int> classifier)
        {
            classifier.Backward(tape, targets.Integers);
        }
        else
        {
            ((IRnnModel<float, float>)model).Backward(tape, targets.Floats);
        }
    }

    private static (OptimizerSettings Settings, double Tolerance) Settings(string name) => name switch
    {
        "sgd" => (new Sgd(0.05f) { Momentum = 0.9f }, 1e-5),
        "adam" => (new Adam(0.01f), 1e-4),
        "adamw" => (new AdamW(0.01f), 1e-4),
        "rmsprop" => (new RmsProp(0.001f), 1e-4),
        "adagrad" => (new AdaGrad(0.01f), 1e-5),
        "clip" => (new Sgd(0.1f) { Momentum = 0.9f, ClipNorm = 0.1f }, 1e-5),
        _ => throw new ArgumentOutOfRangeException(nameof(name), name, "The file has an optimizer that nothing is compared with."),
    };

    private static TModel Create<TModel>(GoldenFile file)
        where TModel : class, IRnnModel, IRnnModelFactory<TModel>
    {
        TModel model = TModel.Create(seed: 1);
        foreach ((string tensor, Parameter parameter) in Tensors(model))
        {
            parameter.CopyFrom(file.Floats(tensor));
        }

        return model;
    }

    /// <summary>The parameters under the names of the files: rnn.weight_ih_l1, head.bias.</summary>
    private static IEnumerable<(string Tensor, Parameter Parameter)> Tensors(IRnnModel model) =>
        from layer in model.Layers
        from parameter in layer.Parameters
        select (layer.Name == "Head" ? "head." + parameter.Name : "rnn." + (layer.Name == "Rnn" ? parameter.Name : parameter.Name.Replace("_l0", "_l" + layer.Name[3..])), parameter);

    private static void CheckGradients(GoldenFile file, IRnnModel model, Tape tape, string prefix, double share)
    {
        foreach ((string tensor, Parameter parameter) in Tensors(model))
        {
            var values = new float[parameter.Count];
            tape.CopyGradient(parameter, values);
            double[] expected = file.Doubles(prefix + tensor);
            Compare.Gradient(expected, values, share, prefix + tensor, Largest(expected));
        }
    }

    private static void CheckStateGradients(GoldenFile file, State gradients, int lane, int batch, string prefix, double share)
    {
        foreach (string name in gradients.Names)
        {
            double[] all = file.Doubles($"{prefix}{Kind(name)}0");
            Compare.Gradient(StateLane(all, gradients, name, lane, batch), gradients[name], share, prefix + name, Largest(all));
        }
    }

    private static void CheckState(GoldenFile file, State state, int lane, int batch)
    {
        foreach (string name in state.Names)
        {
            Compare.Absolute(StateLane(file.Doubles(Kind(name) + "n"), state, name, lane, batch), state[name], 1e-5, name);
        }
    }

    private static void SetState(GoldenFile file, State state, int lane, int batch, string suffix, string prefix = "")
    {
        state.Reset();
        foreach (string name in state.Names)
        {
            StateLane(file.Floats(prefix + Kind(name) + suffix), state, name, lane, batch).CopyTo(state[name]);
        }
    }

    /// <summary>State names are Rnn{level}.h, or Rnn.h, Rnn.h_reverse, Rnn.h_l1, Rnn.h_l1_reverse with all levels in one layer.</summary>
    private static char Kind(string name) => name[name.IndexOf('.') + 1];

    private static int Row(string name)
    {
        if (name[3] != '.')
        {
            return int.Parse(name[3..name.IndexOf('.')]);
        }

        string[] parts = name.Split('_');
        int level = parts.Where(p => p.StartsWith('l')).Select(p => int.Parse(p[1..])).SingleOrDefault();
        return (2 * level) + (parts.Contains("reverse") ? 1 : 0);
    }

    /// <summary>[levels * directions, batch, H]: one row of one lane.</summary>
    private static T[] StateLane<T>(T[] values, State state, string name, int lane, int batch)
    {
        int layer = Row(name);
        int size = state[name].Length;
        return values.AsSpan(((layer * batch) + lane) * size, size).ToArray();
    }

    /// <summary>[T, batch, size]: one lane.</summary>
    private static T[] Lane<T>(T[] values, int lane, int batch, int size)
    {
        int steps = values.Length / batch / size;
        return [.. Enumerable.Range(0, steps).SelectMany(t => values[(((t * batch) + lane) * size)..(((t * batch) + lane + 1) * size)])];
    }

    private static Targets TargetsOf(GoldenFile file, int lane, int batch, int outputs) => file.Text("loss") == "ce"
        ? new Targets(Lane(file.Integers("target"), lane, batch, 1), [])
        : new Targets([], Lane(file.Floats("target"), lane, batch, outputs));

    /// <summary>The files hold logits; a softmax head puts out probabilities.</summary>
    private static double[] Outputs(GoldenFile file, bool classes, int size)
    {
        double[] y = file.Doubles("y");
        if (!classes)
        {
            return y;
        }

        for (int row = 0; row < y.Length; row += size)
        {
            double sum = y.Skip(row).Take(size).Sum(Math.Exp);
            for (int k = row; k < row + size; k++)
            {
                y[k] = Math.Exp(y[k]) / sum;
            }
        }

        return y;
    }

    private static double Largest(double[] values) => values.Max(Math.Abs);
}
