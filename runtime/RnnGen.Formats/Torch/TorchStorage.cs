namespace RnnGen.Formats;

/// <summary>Memory that tensors lie in, and perhaps share.</summary>
/// <param name="Key">Its name in the file.</param>
/// <param name="ElementType">Its element type; null where its tensors say.</param>
/// <param name="Count">Number of elements; of bytes where it has no type.</param>
/// <param name="First">Where the part of it starts that tensors lie in. Only files of before PyTorch 0.4 have parts.</param>
/// <param name="Length">How many elements that part has.</param>
internal sealed record TorchStorage(string Key, string? ElementType, long Count, long First, long Length)
{
    /// <summary>The bytes that the file has of it.</summary>
    public Int128 Size => (Int128)Count * (ElementType is null ? 1 : Elements.SizeOf(ElementType));

    /// <summary>The storage that a pickle refers to.</summary>
    /// <exception cref="CheckpointException">It refers to something else.</exception>
    public static TorchStorage Load(PickleReader reader, object? id)
    {
        if (id is not object?[] and not null)
        {
            throw reader.Wrong($"expected a reference to a storage, found {TorchGlobals.Describe(id)}. {TorchGlobals.Advice}");
        }

        var parts = (object?[]?)id;
        if (parts is not ["storage", PickleGlobal { Kind: TorchGlobalKind.Storage or TorchGlobalKind.UntypedStorage } type, _, _, long and >= 0, ..])
        {
            string kind = parts is [string text, ..] ? $"'{text}'" : "something else";
            throw reader.Wrong($"expected a reference to a storage, found one to {kind}. {TorchGlobals.Advice}");
        }

        string key = parts[2] switch
        {
            string text => text,
            long number => FormattableString.Invariant($"{number}"),
            _ => throw reader.Wrong($"expected the name of a storage, found {TorchGlobals.Describe(parts[2])}."),
        };
        long count = (long)parts[4]!;
        return parts.Length == 5 || (parts.Length == 6 && parts[5] is null) ? new TorchStorage(key, type.ElementType, count, 0, count)
            : type.ElementType is not null && parts[5] is object?[] and [_, long first, long length] && first >= 0 && length >= 0 && first <= count - length
                ? new TorchStorage(key, type.ElementType, count, first, length)
            : throw reader.Wrong($"expected a part of a storage of {count} elements, found another.");
    }
}
