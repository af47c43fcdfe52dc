namespace RnnGen.Formats;

/// <summary>
/// A value that has no tensors and names none: a float, bytes, a set, a device. It is not kept. Other values of pickles are null, <see cref="bool"/>,
/// <see cref="long"/>, <see cref="string"/>, an array (tuple), a list, and the classes below.
/// </summary>
internal sealed class PickleOpaque
{
    public static readonly PickleOpaque Instance = new();

    private PickleOpaque()
    {
    }
}

/// <summary>A dictionary: its pairs in their order.</summary>
internal sealed class PickleDictionary
{
    public List<KeyValuePair<object?, object?>> Pairs { get; } = [];
}

/// <summary>An object of a class: only what it holds.</summary>
internal sealed class PickleInstance
{
    public object? State { get; set; }
}

/// <summary>A class or function that is known.</summary>
/// <param name="Name">Its full name, such as <c>torch._utils._rebuild_tensor_v2</c>.</param>
/// <param name="Kind">What it stands for.</param>
/// <param name="ElementType">The element type of a storage or dtype, in the spelling of safetensors.</param>
internal sealed record PickleGlobal(string Name, TorchGlobalKind Kind, string? ElementType = null);
