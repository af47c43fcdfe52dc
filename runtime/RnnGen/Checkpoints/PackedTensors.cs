using RnnGen.CompilerServices;

namespace RnnGen.Checkpoints;

/// <summary>One checked tensor of a file for each parameter of a model: moments, averages, or anything else that is packed like weights.</summary>
internal sealed class PackedTensors
{
    private readonly (Parameter Parameter, SafetensorsTensor Tensor)[] _tensors;

    /// <summary>Finds and checks the tensors. Nothing is copied: a damaged file allocates nothing.</summary>
    /// <param name="weights">The model.</param>
    /// <param name="find">Finds the tensor of a parameter.</param>
    /// <exception cref="CheckpointException">A tensor is missing, or has the wrong shape or type.</exception>
    public PackedTensors(ModelWeights weights, Func<Parameter, SafetensorsTensor> find)
    {
        _tensors = [.. weights.Parameters.Select(parameter => (parameter, find(parameter)))];
        foreach ((Parameter parameter, SafetensorsTensor tensor) in _tensors)
        {
            tensor.Check(ElementType.Float, [.. parameter.Shape]);
        }
    }

    /// <summary>Writes the values to a packed block, with zeros between them, whatever a diverged training has left there.</summary>
    public void CopyTo(Span<float> packed)
    {
        packed.Clear();
        foreach ((Parameter parameter, SafetensorsTensor tensor) in _tensors)
        {
            parameter.Write(tensor.Floats(), packed);
        }
    }
}
