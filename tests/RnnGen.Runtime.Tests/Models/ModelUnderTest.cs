namespace RnnGen.Tests.Models;

/// <summary>A generated model, whatever it reads and compares with, so that every test runs on every kind of model.</summary>
internal sealed class ModelUnderTest(IRnnModel model)
{
    public IRnnModel Model => model;

    public int InputSize => model.InputSize;

    public int OutputSize => model.OutputSize;

    public int SequenceLength => model.SequenceLength;

    public long ParameterCount => model.ParameterCount;

    public bool Tokens => model is IRnnModel<int>;

    public bool HasHead => Classes || model is IRnnModel<int, float> or IRnnModel<float, float>;

    /// <summary>Whether targets are classes.</summary>
    public bool Classes => model is IRnnModel<int, int> or IRnnModel<float, int>;

    /// <summary>Whether a window has one output, that of its last step.</summary>
    public bool LastOnly => model.GetOutputLength(2) == model.OutputSize;

    /// <summary>Length of one step of the inputs.</summary>
    public int InputWidth => model.GetInputLength(1);

    /// <summary>Length of one row of the targets.</summary>
    public int TargetWidth => Classes ? 1 : OutputSize;

    public IEnumerable<(string Name, Parameter Parameter)> Parameters =>
        from layer in model.Layers
        from parameter in layer.Parameters
        select ($"{layer.Name}.{parameter.Name}", parameter);

    public State CreateState() => model.CreateState();

    public Tape CreateTape() => model.CreateTape();

    public ModelUnderTest Clone() => new(model.Clone());

    public ModelUnderTest Load(string path) => new(model switch
    {
        TokenRnn => TokenRnn.Load(path),
        ShortLstm => ShortLstm.Load(path),
        GruStack => GruStack.Load(path),
        HeadlessGru => HeadlessGru.Load(path),
        EmbeddingMix => EmbeddingMix.Load(path),
        _ => Plain.Load(path),
    });

    public TestTrainer CreateTrainer(OptimizerSettings settings) => new(model switch
    {
        IRnnModel<int, int> m => new Trainer<int, int>(m, settings),
        IRnnModel<int, float> m => new Trainer<int, float>(m, settings),
        IRnnModel<float, int> m => new Trainer<float, int>(m, settings),
        _ => new Trainer<float, float>((IRnnModel<float, float>)model, settings),
    });

    public void Step(State? state, Data inputs, Span<float> outputs)
    {
        if (model is IRnnStreamingModel<int> tokens)
        {
            tokens.Step(state!, inputs.Integers, outputs);
        }
        else
        {
            ((IRnnStreamingModel<float>)model).Step(state!, inputs.Numbers, outputs);
        }
    }

    public void Forward(State? state, Data inputs, Span<float> outputs)
    {
        if (model is IRnnModel<int> tokens)
        {
            tokens.Forward(state!, inputs.Integers, outputs);
        }
        else
        {
            ((IRnnModel<float>)model).Forward(state!, inputs.Numbers, outputs);
        }
    }

    public void Forward(State? state, Data inputs, Tape? tape)
    {
        if (model is IRnnModel<int> tokens)
        {
            tokens.Forward(state!, inputs.Integers, tape!);
        }
        else
        {
            ((IRnnModel<float>)model).Forward(state!, inputs.Numbers, tape!);
        }
    }

    public void Forward(State? state, Data inputs, Span<float> outputs, Tape? tape)
    {
        if (model is IRnnModel<int> tokens)
        {
            tokens.Forward(state!, inputs.Integers, outputs, tape!);
        }
        else
        {
            ((IRnnModel<float>)model).Forward(state!, inputs.Numbers, outputs, tape!);
        }
    }

    public float Backward(Tape? tape, Data targets) => model switch
    {
        IRnnModel<int, int> m => m.Backward(tape!, targets.Integers),
        IRnnModel<int, float> m => m.Backward(tape!, targets.Numbers),
        IRnnModel<float, int> m => m.Backward(tape!, targets.Integers),
        _ => ((IRnnModel<float, float>)model).Backward(tape!, targets.Numbers),
    };

    /// <summary>Backward from gradients of one's own.</summary>
    public void Backward(Tape? tape, ReadOnlySpan<float> outputGradients, State? finalStateGradients) =>
        model.Backward(tape!, outputGradients, finalStateGradients);

    public int Rows(int steps) => LastOnly ? 1 : steps;

    /// <summary>A window that every call takes; another seed gives another one.</summary>
    public Data Inputs(int steps, int seed = 1)
    {
        var random = new Random(seed);
        return Tokens
            ? Enumerable.Range(0, steps).Select(_ => random.Next(InputSize)).ToArray()
            : TestNumbers.Random(random, steps * InputSize);
    }

    public Data Targets(int steps, int seed = 2)
    {
        var random = new Random(seed);
        return Classes
            ? Enumerable.Range(0, Rows(steps)).Select(_ => random.Next(OutputSize)).ToArray()
            : Enumerable.Range(0, Rows(steps) * OutputSize).Select(_ => random.NextSingle()).ToArray();
    }

    /// <summary>Room for the outputs of a window, filled with a number that no model puts out.</summary>
    public float[] Outputs(int steps)
    {
        var outputs = new float[Rows(steps) * OutputSize];
        Array.Fill(outputs, 42);
        return outputs;
    }

    public float[] OutputGradients(int steps, int seed = 4) => TestNumbers.Random(new Random(seed), Rows(steps) * OutputSize);

    /// <summary>A state in the middle of a sequence.</summary>
    public State RunningState()
    {
        State state = CreateState();
        Forward(state, Inputs(3, seed: 9), Outputs(3));
        return state;
    }

    /// <summary>A tape with a recorded window and with gradients in its sums.</summary>
    public Tape RunningTape(int steps)
    {
        Tape tape = CreateTape();
        Forward(CreateState(), Inputs(steps, seed: 5), tape);
        Backward(tape, OutputGradients(steps, seed: 6), null);
        return tape;
    }
}
