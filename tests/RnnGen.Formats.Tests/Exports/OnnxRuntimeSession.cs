using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace RnnGen.Formats.Tests.Exports;

/// <summary>Runs a graph in ONNX Runtime.</summary>
internal sealed class OnnxRuntimeSession : IDisposable
{
    private readonly InferenceSession _session;

    /// <summary>Loads a graph; skips the test on a machine for which there is no native library.</summary>
    public OnnxRuntimeSession(byte[] file)
    {
        try
        {
            using var options = new SessionOptions { IntraOpNumThreads = 1, InterOpNumThreads = 1 };
            _session = new InferenceSession(file, options);
        }
        catch (Exception e) when (e is DllNotFoundException or TypeInitializationException or BadImageFormatException)
        {
            Assert.Skip($"ONNX Runtime does not run on this machine: {e.Message}");
            throw;
        }
    }

    public string InputName => _session.InputNames[0];

    /// <summary>Runs the graph, and returns its outputs by name, in the order of the graph.</summary>
    public IReadOnlyList<(string Name, int[] Shape, float[] Values)> Run(params IReadOnlyCollection<NamedOnnxValue> inputs)
    {
        using IDisposableReadOnlyCollection<DisposableNamedOnnxValue> results = _session.Run(inputs);
        return [.. results.Select(result => (result.Name, result.AsTensor<float>().Dimensions.ToArray(), result.AsTensor<float>().ToArray()))];
    }

    public static NamedOnnxValue Input(string name, float[] values, params int[] shape) => NamedOnnxValue.CreateFromTensor(name, new DenseTensor<float>(values, shape));

    public static NamedOnnxValue Tokens(string name, int[] values, params int[] shape) =>
        NamedOnnxValue.CreateFromTensor(name, new DenseTensor<long>(values.Select(value => (long)value).ToArray(), shape));

    public void Dispose() => _session.Dispose();
}
