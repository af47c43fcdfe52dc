namespace RnnGen.Formats;

/// <summary>Finds the links and attributes of objects that have many: in a heap, listed by a tree.</summary>
internal static class Hdf5DenseStorage
{
    /// <summary>The link messages of a group.</summary>
    /// <exception cref="CheckpointException">The heap or the tree is broken.</exception>
    public static IEnumerable<Hdf5Cursor> Links(Hdf5Source source, Hdf5Cursor info)
    {
        const int TypeOfTree = 5;
        const int BeforeIdentifier = 4;
        return Read(source, info, orderSize: 8, TypeOfTree, BeforeIdentifier);
    }

    /// <summary>The attribute messages of an object.</summary>
    /// <exception cref="CheckpointException">The heap or the tree is broken.</exception>
    public static IEnumerable<Hdf5Cursor> Attributes(Hdf5Source source, Hdf5Cursor info)
    {
        const int TypeOfTree = 8;
        const int BeforeIdentifier = 0;
        return Read(source, info, orderSize: 2, TypeOfTree, BeforeIdentifier);
    }

    private static IEnumerable<Hdf5Cursor> Read(Hdf5Source source, Hdf5Cursor info, int orderSize, int type, int before)
    {
        const int HasOrder = 0x01;
        info.Version(0, 0);
        int flags = info.Byte();
        info.Skip((flags & HasOrder) != 0 ? orderSize : 0);
        long heapAddress = info.Address();
        long tree = info.Address();
        if (heapAddress == Hdf5Source.Undefined)
        {
            // There are few: they are in the header.
            yield break;
        }

        var heap = new Hdf5FractalHeap(source, heapAddress);
        foreach (Hdf5Cursor record in Hdf5RecordTree.Records(source, tree, type))
        {
            Hdf5Cursor identifier = record;
            identifier.Skip(before);
            yield return heap.Find(identifier);
        }
    }
}
