namespace RnnGen.Formats;

/// <summary>The header of a group or a dataset: a list of messages.</summary>
internal sealed class Hdf5Header
{
    // Attributes are the only messages an object has many of, and few of those.
    private const int MostMessages = 10_000;

    private readonly Hdf5Source _source;
    private readonly List<Hdf5Message> _messages = [];

    /// <summary>Reads a header.</summary>
    /// <param name="source">The file.</param>
    /// <param name="address">Where it is.</param>
    /// <exception cref="CheckpointException">It is broken.</exception>
    public Hdf5Header(Hdf5Source source, long address)
    {
        _source = source;
        Address = address;
        source.Visit(address, "an object");
        Hdf5Cursor header = source.At(address, "an object header");
        if (header.Remaining > 0 && source.Span[(int)address] == (byte)'O')
        {
            ReadNew(header);
        }
        else
        {
            ReadOld(header);
        }
    }

    /// <summary>Where the header is.</summary>
    public long Address { get; }

    /// <summary>The messages.</summary>
    public IReadOnlyList<Hdf5Message> Messages => _messages;

    /// <summary>The first message of a type, or null.</summary>
    public Hdf5Message? Find(Hdf5MessageType type)
    {
        foreach (Hdf5Message message in _messages)
        {
            if (message.Type == type)
            {
                return message;
            }
        }

        return null;
    }

    /// <summary>The content of a message that an object must have in its own header.</summary>
    /// <exception cref="CheckpointException">It has none, or keeps it elsewhere.</exception>
    public Hdf5Cursor Get(Hdf5MessageType type, string tensor)
    {
        if (Find(type) is not { } message)
        {
            throw _source.Broken(Address, $"expected a message about its {type}, found none. The file is damaged: copy it again.", tensor);
        }

        return message.IsShared
            ? throw _source.Broken(Address, $"expected its own {type}, found one that is shared. Write the dataset without a named type.", tensor)
            : message.Content;
    }

    private void ReadOld(Hdf5Cursor header)
    {
        header.Version(1, 1);
        header.Skip(1);
        int count = header.UInt16();
        header.Skip(4);
        long size = header.UInt32();
        header.Skip(4);
        var blocks = new Queue<Hdf5Cursor>();
        blocks.Enqueue(header.Part(size, "an object header"));
        while (blocks.TryDequeue(out Hdf5Cursor block))
        {
            while (block.Remaining >= 8 && count > 0)
            {
                count--;
                int type = block.UInt16();
                int length = block.UInt16();
                int flags = block.Byte();
                block.Skip(3);
                Add(type, flags, block.Part(length, "a message of an object header"), blocks, isNew: false);
            }
        }
    }

    private void ReadNew(Hdf5Cursor header)
    {
        const int HasOrder = 0x04;
        const int HasPhaseChange = 0x10;
        const int HasTimes = 0x20;
        header.Signature("OHDR"u8);
        header.Version(2, 2);
        int flags = header.Byte();
        header.Skip(((flags & HasTimes) != 0 ? 16 : 0) + ((flags & HasPhaseChange) != 0 ? 4 : 0));
        long size = header.Unsigned(1 << (flags & 3));
        int order = (flags & HasOrder) != 0 ? 2 : 0;
        var blocks = new Queue<Hdf5Cursor>();
        blocks.Enqueue(header.Part(size, "an object header"));
        while (blocks.TryDequeue(out Hdf5Cursor block))
        {
            while (block.Remaining >= 4 + order)
            {
                int type = block.Byte();
                int length = block.UInt16();
                int messageFlags = block.Byte();
                block.Skip(order);
                Add(type, messageFlags, block.Part(length, "a message of an object header"), blocks, isNew: true);
            }
        }
    }

    private void Add(int type, int flags, Hdf5Cursor content, Queue<Hdf5Cursor> blocks, bool isNew)
    {
        const int IsShared = 0x02;
        const int Checksum = 4;
        _source.Count(content.Position);
        if (type != (int)Hdf5MessageType.Continuation)
        {
            if (Enum.IsDefined((Hdf5MessageType)type))
            {
                if (_messages.Count == MostMessages)
                {
                    throw _source.Broken(Address, $"expected at most {MostMessages} messages of an object, found more. The file is damaged: copy it again.");
                }

                _messages.Add(new Hdf5Message((Hdf5MessageType)type, (flags & IsShared) != 0, content));
            }

            return;
        }

        long address = content.Address();
        long length = content.Length();
        _source.Visit(address, "a part of an object header");
        Hdf5Cursor block = _source.At(address, length, "a part of an object header");
        if (isNew)
        {
            block.Signature("OCHK"u8);
            block = block.Part(block.Remaining - Checksum, "a part of an object header");
        }

        blocks.Enqueue(block);
    }
}
