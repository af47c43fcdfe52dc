using RnnGen.Numerics.Tests.Goldens;

namespace RnnGen.Numerics.Tests.Models;

/// <summary>A model with a stream and a tape of it, whatever it reads: a window is an array of numbers, or of tokens written as numbers.</summary>
internal sealed class ModelUnderTest
{
    private readonly int[] _tokens;

    public ModelUnderTest(IRnnModel model)
    {
        foreach (Parameter start in model.Layers.SelectMany(l => l.Parameters).Where(p => p.Name.StartsWith("initial")))
        {
            start.Initialize(Initializer.Uniform(0.5f), seed: 5);
        }

        Model = model;
        State = model.CreateState();
        FinalStateGradients = model.CreateState();
        Tape = model.CreateTape();
        _tokens = new int[model.SequenceLength];
    }

    public IRnnModel Model { get; }

    public State State { get; }

    public State FinalStateGradients { get; }

    public Tape Tape { get; }

    public bool Tokens => Model is IRnnModel<int>;

    public bool IsStreamed => Model is IRnnStreamingModel<int> or IRnnStreamingModel<float>;

    public bool HasHead => Model is IRnnModel<float, float> or IRnnModel<float, int> or IRnnModel<int, float> or IRnnModel<int, int>;

    public void Step(float[] x, float[] y)
    {
        if (Model is IRnnStreamingModel<int> tokens)
        {
            tokens.Step(State, Integers(x), y);
        }
        else
        {
            ((IRnnStreamingModel<float>)Model).Step(State, x, y);
        }
    }

    public void Forward(float[] x, float[] y)
    {
        if (Model is IRnnModel<int> tokens)
        {
            tokens.Forward(State, Integers(x), y);
        }
        else
        {
            ((IRnnModel<float>)Model).Forward(State, x, y);
        }
    }

    public void Record(float[] x, float[] y)
    {
        if (Model is IRnnModel<int> tokens)
        {
            tokens.Forward(State, Integers(x), y, Tape);
        }
        else
        {
            ((IRnnModel<float>)Model).Forward(State, x, y, Tape);
        }
    }

    /// <summary>The way back from gradients of the outputs, and from <see cref="FinalStateGradients"/>.</summary>
    public void Backward(float[] outputGradients) => Model.Backward(Tape, outputGradients, FinalStateGradients);

    /// <summary>The way back from targets.</summary>
    public float Backward(Targets targets) => Model switch
    {
        IRnnModel<float, float> model => model.Backward(Tape, targets.Floats),
        IRnnModel<float, int> model => model.Backward(Tape, targets.Integers),
        IRnnModel<int, float> model => model.Backward(Tape, targets.Floats),
        IRnnModel<int, int> model => model.Backward(Tape, targets.Integers),
        _ => throw new InvalidOperationException("The model has no head, or several."),
    };

    private ReadOnlySpan<int> Integers(float[] values)
    {
        for (int k = 0; k < values.Length; k++)
        {
            _tokens[k] = (int)values[k];
        }

        return _tokens.AsSpan(0, values.Length);
    }
}
