namespace RnnGen.Formats;

/// <summary>Reads trees of version 1: those of groups, and those of datasets in chunks.</summary>
internal static class Hdf5Tree
{
    /// <summary>The tree of a group.</summary>
    public const int Groups = 0;

    /// <summary>The tree of a dataset in chunks.</summary>
    public const int Chunks = 1;

    // A level has a hundred times the nodes of the one above.
    private const int MostLevels = 16;

    /// <summary>Finds what the leaves of a group's tree point to, in order.</summary>
    /// <exception cref="CheckpointException">The tree is broken.</exception>
    public static IEnumerable<long> Children(Hdf5Source source, long root, int type)
    {
        foreach (Hdf5Cursor entry in Entries(source, root, type, keySize: source.LengthSize))
        {
            Hdf5Cursor pair = entry;
            pair.Skip(source.LengthSize);
            yield return pair.Address();
        }
    }

    /// <summary>Finds the entries of the leaves of a tree, in order: a key and an address each.</summary>
    /// <exception cref="CheckpointException">The tree is broken.</exception>
    public static IEnumerable<Hdf5Cursor> Entries(Hdf5Source source, long root, int type, int keySize)
    {
        var nodes = new Stack<(long Address, int Level)>();
        nodes.Push((root, -1));
        while (nodes.TryPop(out (long Address, int Level) next))
        {
            (int level, Hdf5Cursor node, int count) = Open(source, next.Address, next.Level, type);
            int size = keySize + source.OffsetSize;
            if (level > 0)
            {
                PushChildren(source, nodes, node, count, keySize, level - 1);
                continue;
            }

            for (int k = 0; k < count; k++)
            {
                source.Count(node.Position);
                yield return node.Part(size, "an entry of a tree");
            }
        }
    }

    private static (int Level, Hdf5Cursor Node, int Count) Open(Hdf5Source source, long address, int expected, int type)
    {
        source.Visit(address, "a node of a tree");
        Hdf5Cursor node = source.At(address, "a node of a tree");
        node.Signature("TREE"u8);
        int found = node.Byte();
        int level = node.Byte();
        int count = node.UInt16();
        node.Address();
        node.Address();
        if (found != type || level > MostLevels || (expected >= 0 && level != expected))
        {
            throw source.Broken(
                address, $"expected a node of type {type} and level {Math.Max(0, expected)}, found type {found} and level {level}. The file is damaged: copy it again.");
        }

        return (level, node, count);
    }

    private static void PushChildren(Hdf5Source source, Stack<(long Address, int Level)> nodes, Hdf5Cursor node, int count, int keySize, int level)
    {
        var children = new List<(long Address, int Level)>();
        for (int k = 0; k < count; k++)
        {
            source.Count(node.Position);
            node.Skip(keySize);
            children.Add((node.Address(), level));
        }

        // The first one is read first.
        for (int k = children.Count - 1; k >= 0; k--)
        {
            nodes.Push(children[k]);
        }
    }
}
