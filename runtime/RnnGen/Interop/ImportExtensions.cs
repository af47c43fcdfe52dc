using RnnGen.Interop;

namespace RnnGen;

/// <summary>Weights of whole models in the layouts of other libraries.</summary>
public static class ImportExtensions
{
    /// <summary>
    /// Replaces all weights of a model by those of another library, given without names in the order of the layers, as Keras' <c>get_weights</c> returns them:
    /// <c>model.Import([.. file.Tensors], WeightLayout.Keras)</c>.
    /// <para>
    /// Of a recurrent layer, these are for each level and direction (forward first) the matrices of x, the matrices of h, the biases, peepholes, the projection, initial h and c, of which
    /// there are as many as the declaration of the layer and the layout say. Of another layer with weights, it is the weight, then the bias; a matrix is transposed if those of the layout are.
    /// </para>
    /// </summary>
    /// <param name="model">The model.</param>
    /// <param name="arrays">The weights.</param>
    /// <param name="layout">How they are arranged.</param>
    /// <exception cref="ArgumentException">
    /// There are more or fewer arrays than the layers have, or one of another shape; or a layer is declared with other options than the layout needs. The message has the layer, the expected
    /// and the actual value. Nothing was changed.
    /// </exception>
    public static void Import(this IRnnModel model, IReadOnlyList<WeightTensor> arrays, WeightLayout layout)
    {
        ArgumentNullException.ThrowIfNull(layout);
        model.Import(arrays, _ => layout);
    }

    /// <inheritdoc cref="Import(IRnnModel, IReadOnlyList{WeightTensor}, WeightLayout)"/>
    /// <param name="model">The model.</param>
    /// <param name="arrays">The weights.</param>
    /// <param name="layouts">The layout of each layer that has weights.</param>
    public static void Import(this IRnnModel model, IReadOnlyList<WeightTensor> arrays, Func<Layer, WeightLayout> layouts)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(arrays);
        ArgumentNullException.ThrowIfNull(layouts);
        ParameterValues.Write(OrderedWeights.Read(model, arrays, layouts));
    }
}
