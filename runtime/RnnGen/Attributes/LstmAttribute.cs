namespace RnnGen;

/// <summary>
/// A long short-term memory layer, with PyTorch's <c>nn.LSTM</c> equations: <c>i = σ(W_ii·x + b_ii + W_hi·h + b_hi)</c>, likewise <c>f</c> and
/// <c>o</c>, <c>g = tanh(W_ig·x + b_ig + W_hg·h + b_hg)</c>, <c>c' = f ∘ c + i ∘ g</c>, <c>h' = o ∘ tanh(c')</c>. The checkpoint has PyTorch's tensors,
/// with the rows of the gates in the order i, f, g, o. The states are <c>h</c> and <c>c</c>.
/// </summary>
/// <param name="hiddenSize">Number of units, the size of the states. At least 1.</param>
public sealed class LstmAttribute(int hiddenSize) : RecurrentAttribute(hiddenSize)
{
    /// <summary>
    /// Whether the gates also read the memory c, with one trained weight per unit (Gers and Schmidhuber 2000, ONNX's input P):
    /// <c>i = σ(... + w_ci ∘ c)</c>, <c>f = σ(... + w_cf ∘ c)</c>, <c>o = σ(... + w_co ∘ c')</c>. The checkpoint has the weights as
    /// <c>weight_ci_l0</c>, <c>weight_cf_l0</c> and <c>weight_co_l0</c>. <see langword="false"/> by default.
    /// </summary>
    public bool Peepholes { get; set; }

    /// <summary>
    /// Whether input and forget gate are coupled, <c>f = 1 - i</c> (Greff et al. 2017, ONNX's input_forget). The tensors then have the
    /// gates i, g, o, and there is no <c>weight_cf_l0</c>. <see langword="false"/> by default.
    /// </summary>
    public bool InputForget { get; set; }

    /// <summary>
    /// The size of the projected output, PyTorch's proj_size (Sak et al. 2014): <c>h' = W_hr·(o ∘ tanh(c'))</c>, which is also the output. At least 1 and
    /// less than the number of units; 0, the default, means no projection. The checkpoint has the matrix as <c>weight_hr_l0</c>.
    /// </summary>
    public int ProjectionSize { get; set; }

    /// <summary>
    /// Whether the sums of the gates and the memory are normalized (Ba et al. 2016, equations 20 to 22). The sum of a gate is
    /// <c>γ_ih ∘ N(W_ih·x) + b_ih + γ_hh ∘ N(W_hh·h) + b_hh</c>, where N normalizes all gates together, and the output is
    /// <c>h' = o ∘ tanh(γ_c ∘ N(c') + β_c)</c>; <c>N(a) = (a - mean) / √(variance + 1e-5)</c>. The checkpoint has the gains as
    /// <c>weight_ln_ih_l0</c>, <c>weight_ln_hh_l0</c> (gate by gate) and <c>weight_ln_c_l0</c>, and β_c as <c>bias_ln_c_l0</c>. Off by default.
    /// </summary>
    public bool LayerNorm { get; set; }

    /// <summary>
    /// Zoneout of the memory c, like <see cref="RecurrentAttribute.Zoneout"/> for h. h is computed from the new memory, before zoneout.
    /// Krueger et al. (2017) use 0.5 for c and 0.05 for h. At least 0 and less than 1; 0 by default.
    /// </summary>
    public double ZoneoutCell { get; set; }

    /// <summary>The function of the gates, ONNX's f; <see cref="Activation.Sigmoid"/> by default.</summary>
    public Activation GateActivation { get; set; } = Activation.Sigmoid;

    /// <summary>The alpha of <see cref="GateActivation"/>. NaN, the default, selects ONNX's default.</summary>
    public double GateAlpha { get; set; } = double.NaN;

    /// <summary>The beta of <see cref="GateActivation"/>. NaN, the default, selects ONNX's default.</summary>
    public double GateBeta { get; set; } = double.NaN;

    /// <summary>The function of the cell gate g, ONNX's g; <see cref="Activation.Tanh"/> by default.</summary>
    public Activation CellActivation { get; set; } = Activation.Tanh;

    /// <summary>The alpha of <see cref="CellActivation"/>. NaN, the default, selects ONNX's default.</summary>
    public double CellAlpha { get; set; } = double.NaN;

    /// <summary>The beta of <see cref="CellActivation"/>. NaN, the default, selects ONNX's default.</summary>
    public double CellBeta { get; set; } = double.NaN;

    /// <summary>The function of the memory in the output, ONNX's h; <see cref="Activation.Tanh"/> by default.</summary>
    public Activation OutputActivation { get; set; } = Activation.Tanh;

    /// <summary>The alpha of <see cref="OutputActivation"/>. NaN, the default, selects ONNX's default.</summary>
    public double OutputAlpha { get; set; } = double.NaN;

    /// <summary>The beta of <see cref="OutputActivation"/>. NaN, the default, selects ONNX's default.</summary>
    public double OutputBeta { get; set; } = double.NaN;
}
