namespace RnnGen.Tests.Models;

/// <summary>One generated model behind one face, so that every test runs on every kind of model.</summary>
internal sealed class Subject
{
    public delegate void RunCall(State? state, Data inputs, Span<float> outputs);

    public delegate void RecordCall(State? state, Data inputs, Tape? tape);

    public delegate void RecordOutputsCall(State? state, Data inputs, Span<float> outputs, Tape? tape);

    public delegate float LearnCall(Tape? tape, Data targets);

    public delegate void PullCall(Tape? tape, ReadOnlySpan<float> outputGradients, State? finalStateGradients);

    public required IRnnModel Model { get; init; }

    public required int InputSize { get; init; }

    public required int OutputSize { get; init; }

    public required int SequenceLength { get; init; }

    public required long ParameterCount { get; init; }

    public required Func<State> CreateState { get; init; }

    public required Func<Tape> CreateTape { get; init; }

    /// <summary>The same face of a copy of the model.</summary>
    public required Func<Subject> Clone { get; init; }

    /// <summary>The same face of a model with the weights of a file.</summary>
    public required Func<string, Subject> Load { get; init; }

    public required RunCall Step { get; init; }

    public required RunCall Forward { get; init; }

    public required RecordCall Record { get; init; }

    public required RecordOutputsCall RecordOutputs { get; init; }

    /// <summary>Backward from targets; without a head there is none.</summary>
    public required LearnCall? Learn { get; init; }

    /// <summary>Backward from gradients of one's own.</summary>
    public required PullCall Pull { get; init; }

    public required Func<OptimizerSettings, TestTrainer>? CreateTrainer { get; init; }

    public required Func<Tape, State> InitialStateGradients { get; init; }

    public bool Tokens { get; init; }

    /// <summary>Whether targets are classes.</summary>
    public bool Classes { get; init; }

    /// <summary>Whether a window has one output, that of its last step.</summary>
    public bool LastOnly { get; init; }

    /// <summary>Length of one step of the inputs.</summary>
    public int InputWidth => Tokens ? 1 : InputSize;

    /// <summary>Length of one row of the targets.</summary>
    public int TargetWidth => Classes ? 1 : OutputSize;

    public IEnumerable<(string Name, Parameter Parameter)> Parameters =>
        from layer in Model.Layers
        from parameter in layer.Parameters
        select ($"{layer.Name}.{parameter.Name}", parameter);

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
        Record(CreateState(), Inputs(steps, seed: 5), tape);
        Pull(tape, OutputGradients(steps, seed: 6), null);
        return tape;
    }
}
