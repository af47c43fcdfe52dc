using System.Text;

namespace RnnGen.Formats;

/// <summary>Finds the members of groups.</summary>
internal static class Hdf5Links
{
    private const int LongestName = 1024;

    /// <summary>Finds the members of a group: in the order in which they were made if the file tells, else by name. Links to other files are left out.</summary>
    /// <exception cref="CheckpointException">The group is broken.</exception>
    public static List<Hdf5Link> Of(Hdf5Source source, Hdf5Header group)
    {
        var links = new List<Hdf5Link>();
        foreach (Hdf5Message message in group.Messages)
        {
            switch (message.Type)
            {
                case Hdf5MessageType.SymbolTable:
                    Hdf5SymbolTable.Read(source, message.Content, links);
                    break;
                case Hdf5MessageType.Link:
                    ReadMessage(source, message.Content, links);
                    break;
                case Hdf5MessageType.LinkInfo:
                    foreach (Hdf5Cursor content in Hdf5DenseStorage.Links(source, message.Content))
                    {
                        ReadMessage(source, content, links);
                    }

                    break;
            }
        }

        return links.TrueForAll(link => link.Order is not null)
            ? [.. links.OrderBy(link => link.Order)]
            : [.. links.OrderBy(link => link.Name, StringComparer.Ordinal)];
    }

    /// <summary>A name of the file as a text.</summary>
    /// <exception cref="CheckpointException">It is too long.</exception>
    public static string Name(Hdf5Source source, ReadOnlySpan<byte> bytes, long address)
    {
        if (bytes.Length > LongestName)
        {
            throw source.Broken(address, $"expected a name of at most {LongestName} bytes, found a longer one. The file is damaged: copy it again.");
        }

        source.CountText(address, bytes.Length);
        return Encoding.UTF8.GetString(bytes);
    }

    private static void ReadMessage(Hdf5Source source, Hdf5Cursor message, List<Hdf5Link> links)
    {
        const int HasOrder = 0x04;
        const int HasType = 0x08;
        const int HasCharacters = 0x10;
        const int IsObject = 0;
        message.Version(1, 1);
        int flags = message.Byte();
        int type = (flags & HasType) != 0 ? message.Byte() : IsObject;
        long? order = (flags & HasOrder) != 0 ? message.Unsigned(sizeof(long)) : null;
        message.Skip((flags & HasCharacters) != 0 ? 1 : 0);
        long length = message.Unsigned(1 << (flags & 3));
        long at = message.Position;
        ReadOnlySpan<byte> name = message.Bytes(length);
        if (type == IsObject)
        {
            links.Add(new Hdf5Link(Name(source, name, at), message.Address(), order));
        }
    }
}
