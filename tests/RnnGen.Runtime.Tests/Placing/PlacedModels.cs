using System.Runtime.InteropServices;
using RnnGen.Checkpoints;
using RnnGen.Tests.Models;

namespace RnnGen.Tests.Placing;

[RnnModel(inputSize: 3, sequenceLength: 8)]
internal sealed partial class Sensor
{
    [Lstm(4)]
    public partial Layer Memory { get; }

    [Linear(2)]
    public partial Layer Answer { get; }
}

/// <summary>Three layers whose tensors have the same shapes.</summary>
[RnnModel(inputSize: 4, sequenceLength: 8)]
internal sealed partial class Alike
{
    [Dense(4)]
    public partial Layer First { get; }

    [Dense(4)]
    public partial Layer Second { get; }

    [Linear(4)]
    public partial Layer Third { get; }
}

/// <summary>Files that a model did not write.</summary>
internal static class Foreign
{
    /// <summary>The tensors of a model, each changed at will.</summary>
    public static FileTensor[] Tensors(IRnnModel model, Func<FileTensor, FileTensor>? change = null) =>
    [
        .. from layer in model.Layers
           from parameter in layer.Parameters
           select (change ?? (tensor => tensor))(new FileTensor(parameter.FullName, "F32", parameter.Shape, TestNumbers.Values(parameter))),
    ];

    public static TensorFile File(params IEnumerable<FileTensor> tensors) => new("test file", "a file", tensors);

    public static TensorFile File(IRnnModel model, Func<FileTensor, FileTensor>? change = null) => File(Tensors(model, change));

    /// <summary>The same tensors under other names.</summary>
    public static TensorFile Named(IRnnModel model, Func<string, string> name) => File(model, tensor => tensor.Named(name(tensor.Name)));

    public static FileTensor Named(this FileTensor tensor, string name) => new(name, tensor.ElementType, tensor.Shape, tensor.Values);

    public static FileTensor Shaped(this FileTensor tensor, params int[] shape) => new(tensor.Name, tensor.ElementType, shape, tensor.Values);

    /// <summary>Loads a file that must be refused, and checks that the model is unchanged.</summary>
    public static CheckpointException Refused<TModel>(TensorFile file, LoadOptions? options = null)
        where TModel : class, IRnnModel, IRnnModelFactory<TModel>
    {
        TModel model = TModel.Create(seed: 9);
        model.Metadata["kept"] = "yes";
        float[] weights = model.Parameters.ToArray();

        var e = Assert.Throws<CheckpointException>(() => model.LoadWeights(file, options));

        Same.Bits(weights, model.Parameters, "weights");
        Assert.Equal("yes", model.Metadata["kept"]);
        Assert.DoesNotContain(e.Message, letter => char.IsControl(letter) && letter != '\n');
        return e;
    }

    /// <summary>A safetensors file with tensors of any type.</summary>
    public static byte[] Safetensors(params (string Name, string Type, int[] Shape, byte[] Data)[] tensors)
    {
        int offset = 0;
        var entries = new List<string>();
        foreach ((string name, string type, int[] shape, byte[] data) in tensors)
        {
            entries.Add($"\"{name}\":{{\"dtype\":\"{type}\",\"shape\":[{string.Join(',', shape)}],\"data_offsets\":[{offset},{offset += data.Length}]}}");
        }

        byte[] header = System.Text.Encoding.UTF8.GetBytes("{" + string.Join(',', entries) + "}");
        return [.. BitConverter.GetBytes((long)header.Length), .. header, .. tensors.SelectMany(tensor => tensor.Data)];
    }

    /// <summary>A model as such a file.</summary>
    public static byte[] Safetensors<T>(IRnnModel model, string type, Func<float, T> convert)
        where T : unmanaged =>
        Safetensors([.. Tensors(model).Select(tensor => (
            tensor.Name, type, tensor.Shape.ToArray(), MemoryMarshal.AsBytes<T>([.. tensor.Values.ToArray().Select(convert)]).ToArray()))]);
}
