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

    private static void HasAll(int level, Direction? direction)
    {
        if (level != 0 || direction is not null)
        {
            throw new ArgumentException("A packed buffer has all levels and directions: choose none.", level != 0 ? nameof(level) : nameof(direction));
        }
    }
}
