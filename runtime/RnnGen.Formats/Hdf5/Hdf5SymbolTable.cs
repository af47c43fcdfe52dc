namespace RnnGen.Formats;

/// <summary>Reads the members of a group that are in a tree of tables, the older way, which is still the usual one.</summary>
internal static class Hdf5SymbolTable
{
    /// <summary>Adds the members of a group.</summary>
    /// <exception cref="CheckpointException">The group is broken.</exception>
    public static void Read(Hdf5Source source, Hdf5Cursor message, List<Hdf5Link> links)
    {
        long tree = message.Address();
        Hdf5Cursor names = Names(source, message.Address());
        foreach (long table in Hdf5Tree.Children(source, tree, Hdf5Tree.Groups))
        {
            ReadTable(source, table, names, links);
        }
    }

    private static Hdf5Cursor Names(Hdf5Source source, long address)
    {
        source.Visit(address, "the names of a group");
        Hdf5Cursor heap = source.At(address, "the names of a group");
        heap.Signature("HEAP"u8);
        heap.Version(0, 0);
        heap.Skip(3);
        long length = heap.Length();
        heap.Length();
        return source.At(heap.Address(), length, "the names of a group");
    }

    private static void ReadTable(Hdf5Source source, long address, Hdf5Cursor names, List<Hdf5Link> links)
    {
        const uint IsLink = 2;
        const int Scratch = 16;
        source.Visit(address, "a table of a group");
        Hdf5Cursor table = source.At(address, "a table of a group");
        table.Signature("SNOD"u8);
        table.Version(1, 1);
        table.Skip(1);
        int count = table.UInt16();
        for (int k = 0; k < count; k++)
        {
            source.Count(table.Position);
            long name = table.Address();
            long header = table.Address();
            uint kind = table.UInt32();
            table.Skip(4 + Scratch);
            if (kind != IsLink)
            {
                links.Add(new Hdf5Link(ReadName(source, names, name), header, null));
            }
        }
    }

    private static string ReadName(Hdf5Source source, Hdf5Cursor names, long offset)
    {
        names.Skip(offset);
        long at = names.Position;
        ReadOnlySpan<byte> name = names.Bytes(Math.Min(names.Remaining, 2048));
        int end = name.IndexOf((byte)0);
        return end >= 0
            ? Hdf5Links.Name(source, name[..end], at)
            : throw source.Broken(at, $"expected a name that ends with a zero, found none. The file is damaged: copy it again.");
    }
}
