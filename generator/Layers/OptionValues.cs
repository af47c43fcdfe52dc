namespace RnnGen.Generator.Layers;

/// <summary>The values of a layer's options; those that are not set have their defaults.</summary>
internal sealed class OptionValues : IEquatable<OptionValues>
{
    /// <summary>All defaults.</summary>
    public static readonly OptionValues None = new([]);

    // In the order of the names, so that equal values compare equal.
    private readonly (string Name, object Value)[] _set;

    private OptionValues((string Name, object Value)[] set) => _set = set;

    public T Get<T>(Option<T> option)
        where T : notnull => (T)Get((Option)option);

    public object Get(Option option) => _set.FirstOrDefault(v => v.Name == option.Name).Value ?? option.Default;

    /// <summary>The same values except one.</summary>
    public OptionValues With<T>(Option<T> option, T value)
        where T : notnull => With((Option)option, value);

    /// <inheritdoc cref="With{T}(Option{T}, T)"/>
    public OptionValues With(Option option, object value)
    {
        IEnumerable<(string Name, object Value)> others = _set.Where(v => v.Name != option.Name);
        return new OptionValues([.. (value.Equals(option.Default) ? others : others.Append((option.Name, value))).OrderBy(v => v.Name, StringComparer.Ordinal)]);
    }

    public bool Equals(OptionValues? other) => other is not null && _set.SequenceEqual(other._set);

    public override bool Equals(object? obj) => Equals(obj as OptionValues);

    public override int GetHashCode() => _set.Aggregate(17, (hash, v) => unchecked((((hash * 31) + v.Name.GetHashCode()) * 31) + v.Value.GetHashCode()));

    public override string ToString() => string.Join(", ", _set.Select(v => $"{v.Name} = {v.Value}"));
}
