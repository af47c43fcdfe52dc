namespace RnnGen.Formats;

/// <summary>A group or a dataset.</summary>
internal sealed class Hdf5Object
{
    private readonly Hdf5Source _source;

    /// <summary>Reads the header of an object.</summary>
    /// <exception cref="CheckpointException">It is broken.</exception>
    public Hdf5Object(Hdf5Source source, long address)
    {
        _source = source;
        Header = new Hdf5Header(source, address);
    }

    /// <summary>What is said about it.</summary>
    public Hdf5Header Header { get; }

    /// <summary>Whether it has elements.</summary>
    public bool IsDataset => Header.Find(Hdf5MessageType.Layout) is not null;

    /// <summary>Reads the attributes.</summary>
    /// <exception cref="CheckpointException">One is broken.</exception>
    public List<Hdf5Attribute> Attributes()
    {
        var attributes = new List<Hdf5Attribute>();
        foreach (Hdf5Message message in Header.Messages)
        {
            if (message.Type == Hdf5MessageType.Attribute && !message.IsShared)
            {
                Add(message.Content);
            }
            else if (message.Type == Hdf5MessageType.AttributeInfo)
            {
                foreach (Hdf5Cursor content in Hdf5DenseStorage.Attributes(_source, message.Content))
                {
                    Add(content);
                }
            }
        }

        return attributes;

        void Add(Hdf5Cursor content)
        {
            if (Hdf5Attribute.Read(_source, content) is { } attribute)
            {
                attributes.Add(attribute);
            }
        }
    }
}
