using RnnGen.CompilerServices;

namespace RnnGen.Checkpoints;

/// <summary>
/// Loads a file that the model itself has saved. A new process compiles this instead of the placer and all that it calls, which takes longer than reading
/// the file.
/// </summary>
internal static class OwnFile
{
    /// <summary>Replaces all weights and the metadata if the file has exactly the tensors of the model, apart from those that are added to them.</summary>
    /// <param name="weights">The model; unchanged if anything differs, and <see cref="Placer"/> says what does.</param>
    /// <param name="file">The file.</param>
    /// <returns>Whether nothing differs.</returns>
    public static bool TryLoad(ModelWeights weights, SafetensorsFile file)
    {
        int found = 0;
        foreach (Layer layer in weights.Layers)
        {
            foreach (Parameter parameter in layer.Stored)
            {
                if (!file.Tensors.TryGetValue(parameter.FullName, out SafetensorsTensor? tensor) || !IsExact(tensor, parameter))
                {
                    return false;
                }

                found++;
            }
        }

        foreach (string name in file.Tensors.Keys)
        {
            found -= Checkpoint.IsAddition(name) ? 0 : 1;
        }

        if (found != 0)
        {
            return false;
        }

        weights.MutableValues.Clear();
        foreach (Layer layer in weights.Layers)
        {
            foreach (Parameter parameter in layer.Stored)
            {
                parameter.Write(file[parameter.FullName].Floats(), weights.MutableValues);
            }
        }

        weights.SetMetadata(Checkpoint.WithoutOwn(file.Metadata));
        weights.Changed();
        return true;
    }

    private static bool IsExact(SafetensorsTensor tensor, Parameter parameter)
    {
        IReadOnlyList<int> shape = parameter.Shape;
        bool isExact = tensor.Dtype == ElementType.Float && tensor.Shape.Length == shape.Count;
        for (int k = 0; isExact && k < shape.Count; k++)
        {
            isExact = tensor.Shape[k] == shape[k];
        }

        return isExact && NonFiniteValues.Find(tensor.Floats()) < 0;
    }
}
