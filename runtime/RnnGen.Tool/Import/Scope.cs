namespace RnnGen.Tool.Import;

/// <summary>The values of a graph by name. A graph inside of a node also sees those around it.</summary>
/// <param name="outer">The graph around it.</param>
internal sealed class Scope(Scope? outer = null)
{
    private readonly Dictionary<string, Value> _values = new(StringComparer.Ordinal);

    /// <summary>Adds a value.</summary>
    public Value this[string name]
    {
        set => _values[name] = value;
    }

    /// <summary>Finds a value; null if there is none.</summary>
    public Value? Find(string name) => _values.TryGetValue(name, out Value? value) ? value : outer?.Find(name);
}
