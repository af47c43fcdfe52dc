namespace RnnGen.Generator.Cells;

/// <summary>
/// The names of a cell's values in equations and generated locals. The names belong to the cell, not to its expressions: a pass over a cell copies
/// the table and adds to the copy, so that its result depends on nothing but the cell.
/// </summary>
internal sealed class ValueNames
{
    private readonly Dictionary<Expression, (string Name, int Order)> _names;

    public ValueNames() => _names = [];

    /// <summary>A copy, to which names can be added.</summary>
    public ValueNames(ValueNames others) => _names = new(others._names);

    /// <summary>The name of a value, or null.</summary>
    public string? this[Expression value] => _names.TryGetValue(value, out (string Name, int Order) known) ? known.Name : null;

    /// <summary>Sorts values in the order in which they were named; those without a name come last.</summary>
    public int OrderOf(Expression value) => _names.TryGetValue(value, out (string Name, int Order) known) ? known.Order : int.MaxValue;

    /// <summary>Names a value, unless it has a name already. A leaf keeps its symbol.</summary>
    public void Add(Expression value, string name)
    {
        if (value is not Leaf && !_names.ContainsKey(value))
        {
            _names.Add(value, (name, _names.Count));
        }
    }
}
