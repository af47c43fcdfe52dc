using RnnGen.Numerics;

namespace RnnGen;

/// <summary>
/// The distributions of an untrained model's parameters: <c>model.Initialize(WeightInitialization.Keras, seed: 1)</c>. Unset ones are PyTorch's
/// defaults, which a new model also has. <see cref="Parameter.Initialize"/> is for single tensors.
/// </summary>
public sealed record WeightInitialization
{
    private readonly float? _forgetBias;

    /// <summary>
    /// PyTorch's defaults: uniform with bound <c>1 / √units</c> in recurrent layers and <c>1 / √inputs</c> in dense layers, including biases;
    /// standard normal for embeddings.
    /// </summary>
    public static WeightInitialization PyTorch { get; } = new();

    /// <summary>
    /// Keras' defaults: <see cref="Initializer.XavierUniform"/> for matrices that read the input, <see cref="Initializer.Orthogonal"/> for matrices that
    /// read the state, uniform within ±0.05 for embeddings, biases 0, but 1 for forget gates.
    /// </summary>
    public static WeightInitialization Keras { get; } = new()
    {
        Input = Initializer.XavierUniform(),
        Recurrent = Initializer.Orthogonal(),
        Embedding = Initializer.Uniform(0.05f),
        Bias = Initializer.Constant(),
        ForgetBias = 1,
    };

    /// <summary>The matrices that read a layer's input: <c>weight_ih_l0</c>, and <c>weight</c> of dense layers and heads. Null for PyTorch's default.</summary>
    public Initializer? Input { get; init; }

    /// <summary>The matrices that read a state: <c>weight_hh_l0</c>. Null for PyTorch's default.</summary>
    public Initializer? Recurrent { get; init; }

    /// <summary>The tables of embeddings. Null for PyTorch's default.</summary>
    public Initializer? Embedding { get; init; }

    /// <summary>All biases. Null for PyTorch's default.</summary>
    public Initializer? Bias { get; init; }

    /// <summary>
    /// The sum of the two biases of forget gates, the gates named <c>f</c>: <c>bias_ih_l0</c> is set to this value and <c>bias_hh_l0</c> to 0. With 1 or 2, an LSTM remembers from
    /// the first update on (Gers, Schmidhuber and Cummins 2000; Jozefowicz, Zaremba and Sutskever 2015). Finite; null, the default, for no special value.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is not finite.</exception>
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
