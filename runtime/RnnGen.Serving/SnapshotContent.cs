namespace RnnGen.Serving;

/// <summary>The streams of a snapshot.</summary>
/// <param name="comparer">How keys are compared.</param>
internal sealed class SnapshotContent<TKey>(IEqualityComparer<TKey> comparer)
    where TKey : notnull
{
    private readonly HashSet<TKey> _known = new(comparer);
    private readonly List<TKey> _keys = [];
    private readonly List<(byte[] Section, int Start)> _values = [];

    public IReadOnlyList<TKey> Keys => _keys;

    /// <summary>Adds a stream, unless it has the key of another.</summary>
    public bool TryAdd(TKey key, byte[] section, int start)
    {
        if (!_known.Add(key))
        {
            return false;
        }

        _keys.Add(key);
        _values.Add((section, start));
        return true;
    }

    /// <summary>Reads the state of the stream with an index.</summary>
    public void Read(int index, State state)
    {
        (byte[] section, int start) = _values[index];
        state.ReadValues(section.AsSpan(start));
    }
}
