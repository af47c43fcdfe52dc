namespace RnnGen;

/// <summary>
/// A long short-term memory layer, with PyTorch's <c>nn.LSTM</c> equations and gate order i, f, g, o.
/// Its states are <c>h</c> and <c>c</c>.
/// </summary>
/// <param name="hiddenSize">Units of the layer, the size of its states. At least 1.</param>
public sealed class LstmAttribute(int hiddenSize) : RecurrentAttribute(hiddenSize)
{
    /// <summary>
    /// Whether the gates see the memory, through one trained number per unit (Gers and Schmidhuber 2000, ONNX's input P):
    /// <c>i = σ(... + w_ci ∘ c)</c>, <c>f = σ(... + w_cf ∘ c)</c>, <c>o = σ(... + w_co ∘ c')</c>. The checkpoint has them as
    /// <c>weight_ci_l0</c>, <c>weight_cf_l0</c> and <c>weight_co_l0</c>.
    /// </summary>
    public bool Peepholes { get; set; }

    /// <summary>
    /// Whether the layer forgets just what it takes in, <c>f = 1 - i</c> (Greff et al. 2017, ONNX's input_forget). Its tensors then have three
    /// gates, i, g, o, and there is no <c>weight_cf_l0</c>.
    /// </summary>
    public bool InputForget { get; set; }

    /// <summary>
    /// PyTorch's proj_size (Sak et al. 2014): the output, and with it <c>h</c>, is <c>W_hr·(o ∘ tanh(c'))</c> and has so many numbers, fewer than
    /// the units of <c>c</c>. The checkpoint has the matrix as <c>weight_hr_l0</c>. 0, the default, is for no projection.
    /// </summary>
    public int ProjectionSize { get; set; }

    /// <summary>
    /// Whether sums and memory are normalised (Ba et al. 2016, equations 20 to 22). Each gate's sum is
    /// <c>γ_ih ∘ N(W_ih·x) + b_ih + γ_hh ∘ N(W_hh·h) + b_hh</c>, where N normalises all gates together, and the memory goes out as
    /// <c>tanh(γ_c ∘ N(c') + β_c)</c>; <c>N(a) = (a - mean) / √(variance + 1e-5)</c>. The checkpoint has the gains as
    /// <c>weight_ln_ih_l0</c>, <c>weight_ln_hh_l0</c> (gate by gate) and <c>weight_ln_c_l0</c>, and β_c as <c>bias_ln_c_l0</c>.
    /// </summary>
    public bool LayerNorm { get; set; }

    /// <summary>
    /// Zoneout of the memory c, as <see cref="RecurrentAttribute.Zoneout"/> is that of h; h is made of the memory as it is computed, not of what is
    /// kept. Krueger et al. (2017) take 0.5 for c and 0.05 for h. 0 by default.
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

    /// <summary>The function of the memory on its way out, ONNX's h; <see cref="Activation.Tanh"/> by default.</summary>
    public Activation OutputActivation { get; set; } = Activation.Tanh;

    /// <summary>The alpha of <see cref="OutputActivation"/>. NaN, the default, selects ONNX's default.</summary>
    public double OutputAlpha { get; set; } = double.NaN;

    /// <summary>The beta of <see cref="OutputActivation"/>. NaN, the default, selects ONNX's default.</summary>
    public double OutputBeta { get; set; } = double.NaN;
}
