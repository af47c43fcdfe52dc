using RnnGen.Numerics.Tests.Goldens;

namespace RnnGen.Numerics.Tests.Models;

/// <summary>A generated model behind one face, whatever it reads: a window is an array of numbers, or of tokens written as numbers.</summary>
internal sealed class Probe
{
    public required Type Model { get; init; }

    public required IRnnModel Instance { get; init; }

    public required bool Tokens { get; init; }

    public required State State { get; init; }

    public required State OtherState { get; init; }

    public required Tape Tape { get; init; }

    /// <summary>One step: input, output. Null where a model needs whole windows.</summary>
    public required Action<float[], float[]>? Step { get; init; }

    /// <summary>A window in one call.</summary>
    public required Action<float[], float[]> Forward { get; init; }

    /// <summary>A recorded window.</summary>
    public required Action<float[], float[]> Record { get; init; }

    /// <summary>The way back from gradients of the outputs, and of the last states, which are in <see cref="OtherState"/>.</summary>
    public required Action<float[]> Pull { get; init; }

    /// <summary>The way back from targets, or null without a head.</summary>
    public required Func<Targets, float>? Learn { get; init; }

    public required Func<float[]> InputGradients { get; init; }

    public required Func<State> StateGradients { get; init; }

    public required int InputSize { get; init; }

    public required int OutputSize { get; init; }

    public required int SequenceLength { get; init; }

    public delegate void Window<TModel, TState, TInput>(TModel model, TState state, ReadOnlySpan<TInput> inputs, Span<float> outputs);

    public delegate void TokenStep<TModel, TState>(TModel model, TState state, int token, Span<float> outputs);

    public delegate void Recording<TModel, TState, TTape, TInput>(TModel model, TState state, ReadOnlySpan<TInput> inputs, Span<float> outputs, TTape tape);

    public static Probe OfNumbers<TModel, TState, TTape>(
        Window<TModel, TState, float>? step,
        Window<TModel, TState, float> forward,
        Recording<TModel, TState, TTape, float> record,
        Pull<TModel, TState, TTape> pull,
        Read<TTape> inputGradients,
        Func<TTape, TState> stateGradients,
        Learn<TModel, TTape>? learn = null)
        where TModel : class, IRnnModel<TModel, TState, TTape>
        where TState : State
        where TTape : Tape
    {
        (TModel model, TState state, TState other, TTape tape) = Create<TModel, TState, TTape>();
        return new Probe
        {
            Model = typeof(TModel),
            Instance = model,
            Tokens = false,
            State = state,
            OtherState = other,
            Tape = tape,
            Step = step is null ? null : (x, y) => step(model, state, x, y),
            Forward = (x, y) => forward(model, state, x, y),
            Record = (x, y) => record(model, state, x, y, tape),
            Pull = dy => pull(model, tape, dy, other),
            Learn = learn is null ? null : targets => learn(model, tape, targets),
            InputGradients = () => inputGradients(tape).ToArray(),
            StateGradients = () => stateGradients(tape),
            InputSize = TModel.InputSize,
            OutputSize = TModel.OutputSize,
            SequenceLength = TModel.SequenceLength,
        };
    }

    public static Probe OfTokens<TModel, TState, TTape>(
        TokenStep<TModel, TState>? step,
        Window<TModel, TState, int> forward,
        Recording<TModel, TState, TTape, int> record,
        Pull<TModel, TState, TTape> pull,
        Func<TTape, TState> stateGradients,
        Learn<TModel, TTape>? learn = null)
        where TModel : class, IRnnModel<TModel, TState, TTape>
        where TState : State
        where TTape : Tape
    {
        (TModel model, TState state, TState other, TTape tape) = Create<TModel, TState, TTape>();
        var tokens = new int[TModel.SequenceLength];
        return new Probe
        {
            Model = typeof(TModel),
            Instance = model,
            Tokens = true,
            State = state,
            OtherState = other,
            Tape = tape,
            Step = step is null ? null : (x, y) => step(model, state, (int)x[0], y),
            Forward = (x, y) => forward(model, state, Integers(x, tokens), y),
            Record = (x, y) => record(model, state, Integers(x, tokens), y, tape),
            Pull = dy => pull(model, tape, dy, other),
            Learn = learn is null ? null : targets => learn(model, tape, targets),
            InputGradients = () => [],
            StateGradients = () => stateGradients(tape),
            InputSize = TModel.InputSize,
            OutputSize = TModel.OutputSize,
            SequenceLength = TModel.SequenceLength,
        };
    }

    private static (TModel Model, TState State, TState Other, TTape Tape) Create<TModel, TState, TTape>()
        where TModel : class, IRnnModel<TModel, TState, TTape>
        where TState : State
        where TTape : Tape
    {
        TModel model = TModel.Create(seed: 3);
        foreach (Parameter start in model.Layers.SelectMany(l => l.Parameters).Where(p => p.Name.StartsWith("initial")))
        {
            start.Initialize(Initializer.Uniform(0.5f), seed: 5);
        }

        return (model, model.CreateState(), model.CreateState(), model.CreateTape());
    }

    private static Span<int> Integers(float[] values, int[] tokens)
    {
        for (int k = 0; k < values.Length; k++)
        {
            tokens[k] = (int)values[k];
        }

        return tokens.AsSpan(0, values.Length);
    }
}
