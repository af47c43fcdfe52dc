using RnnGen.Interop;

namespace RnnGen;

/// <summary>Weights of layers in the layouts of other libraries.</summary>
public static class LayerExtensions
{
    /// <summary>
    /// Replaces the weights of one level and direction of a recurrent layer by those of another library. What is not given and may be missing (biases,
    /// peepholes, initial states) becomes zero. Gains of a layer-normalized LSTM are unchanged. Values are copied bit by bit; only a <see cref="WeightLayout.ForgetBias"/> is arithmetic.
    /// </summary>
    /// <param name="layer">The layer.</param>
    /// <param name="weights">The weights, with their layout.</param>
    /// <param name="level">The level, from 0. A packed layout has all of them.</param>
    /// <param name="direction">The direction; null, the default, if the layer has only one.</param>
    /// <exception cref="ArgumentException">
    /// The layer is not recurrent, has no such level or direction, or is declared with other options than the weights need; or an array has another shape, or is
    /// missing. The message has the expected and the actual value. Nothing was changed.
    /// </exception>
    public static void Import(this Layer layer, RecurrentWeights weights, int level = 0, Direction? direction = null)
    {
        ArgumentNullException.ThrowIfNull(layer);
        ArgumentNullException.ThrowIfNull(weights);
        WeightLayout layout = weights.EffectiveLayout;
        if (layout.Packed)
        {
            HasAll(level, direction);
            ParameterValues.Write(new PackedBuffer(layer, layout).Read(weights));
            return;
        }

        ParameterValues.Write(new RecurrentConversion(RecurrentPart.Of(layer, level, direction), layout).Read(weights));
    }

    /// <summary>
    /// The weights of one level and direction of a recurrent layer as another library has them: the inverse of
    /// <see cref="Import(Layer, RecurrentWeights, int, Direction?)"/>.
    /// </summary>
    /// <param name="layer">The layer.</param>
    /// <param name="layout">The layout.</param>
    /// <param name="level">The level, from 0. A packed layout has all of them.</param>
    /// <param name="direction">The direction; null, the default, if the layer has only one.</param>
    /// <returns>The weights.</returns>
    /// <exception cref="ArgumentException">The layer is not recurrent, has no such level or direction, or is one that the layout cannot express.</exception>
    public static RecurrentWeights Export(this Layer layer, WeightLayout layout, int level = 0, Direction? direction = null)
    {
        ArgumentNullException.ThrowIfNull(layer);
        ArgumentNullException.ThrowIfNull(layout);
        if (layout.Packed)
        {
            HasAll(level, direction);
            return new PackedBuffer(layer, layout).Write();
        }

        return new RecurrentConversion(RecurrentPart.Of(layer, level, direction), layout).Write();
    }

    /// <summary>Replaces the weights of a dense layer, a head, an embedding or a layer normalization by those of another library. A missing bias becomes zero.</summary>
    /// <param name="layer">The layer.</param>
    /// <param name="weights">The weights.</param>
    /// <exception cref="ArgumentException">The layer has no parameter <c>weight</c>, or an array has another shape. Nothing was changed.</exception>
    public static void Import(this Layer layer, LayerWeights weights)
    {
        ArgumentNullException.ThrowIfNull(layer);
        ArgumentNullException.ThrowIfNull(weights);
        ParameterValues.Write(new LayerConversion(layer, weights.Transposed).Read(weights));
    }

    /// <summary>The weights of a dense layer, a head, an embedding or a layer normalization: the inverse of <see cref="Import(Layer, LayerWeights)"/>.</summary>
    /// <param name="layer">The layer.</param>
    /// <param name="transposed">Whether the matrix is written as [inputs, units], as in Keras and TensorFlow.</param>
    /// <returns>The weights.</returns>
    /// <exception cref="ArgumentException">The layer has no parameter <c>weight</c>.</exception>
    public static LayerWeights Export(this Layer layer, bool transposed = false)
    {
        ArgumentNullException.ThrowIfNull(layer);
        return new LayerConversion(layer, transposed).Write();
    }

    /// <summary>
    /// Makes a layer read <c>scale ∘ x + shift</c> instead of x, by changing its weights: for a batch normalization in front of it, or for inputs that were
    /// scaled in training. Weights are multiplied in double precision and rounded once.
    /// </summary>
    /// <param name="layer">A recurrent layer, a dense layer or a head.</param>
    /// <param name="scaling">The scaling of its inputs.</param>
    /// <exception cref="ArgumentException">
    /// The layer has no matrix for its input, or adds its input to its output; it has no bias, and there is a shift; or the number of features differs. Nothing was changed.
    /// </exception>
    public static void ScaleInputs(this Layer layer, FeatureScaling scaling)
    {
        ArgumentNullException.ThrowIfNull(layer);
        ArgumentNullException.ThrowIfNull(scaling);
        ParameterValues.Write(Folding.Inputs(layer, scaling));
    }

    /// <summary>
    /// Makes a layer return <c>scale ∘ y + shift</c> instead of y, by changing its weights: for a batch normalization behind it, in front of any activation.
    /// Weights are multiplied in double precision and rounded once. A head that is tied to an embedding changes with it.
    /// </summary>
    /// <param name="layer">A dense layer, a head (its sums, before its activation), an embedding or a layer normalization.</param>
    /// <param name="scaling">The scaling of its outputs.</param>
    /// <exception cref="ArgumentException">
    /// The output is not linear in the weights; the layer has no bias, and there is a shift; or the number of features differs. Nothing was changed.
    /// </exception>
    public static void ScaleOutputs(this Layer layer, FeatureScaling scaling)
    {
        ArgumentNullException.ThrowIfNull(layer);
        ArgumentNullException.ThrowIfNull(scaling);
        ParameterValues.Write(Folding.Outputs(layer, scaling));
    }

    private static void HasAll(int level, Direction? direction)
    {
        if (level != 0 || direction is not null)
        {
            throw new ArgumentException("A packed buffer has all levels and directions: choose none.", level != 0 ? nameof(level) : nameof(direction));
        }
    }
}
