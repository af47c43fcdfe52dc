using RnnGen.CompilerServices;

namespace RnnGen.Checkpoints;

/// <summary>What a file has for all parameters of a model. It was checked; nothing is refused any more.</summary>
/// <param name="file">The file.</param>
/// <param name="parameters">All parameters.</param>
/// <param name="tensors">The tensor of each; null for zeros.</param>
internal sealed class Placement(TensorFile file, IReadOnlyList<Parameter> parameters, IReadOnlyList<FileTensor?> tensors)
{
    /// <summary>Finds and checks the tensors of a file that was saved by the model itself: same names, shapes and types, and nothing else.</summary>
    /// <exception cref="CheckpointException">Something differs; the message has everything that does.</exception>
    public static Placement OfOwn(ModelWeights weights, TensorFile file, bool allowNonFinite) =>
        new Placer(weights, file, new LoadOptions { AllowNonFinite = allowNonFinite }, isExact: true).Place(out _);

    /// <summary>Finds and checks the tensors of any file.</summary>
    /// <param name="weights">The model.</param>
    /// <param name="file">The file.</param>
    /// <param name="options">What may differ.</param>
    /// <param name="result">What was done.</param>
    /// <exception cref="ArgumentException">The options name layers that the model does not have.</exception>
    /// <exception cref="CheckpointException">The tensors do not fit; the message has everything that does not.</exception>
    public static Placement Of(ModelWeights weights, TensorFile file, LoadOptions options, out LoadResult result) =>
        new Placer(weights, file, options, isExact: false).Place(out result);

    /// <summary>Writes the values, with zeros between them, whatever a diverged training has left there, and the metadata if the file has any.</summary>
    public void ApplyTo(ModelWeights weights)
    {
        weights.MutableValues.Clear();
        for (int k = 0; k < parameters.Count; k++)
        {
            if (tensors[k] is FileTensor tensor)
            {
                parameters[k].Write(tensor.Values.Span, weights.MutableValues);
            }
        }

        if (file.HasMetadata)
        {
            weights.SetMetadata(Checkpoint.WithoutOwn(file.Texts));
        }

        weights.Changed();
    }
}
