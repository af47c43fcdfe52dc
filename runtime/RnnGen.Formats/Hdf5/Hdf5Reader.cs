namespace RnnGen.Formats;

/// <summary>Reads the tensors of an HDF5 file, and the texts that its groups have as attributes.</summary>
/// <remarks>
/// There is a library for this, PureHDF. It believes the sizes of a file, and follows circles for ever; and it needs reflection.
/// Networks need a small part of HDF5, so we read that part, with limits.
/// </remarks>
internal sealed class Hdf5Reader
{
    private const int DeepestGroup = 64;
    private const int MostObjects = 16_384;

    private readonly Hdf5Source _source;
    private readonly List<FileTensor> _tensors = [];
    private readonly Dictionary<string, Dictionary<string, string[]>> _texts = new(StringComparer.Ordinal);
    private readonly Dictionary<long, FileTensor> _byAddress = [];
    private readonly HashSet<string> _names = new(StringComparer.Ordinal);

    private Hdf5Reader(Hdf5Source source) => _source = source;

    /// <summary>The tensors in the order of the file, with names such as <c>group/inner/dataset</c>.</summary>
    public IReadOnlyList<FileTensor> Tensors => _tensors;

    /// <summary>Reads a file.</summary>
    /// <param name="path">Where it is, for messages.</param>
    /// <param name="file">Its content.</param>
    /// <param name="offset">Where this is in an archive.</param>
    /// <exception cref="CheckpointException">The file is broken.</exception>
    public static Hdf5Reader Read(string path, ReadOnlyMemory<byte> file, long offset = 0)
    {
        long start = Hdf5Superblock.Find(file.Span);
        if (start < 0)
        {
            throw new CheckpointException(CheckpointReason.Container, path, null, offset, $"expected an HDF5 file, found none. The file is damaged: copy it again.");
        }

        var source = new Hdf5Source(path, file[(int)start..], offset + start);
        var reader = new Hdf5Reader(source);
        reader.ReadObject("", Hdf5Superblock.Read(source, start), 0);
        return reader;
    }

    /// <summary>Finds an attribute of a group.</summary>
    /// <param name="group">Its name; empty for the root.</param>
    /// <param name="attribute">The name of the attribute.</param>
    /// <returns>Its texts; null if there is no such attribute, or it is something else.</returns>
    public IReadOnlyList<string>? Texts(string group, string attribute) => _texts.GetValueOrDefault(group)?.GetValueOrDefault(attribute);

    private void ReadObject(string name, long address, int depth)
    {
        if (depth > DeepestGroup)
        {
            throw _source.Broken(address, $"expected groups within each other at most {DeepestGroup} deep, found more.");
        }

        if (!_names.Add(name))
        {
            throw _source.Broken(address, $"expected every name once, found '{name}' again. The file is damaged: copy it again.");
        }

        if (_names.Count > MostObjects)
        {
            throw _source.Broken(address, $"expected at most {MostObjects} groups and datasets, found more. Save the weights without the optimizer.");
        }

        _source.CountText(address, name.Length);
        if (_byAddress.TryGetValue(address, out FileTensor? same))
        {
            _source.Count(address);
            _tensors.Add(new FileTensor(name, same.ElementType, same.Shape, same.Values));
            return;
        }

        var found = new Hdf5Object(_source, address);
        if (found.IsDataset)
        {
            if (Hdf5Dataset.Read(_source, found, name) is { } tensor)
            {
                _tensors.Add(tensor);
                _byAddress.Add(address, tensor);
            }

            return;
        }

        ReadTexts(name, found);
        foreach (Hdf5Link link in Hdf5Links.Of(_source, found.Header))
        {
            ReadObject(name.Length == 0 ? link.Name : $"{name}/{link.Name}", link.Address, depth + 1);
        }
    }

    private void ReadTexts(string name, Hdf5Object group)
    {
        var texts = new Dictionary<string, string[]>(StringComparer.Ordinal);
        foreach (Hdf5Attribute attribute in group.Attributes())
        {
            if (attribute.Texts() is { } found)
            {
                texts[attribute.Name] = found;
            }
        }

        if (texts.Count > 0)
        {
            _texts.Add(name, texts);
        }
    }
}
