namespace RnnGen.Everywhere;

/// <summary>What is computed with a model: steps, windows, gradients.</summary>
internal static class Passes
{
    /// <summary>All of a model that streams.</summary>
    public static IEnumerable<Case> Streamed<TModel, TInput>()
        where TModel : class, IRnnStreamingModel<TInput>, IRnnModelFactory<TModel> =>
        [new Case(Name<TModel>("steps"), Steps<TModel, TInput>), .. Windowed<TModel, TInput>()];

    /// <summary>All of a model that needs whole windows.</summary>
    public static IEnumerable<Case> Windowed<TModel, TInput>()
        where TModel : class, IRnnModel<TInput>, IRnnModelFactory<TModel> =>
        [new Case(Name<TModel>("windows"), Windows<TModel, TInput>), new Case(Name<TModel>("gradients"), Gradients<TModel, TInput>)];

    public static string Name<TModel>(string what) => $"{typeof(TModel).Name}/{what}";

    /// <summary>The gradients of all parameters, in the order of files.</summary>
    public static void AddGradients(IRnnModel model, Tape tape, Values values)
    {
        foreach (Parameter parameter in model.Layers.SelectMany(layer => layer.Parameters))
        {
            var gradient = new float[parameter.Count];
            tape.CopyGradient(parameter, gradient);
            values.Add(gradient);
        }
    }

    /// <summary>All parameters, in the order of files.</summary>
    public static void AddParameters(IRnnModel model, Values values)
    {
        foreach (Parameter parameter in model.Layers.SelectMany(layer => layer.Parameters))
        {
            var numbers = new float[parameter.Count];
            parameter.CopyTo(numbers);
            values.Add(numbers);
        }
    }

    private static void Steps<TModel, TInput>(Values values)
        where TModel : class, IRnnStreamingModel<TInput>, IRnnModelFactory<TModel>
    {
        const int Count = 12;
        var random = new Random(1);
        TModel model = TModel.Create(seed: 1);
        State state = model.CreateState();
        var outputs = new float[model.GetOutputLength(1)];
        for (int step = 0; step < Count; step++)
        {
            model.Step(state, Made.Inputs<TInput>(random, model, 1), outputs);
            values.Add(outputs);
        }

        var last = new float[state.Count];
        state.CopyTo(last);
        values.Add(last);
    }

    // The second window continues the first one.
    private static void Windows<TModel, TInput>(Values values)
        where TModel : class, IRnnModel<TInput>, IRnnModelFactory<TModel>
    {
        var random = new Random(2);
        TModel model = TModel.Create(seed: 1);
        State state = model.CreateState();
        foreach (int steps in (int[])[model.SequenceLength, model.SequenceLength - 2])
        {
            var outputs = new float[model.GetOutputLength(steps)];
            model.Forward(state, Made.Inputs<TInput>(random, model, steps), outputs);
            values.Add(outputs);
        }
    }

    private static void Gradients<TModel, TInput>(Values values)
        where TModel : class, IRnnModel<TInput>, IRnnModelFactory<TModel>
    {
        var random = new Random(3);
        TModel model = TModel.Create(seed: 1);
        State state = model.CreateState();
        state.StartFrom(Made.Numbers(random, state.Count));
        State last = model.CreateState();
        last.StartFrom(Made.Numbers(random, last.Count));
        Tape tape = model.CreateTape();
        int steps = model.SequenceLength;
        var outputs = new float[model.GetOutputLength(steps)];
        model.Forward(state, Made.Inputs<TInput>(random, model, steps), outputs, tape);
        model.Backward(tape, Made.Numbers(random, outputs.Length), last);
        values.Add(outputs);
        AddGradients(model, tape, values);
        if (typeof(TInput) == typeof(float))
        {
            values.Add(tape.InputGradients);
        }

        var first = new float[state.Count];
        tape.InitialStateGradients.CopyTo(first);
        values.Add(first);
    }
}
