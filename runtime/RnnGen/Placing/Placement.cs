using RnnGen.CompilerServices;

namespace RnnGen.Checkpoints;

/// <summary>What a file has for all parameters of a model. It was checked; nothing is refused any more.</summary>
/// <param name="file">The file.</param>
/// <param name="tensors">The tensor of every parameter; null for zeros.</param>
/// <param name="result">What was done.</param>
internal sealed class Placement(TensorFile file, IReadOnlyList<(Parameter Parameter, FileTensor? Tensor)> tensors, LoadResult result)
{
    public LoadResult Result => result;

    /// <summary>Finds and checks the tensors of a file that was saved by the model itself: same names, shapes and types, and nothing else.</summary>
    /// <exception cref="CheckpointException">Something differs; the message has everything that does.</exception>
    public static Placement OfOwn(ModelWeights weights, TensorFile file, bool allowNonFinite) =>
        new Placer(weights, file, new LoadOptions { AllowNonFinite = allowNonFinite }, isExact: true).Place();

    /// <summary>Finds and checks the tensors of any file.</summary>
    /// <exception cref="ArgumentException">The options name layers that the model does not have.</exception>
    /// <exception cref="CheckpointException">The tensors do not fit; the message has everything that does not.</exception>
    public static Placement Of(ModelWeights weights, TensorFile file, LoadOptions options) => new Placer(weights, file, options, isExact: false).Place();

    /// <summary>Writes the values, with zeros between them, whatever a diverged training has left there, and the metadata if the file has any.</summary>
    public void ApplyTo(ModelWeights weights)
    {
        weights.MutableValues.Clear();
        foreach ((Parameter parameter, FileTensor? tensor) in tensors)
        {
            if (tensor is not null)
            {
                parameter.Write(tensor.Values.Span, weights.MutableValues);
            }
        }

        if (file.HasMetadata)
        {
            weights.SetMetadata(Checkpoint.WithoutOwn(file.Texts));
        }

        weights.Changed();
    }
}
