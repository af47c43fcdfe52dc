using RnnGen.CompilerServices;

namespace RnnGen.Checkpoints;

/// <summary>One tensor of a file for each parameter of a model, checked: weights, moments, or anything else that is packed like weights.</summary>
internal sealed class PackedTensors
{
    private readonly (Parameter Parameter, SafetensorsTensor Tensor)[] _tensors;

    /// <summary>Finds the tensors. Nothing is copied: a damaged file takes no memory.</summary>
    /// <param name="weights">The model.</param>
    /// <param name="find">The tensor of a parameter.</param>
    /// <exception cref="CheckpointException">One is missing, or of another shape or type.</exception>
    public PackedTensors(ModelWeights weights, Func<Parameter, SafetensorsTensor> find)
    {
        _tensors = [.. weights.Parameters.Select(parameter => (parameter, find(parameter)))];
        foreach ((Parameter parameter, SafetensorsTensor tensor) in _tensors)
        {
            tensor.Check(ElementType.Float, [.. parameter.Shape]);
        }
    }

    /// <summary>Writes the values into a packed block, and zeros between them, whatever a diverged training has left there.</summary>
    public void CopyTo(Span<float> packed)
    {
        packed.Clear();
        foreach ((Parameter parameter, SafetensorsTensor tensor) in _tensors)
        {
            parameter.Write(tensor.Floats(), packed);
        }
    }
}
