using System.Collections.Frozen;

namespace RnnGen.Formats;

/// <summary>What a known class or function stands for.</summary>
internal enum TorchGlobalKind
{
    Dictionary,
    Tensor,
    Parameter,
    Storage,
    UntypedStorage,
    ElementType,
    List,
    FirstArgument,
    Opaque,
    Instance,
}

/// <summary>
/// The classes and functions that pickles of PyTorch name. The list is fixed, and what is on it is built here: nothing is called, and no type is
/// found by its name.
/// </summary>
internal static class TorchGlobals
{
    private const string ScriptPrefix = "__torch__.";

    private static readonly FrozenDictionary<string, PickleGlobal> Known = All().ToFrozenDictionary(global => global.Name, StringComparer.Ordinal);

    /// <summary>What to do with a file that is refused.</summary>
    public static FormattableString Advice => $"In Python: torch.save(model.state_dict(), path).";

    /// <summary>Finds a class or function.</summary>
    /// <exception cref="CheckpointException">It is not known.</exception>
    public static PickleGlobal Find(PickleReader reader, string module, string name, bool isScript)
    {
        string full = $"{module}.{name}";
        return Known.TryGetValue(full, out PickleGlobal? global) ? global
            : isScript && full.StartsWith(ScriptPrefix, StringComparison.Ordinal) ? new PickleGlobal(full, TorchGlobalKind.Instance)
            : throw reader.Wrong($"expected tensors in dictionaries and lists, found '{full}', which is not read: it could run anything. {Advice}", CheckpointReason.Type);
    }

    /// <summary>What a call gives.</summary>
    /// <exception cref="CheckpointException">It is none that is known.</exception>
    public static object? Call(PickleReader reader, object? function, object? arguments)
    {
        if (function is not PickleGlobal global || arguments is not object?[] values)
        {
            throw reader.Wrong($"expected a call of a known function, found {Describe(function)} with {Describe(arguments)}. {Advice}");
        }

        return global.Kind switch
        {
            TorchGlobalKind.Dictionary => Dictionary(reader, global, values),
            TorchGlobalKind.Tensor => TorchTensor.Rebuild(reader, global, values),
            TorchGlobalKind.Parameter => values is [TorchTensor, ..] ? values[0] : throw WrongArguments(reader, global, "a tensor"),
            TorchGlobalKind.List => values is [List<object?>] ? values[0] : throw WrongArguments(reader, global, "a list"),
            TorchGlobalKind.FirstArgument => values.Length > 0 ? values[0] : throw WrongArguments(reader, global, "a value"),
            TorchGlobalKind.Opaque => PickleOpaque.Instance,
            TorchGlobalKind.Instance => new PickleInstance(),
            _ => throw reader.Wrong($"expected a call of a known function, found one of {global.Name}. {Advice}"),
        };
    }

    /// <summary>A new object of a class.</summary>
    /// <exception cref="CheckpointException">The class is none that is known.</exception>
    public static object New(PickleReader reader, object? type) => type switch
    {
        PickleGlobal { Kind: TorchGlobalKind.Instance } => new PickleInstance(),
        PickleGlobal { Kind: TorchGlobalKind.Dictionary } => new PickleDictionary(),
        PickleGlobal { Kind: TorchGlobalKind.Opaque } => PickleOpaque.Instance,
        _ => throw reader.Wrong($"expected a new object of a known class, found {Describe(type)}. {Advice}"),
    };

    /// <summary>What a value is called in messages.</summary>
    public static string Describe(object? value) => value switch
    {
        null => "None",
        bool => "a truth value",
        long => "a number",
        string => "a text",
        object?[] => "a tuple",
        List<object?> => "a list",
        PickleDictionary => "a dictionary",
        PickleGlobal global => global.Name,
        TorchTensor => "a tensor",
        TorchStorage => "a storage",
        _ => "an object",
    };

    /// <summary>The exception for a call with wrong arguments.</summary>
    public static CheckpointException WrongArguments(PickleReader reader, PickleGlobal function, string expected) =>
        reader.Wrong($"expected {expected} for {function.Name}, found other arguments.");

    /// <summary>An ordered dictionary: a new one, or that of a list of pairs.</summary>
    private static PickleDictionary Dictionary(PickleReader reader, PickleGlobal function, object?[] arguments)
    {
        var dictionary = new PickleDictionary();
        List<object?> pairs = arguments switch
        {
            [] => [],
            [List<object?> list] => list,
            _ => throw WrongArguments(reader, function, "nothing or a list of pairs"),
        };

        // The same list may be given to many calls.
        reader.Take(pairs.Count);
        foreach (object? pair in pairs)
        {
            (object? key, object? value) = pair switch
            {
                object?[] and [var first, var second] => (first, second),
                List<object?> and [var first, var second] => (first, second),
                _ => throw WrongArguments(reader, function, "a list of pairs"),
            };
            dictionary.Pairs.Add(new(key, value));
        }

        return dictionary;
    }

    private static IEnumerable<PickleGlobal> All() =>
    [
        new("collections.OrderedDict", TorchGlobalKind.Dictionary),
        new("torch._utils._rebuild_tensor", TorchGlobalKind.Tensor),
        new("torch._utils._rebuild_tensor_v2", TorchGlobalKind.Tensor),
        new(TorchTensor.WithElementType, TorchGlobalKind.Tensor),
        new("torch._utils._rebuild_parameter", TorchGlobalKind.Parameter),
        new("torch._utils._rebuild_parameter_with_state", TorchGlobalKind.Parameter),
        new("torch.Size", TorchGlobalKind.FirstArgument),
        new("torch.device", TorchGlobalKind.Opaque),
        .. Storages("torch."),

        // Files of before PyTorch 0.4 have the storages of GPUs.
        .. Storages("torch.cuda."),
        new("torch.UntypedStorage", TorchGlobalKind.UntypedStorage),
        new("torch.storage.UntypedStorage", TorchGlobalKind.UntypedStorage),
        new("torch.float32", TorchGlobalKind.ElementType, "F32"),
        new("torch.float64", TorchGlobalKind.ElementType, "F64"),
        new("torch.float16", TorchGlobalKind.ElementType, "F16"),
        new("torch.bfloat16", TorchGlobalKind.ElementType, "BF16"),
        new("torch.int64", TorchGlobalKind.ElementType, "I64"),
        new("torch.int32", TorchGlobalKind.ElementType, "I32"),
        new("torch.int16", TorchGlobalKind.ElementType, "I16"),
        new("torch.int8", TorchGlobalKind.ElementType, "I8"),
        new("torch.uint64", TorchGlobalKind.ElementType, "U64"),
        new("torch.uint32", TorchGlobalKind.ElementType, "U32"),
        new("torch.uint16", TorchGlobalKind.ElementType, "U16"),
        new("torch.uint8", TorchGlobalKind.ElementType, "U8"),
        new("torch.bool", TorchGlobalKind.ElementType, "BOOL"),

        // Attributes of modules of TorchScript.
        new("torch.jit._pickle.build_intlist", TorchGlobalKind.List),
        new("torch.jit._pickle.build_doublelist", TorchGlobalKind.List),
        new("torch.jit._pickle.build_boollist", TorchGlobalKind.List),
        new("torch.jit._pickle.build_tensorlist", TorchGlobalKind.List),
        new("torch.jit._pickle.restore_type_tag", TorchGlobalKind.FirstArgument),

        // What training scripts put beside the weights: a loss as a number of NumPy, arguments, sets.
        new("numpy.core.multiarray.scalar", TorchGlobalKind.Opaque),
        new("numpy._core.multiarray.scalar", TorchGlobalKind.Opaque),
        new("numpy.dtype", TorchGlobalKind.Opaque),
        new("_codecs.encode", TorchGlobalKind.Opaque),
        new("__builtin__.set", TorchGlobalKind.Opaque),
        new("builtins.set", TorchGlobalKind.Opaque),
        new("argparse.Namespace", TorchGlobalKind.Instance),
    ];

    private static IEnumerable<PickleGlobal> Storages(string module) =>
    [
        new($"{module}FloatStorage", TorchGlobalKind.Storage, "F32"),
        new($"{module}DoubleStorage", TorchGlobalKind.Storage, "F64"),
        new($"{module}HalfStorage", TorchGlobalKind.Storage, "F16"),
        new($"{module}BFloat16Storage", TorchGlobalKind.Storage, "BF16"),
        new($"{module}LongStorage", TorchGlobalKind.Storage, "I64"),
        new($"{module}IntStorage", TorchGlobalKind.Storage, "I32"),
        new($"{module}ShortStorage", TorchGlobalKind.Storage, "I16"),
        new($"{module}CharStorage", TorchGlobalKind.Storage, "I8"),
        new($"{module}ByteStorage", TorchGlobalKind.Storage, "U8"),
        new($"{module}BoolStorage", TorchGlobalKind.Storage, "BOOL"),
    ];
}
