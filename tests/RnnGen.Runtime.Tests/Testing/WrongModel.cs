using RnnGen.CompilerServices;

namespace RnnGen.Tests.Testing;

/// <summary>A model with a mistake: another one, whose results are changed.</summary>
/// <param name="model">The model.</param>
/// <param name="outputs">Changes the outputs of a window.</param>
/// <param name="gradients">Changes the gradients that Backward is given.</param>
internal sealed class WrongModel(IRnnModel<float> model, Action<Span<float>>? outputs = null, Action<Span<float>>? gradients = null) : IRnnModel<float>
{
    public int InputSize => model.InputSize;

    public int OutputSize => model.OutputSize;

    public int SequenceLength => model.SequenceLength;

    public long ParameterCount => model.ParameterCount;

    public IReadOnlyList<Layer> Layers => model.Layers;

    public ReadOnlySpan<float> Parameters => model.Parameters;

    public IDictionary<string, string> Metadata => model.Metadata;

    public ModelWeights Weights => model.Weights;

    public int GetOutputLength(int steps) => model.GetOutputLength(steps);

    public State CreateState() => model.CreateState();

    public Tape CreateTape() => model.CreateTape();

    public IRnnModel Copy() => new WrongModel((IRnnModel<float>)model.Copy(), outputs, gradients);

    public void Warmup() => model.Warmup();

    public void Backward(Tape tape, ReadOnlySpan<float> outputGradients, State? finalStateGradients)
    {
        float[] changed = outputGradients.ToArray();
        gradients?.Invoke(changed);
        model.Backward(tape, changed, finalStateGradients);
    }

    public void Save(string path) => model.Save(path);

    public void Save(Stream stream) => model.Save(stream);

    public void LoadWeights(string path) => model.LoadWeights(path);

    public void LoadWeights(Stream stream) => model.LoadWeights(stream);

    public void LoadWeights(ReadOnlySpan<byte> file) => model.LoadWeights(file);

    public void Forward(State state, ReadOnlySpan<float> inputs, Span<float> results)
    {
        model.Forward(state, inputs, results);
        outputs?.Invoke(results);
    }

    public void Forward(State state, ReadOnlySpan<float> inputs, Tape tape) => model.Forward(state, inputs, tape);

    public void Forward(State state, ReadOnlySpan<float> inputs, Span<float> results, Tape tape) => model.Forward(state, inputs, results, tape);
}
