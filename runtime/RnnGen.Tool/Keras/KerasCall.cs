using RnnGen.Checkpoints;
using RnnGen.Formats;
using RnnGen.Tool.Import;

namespace RnnGen.Tool.Keras;

/// <summary>A Keras layer that is being imported.</summary>
/// <param name="context">What all layers share.</param>
/// <param name="layer">The layer.</param>
/// <param name="place">The layer as messages call it.</param>
/// <param name="version">The first number of the version of Keras.</param>
internal sealed class KerasCall(ImportContext context, KerasLayer layer, string place, int version) : Call(context, place)
{
    /// <summary>The layer.</summary>
    public KerasLayer Layer { get; } = layer;

    /// <summary>A layer as messages call it.</summary>
    /// <param name="layer">The layer.</param>
    /// <param name="index">Its number in the model.</param>
    public static string Describe(KerasLayer layer, int index) =>
        FormattableString.Invariant($"Layer {index}, '{Printable.Name(layer.Name)}' ({Printable.Name(layer.ClassName ?? "?")})");

    /// <summary>A layer in this one, which has its name.</summary>
    public KerasCall Inner(KerasLayer inner) => new(Context, inner, Place, version);

    /// <summary>A weight.</summary>
    /// <param name="k">Its number among those of the layer.</param>
    /// <param name="shape">Its shape; -1 for any size.</param>
    public ConstantValue Weight(int k, params ReadOnlySpan<int> shape)
    {
        if (k >= Layer.Weights.Count)
        {
            throw Refuse($"expected weight {k}, found {Layer.Weights.Count} weights.");
        }

        FileTensor tensor = Layer.Weights[k];
        bool fits = tensor.Shape.Count == shape.Length;
        for (int axis = 0; fits && axis < shape.Length; axis++)
        {
            fits = tensor.Shape[axis] > 0 && (shape[axis] < 0 || shape[axis] == tensor.Shape[axis]);
        }

        if (!fits)
        {
            throw Refuse($"expected weight {k} of shape {Shapes.Show(shape.ToArray())}, found '{tensor.Name}' of shape {Shapes.Show(tensor.Shape)}.");
        }

        Take(tensor.Shape);
        return new ConstantValue([.. tensor.Shape], Array.ConvertAll(tensor.Values.ToArray(), value => (double)value), isInteger: false);
    }

    /// <summary>A matrix with its rows and columns exchanged: Keras has the inputs first.</summary>
    public double[] Transposed(ConstantValue matrix) => ((ConstantValue)Transpose(matrix, [1, 0])).Numbers;

    /// <summary>A function by Keras' name; null for the identity.</summary>
    /// <param name="name">The name; null for <paramref name="otherwise"/>.</param>
    /// <param name="otherwise">What it is if the file does not tell.</param>
    public Function? FunctionOf(string? name, Activation? otherwise = null)
    {
        switch (name)
        {
            case null:
                return otherwise is { } kind ? new Function(kind) : null;
            case "linear":
                return null;
            case "hard_sigmoid":
                return version >= 3 ? new Function(Activation.HardSigmoid, 1.0 / 6, 0.5) : new Function(Activation.HardSigmoid);
            case "leaky_relu":
                return new Function(Activation.LeakyRelu, 0.2);
            case "tanh" or "sigmoid" or "relu" or "elu" or "softplus" or "softsign":
                return new Function(Function.Find(name)!.Value);
            default:
                throw Refuse($"expected an activation of linear, tanh, sigmoid, hard_sigmoid, relu, leaky_relu, elu, softplus, softsign, found {name}.");
        }
    }
}
