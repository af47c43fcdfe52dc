using RnnGen.Numerics;

namespace RnnGen;

/// <summary>
/// How an untrained model is filled: <c>model.Initialize(WeightInitialization.Keras, seed: 1)</c>. What is not given is PyTorch's default, which
/// is also what a new model has. For a single tensor there is <see cref="Parameter.Initialize"/>.
/// </summary>
public sealed record WeightInitialization
{
    private readonly float? _forgetBias;

    /// <summary>
    /// PyTorch's defaults: uniform with bound <c>1 / √units</c> in recurrent and <c>1 / √inputs</c> in dense layers, biases included;
    /// embeddings standard normal.
    /// </summary>
    public static WeightInitialization PyTorch { get; } = new();

    /// <summary>
    /// Keras' defaults: <see cref="Initializer.XavierUniform"/> for what comes from the input, <see cref="Initializer.Orthogonal"/> for what
    /// comes from the state, embeddings uniform within 0.05, biases 0, but 1 for forget gates.
    /// </summary>
    public static WeightInitialization Keras { get; } = new()
    {
        Input = Initializer.XavierUniform(),
        Recurrent = Initializer.Orthogonal(),
        Embedding = Initializer.Uniform(0.05f),
        Bias = Initializer.Constant(),
        ForgetBias = 1,
    };

    /// <summary>For the matrices that act on a layer's input: <c>weight_ih_l0</c>, and <c>weight</c> of dense layers and heads.</summary>
    public Initializer? Input { get; init; }

    /// <summary>For the matrices that act on a state: <c>weight_hh_l0</c>.</summary>
    public Initializer? Recurrent { get; init; }

    /// <summary>For the vectors of embeddings.</summary>
    public Initializer? Embedding { get; init; }

    /// <summary>For all biases.</summary>
    public Initializer? Bias { get; init; }

    /// <summary>
    /// The sum of the two biases of forget gates: <c>bias_ih_l0</c> gets this value, <c>bias_hh_l0</c> 0. With 1 or 2 an LSTM remembers from
    /// the first update on (Gers, Schmidhuber and Cummins 2000; Jozefowicz, Zaremba and Sutskever 2015).
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">Not finite.</exception>
    public float? ForgetBias
    {
        get => _forgetBias;
        init => _forgetBias = value is null || float.IsFinite(value.Value)
            ? value
            : throw new ArgumentOutOfRangeException(nameof(ForgetBias), value, "Must be finite.");
    }

    internal void Fill(ref RandomStream random, Parameter parameter, Span<float> packed)
    {
        parameter.Fill(ref random, Choose(parameter) ?? parameter.Default, packed);
        if (ForgetBias is float forget && IsBias(parameter))
        {
            parameter.FillGate("f", parameter.Name.StartsWith("bias_ih", StringComparison.Ordinal) ? forget : 0, packed);
        }
    }

    private static bool IsBias(Parameter parameter) => parameter.Name.StartsWith("bias", StringComparison.Ordinal);

    private Initializer? Choose(Parameter parameter) =>
        IsBias(parameter) ? Bias
        : parameter.Shape.Count == 1 ? null
        : parameter.IsTable ? Embedding
        : parameter.Name.StartsWith("weight_hh", StringComparison.Ordinal) ? Recurrent
        : Input;
}
