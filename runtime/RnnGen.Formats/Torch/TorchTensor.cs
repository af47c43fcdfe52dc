namespace RnnGen.Formats;

/// <summary>A tensor as a pickle describes it: a view of a storage.</summary>
/// <param name="Storage">What it lies in.</param>
/// <param name="ElementType">Its element type in the spelling of safetensors.</param>
/// <param name="First">The place of its first element in the storage.</param>
/// <param name="Shape">Its shape.</param>
/// <param name="Strides">How many elements of the storage the next element of each dimension is away.</param>
/// <param name="Count">Number of elements.</param>
internal sealed record TorchTensor(TorchStorage Storage, string ElementType, long First, int[] Shape, long[] Strides, int Count)
{
    /// <summary>The function for element types that have no storage of their own, such as uint16: the type is an argument.</summary>
    public const string WithElementType = "torch._utils._rebuild_tensor_v3";

    /// <summary>Whether the elements lie one after the other, the last dimension fastest.</summary>
    public bool IsContiguous
    {
        get
        {
            long[] contiguous = StridedWalk.Contiguous(Shape);
            for (int d = 0; d < Shape.Length; d++)
            {
                if (Shape[d] != 1 && Strides[d] != contiguous[d])
                {
                    return false;
                }
            }

            return true;
        }
    }

    /// <summary>The tensor that a call builds: a storage, the first element, shape and strides, and what does not matter here.</summary>
    /// <exception cref="CheckpointException">The arguments are others, or the tensor does not lie in its storage.</exception>
    public static TorchTensor Rebuild(PickleReader reader, PickleGlobal function, object?[] arguments)
    {
        if (arguments is not [TorchStorage storage, long first, object?[] sizes, object?[] steps, ..])
        {
            throw TorchGlobals.WrongArguments(reader, function, "a storage, an offset, a shape and strides");
        }

        bool isTyped = function.Name == WithElementType;
        string type = isTyped && storage.ElementType is null && arguments is [_, _, _, _, _, _, PickleGlobal { Kind: TorchGlobalKind.ElementType } given, ..]
            ? given.ElementType!
            : !isTyped && storage.ElementType is string own ? own
            : throw TorchGlobals.WrongArguments(reader, function, "an element type that becomes floats");
        int metadata = isTyped ? 7 : 6;
        if (arguments.Length > metadata && arguments[metadata] is PickleDictionary { Pairs.Count: > 0 })
        {
            // It may say that the elements are to be negated.
            throw reader.Wrong($"expected a tensor as it lies in memory, found one with metadata. In Python: tensor.resolve_neg().clone().", CheckpointReason.Type);
        }

        if (!FileShape.TryRead(Numbers(reader, sizes), out int[] shape, out int count))
        {
            throw reader.Wrong($"expected at most {Limits.Rank} dimensions and 2^31 elements, found shape ({string.Join(", ", sizes)}).", CheckpointReason.Shape);
        }

        long[] strides = Numbers(reader, steps);
        var tensor = new TorchTensor(storage, type, storage.First + first, shape, strides, count);
        return first >= 0 && first <= storage.Length && strides.Length == shape.Length && strides.All(stride => stride >= 0) && tensor.IsInside()
            ? tensor
            : throw reader.Wrong(
                $"expected a tensor inside of its storage of {storage.Length} elements, found shape ({string.Join(", ", shape)}), strides ({string.Join(", ", strides)}) and offset {first}.", CheckpointReason.Shape);
    }

    private static long[] Numbers(PickleReader reader, object?[] values) =>
        [.. values.Select(value => value as long? ?? throw reader.Wrong($"expected whole numbers as shape and strides, found {TorchGlobals.Describe(value)}."))];

    private bool IsInside()
    {
        Int128 last = First;
        for (int d = 0; d < Shape.Length; d++)
        {
            last += (Int128)(Shape[d] - 1) * Strides[d];
        }

        // An untyped storage has bytes.
        Int128 size = Storage.ElementType is null ? Elements.SizeOf(ElementType) : 1;
        return Count == 0 || (last + 1) * size <= Storage.First + (Int128)Storage.Length;
    }
}
