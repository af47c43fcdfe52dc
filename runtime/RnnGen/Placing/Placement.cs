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
        Exactly(weights, file, allowNonFinite) ?? new Placer(weights, file, new LoadOptions { AllowNonFinite = allowNonFinite }, isExact: true).Place(out _);

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
                parameters[k].Write(tensor.Span, weights.MutableValues);
            }
        }

        if (file.HasMetadata)
        {
            weights.SetMetadata(Checkpoint.WithoutOwn(file.Texts));
        }

        weights.Changed();
    }

    /// <summary>
    /// The placement if nothing differs, else null, and <see cref="Placer"/> says what does. A new process compiles this instead of the placer and all that it
    /// calls, which takes longer than reading the file.
    /// </summary>
    private static Placement? Exactly(ModelWeights weights, TensorFile file, bool allowNonFinite)
    {
        var parameters = new List<Parameter>();
        var tensors = new List<FileTensor>();
        foreach (Layer layer in weights.Layers)
        {
            foreach (Parameter parameter in layer.Stored)
            {
                if (file.Find(parameter.FullName) is not FileTensor tensor || !IsExact(tensor, parameter, allowNonFinite))
                {
                    return null;
                }

                parameters.Add(parameter);
                tensors.Add(tensor);
            }
        }

        int others = 0;
        foreach (FileTensor tensor in file.Tensors)
        {
            others += Checkpoint.IsAddition(tensor.Name) ? 0 : 1;
        }

        return others == tensors.Count ? new Placement(file, parameters, tensors) : null;
    }

    private static bool IsExact(FileTensor tensor, Parameter parameter, bool allowNonFinite)
    {
        bool isExact = tensor.ElementType == ElementType.Float && tensor.Shape.Count == parameter.Shape.Count;
        for (int k = 0; isExact && k < parameter.Shape.Count; k++)
        {
            isExact = tensor.Shape[k] == parameter.Shape[k];
        }

        return isExact && (allowNonFinite || NonFiniteValues.Find(tensor.Span) < 0);
    }
}
