using RnnGen.Checkpoints;
using RnnGen.CompilerServices;

namespace RnnGen.Training;

/// <summary>
/// The tensors that a trainer adds to the file of its model, by their names without the prefix. It keeps track of those that were read: any other
/// one is refused, because a training that ignores something is not the one that was interrupted.
/// </summary>
internal sealed class TrainingTensors(SafetensorsFile file)
{
    private const string Prefix = Checkpoint.TrainingPrefix;

    private readonly HashSet<string> _read = new(StringComparer.Ordinal);

    /// <summary>The tensor with a name.</summary>
    /// <exception cref="CheckpointException">There is no such tensor.</exception>
    public SafetensorsTensor this[string name]
    {
        get
        {
            SafetensorsTensor tensor = file[Prefix + name];
            _read.Add(tensor.Name);
            return tensor;
        }
    }

    public bool Has(string name) => file.Tensors.ContainsKey(Prefix + name);

    /// <summary>Whether there is a tensor whose name begins with a text.</summary>
    public bool HasAny(string start) => file.Tensors.Keys.Any(name => name.StartsWith(Prefix + start, StringComparison.Ordinal));

    /// <summary>A tensor for each parameter.</summary>
    public PackedTensors Packed(ModelWeights weights, Func<Parameter, string> name) => new(weights, parameter => this[name(parameter)]);

    /// <summary>Reads numbers of shape [count].</summary>
    public T[] Numbers<T>(string name, int count)
        where T : unmanaged
    {
        SafetensorsTensor tensor = this[name];
        tensor.Check(ElementType.NameOf<T>(), count);
        var values = new T[count];
        tensor.CopyTo(values.AsSpan());
        return values;
    }

    /// <summary>Reads numbers that count something.</summary>
    public long[] Counts(string name, int count)
    {
        // More than any training needs, and far from overflow.
        const long Most = 1_000_000_000_000_000;
        long[] values = Numbers<long>(name, count);
        return values.All(value => value is >= 0 and <= Most)
            ? values
            : throw this[name].Wrong(CheckpointReason.TrainingState, $"expected counts from 0 to {Most}, found [{string.Join(", ", values)}].");
    }

    /// <summary>Checks that all tensors were read.</summary>
    /// <exception cref="CheckpointException">There is another tensor.</exception>
    public void CheckAllRead()
    {
        SafetensorsTensor? surplus = file.Tensors.Values.FirstOrDefault(
            tensor => tensor.Name.StartsWith(Prefix, StringComparison.Ordinal) && !_read.Contains(tensor.Name));
        if (surplus is not null)
        {
            throw surplus.Wrong(CheckpointReason.SurplusTensor, $"expected only what this trainer knows, found one more.");
        }
    }
}
