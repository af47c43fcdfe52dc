namespace RnnGen.Generator.Cells;

/// <summary>
/// The equations of a cell for readers: its values with a name, parts of them that are long and used again, and, of a step back, what the step
/// forward has saved without a name.
/// </summary>
internal sealed class EquationSystem
{
    private readonly List<(string Name, Expression Value)> _lines = [];
    private readonly Dictionary<Expression, string> _names = [];
    private readonly Dictionary<Expression, int> _uses = [];
    private readonly ValueNames _cellNames;
    private int _parts;

    private EquationSystem(Cell cell)
    {
        IReadOnlyList<Expression> named = cell.Named;
        _cellNames = cell.Names;
        foreach (Expression value in named)
        {
            CountOperands(value);
        }

        Leaf[] saved = [.. _uses.Keys.OfType<Leaf>().Where(leaf => leaf.Kind == LeafKind.Saved && _cellNames[leaf.Origin!] is null).OrderBy(leaf => leaf.Symbol.Length).ThenBy(leaf => leaf.Symbol, StringComparer.Ordinal)];
        foreach (Leaf leaf in saved)
        {
            CountOperands(leaf.Origin!);
            _names.Add(leaf.Origin!, leaf.Symbol);
        }

        foreach ((string name, Expression value) in saved.Select(leaf => (leaf.Symbol, leaf.Origin!)).Concat(named.Select(value => (_cellNames[value]!, value))))
        {
            NameParts(value, isRoot: true);
            _lines.Add((name, value));
        }
    }

    /// <summary>One line per equation, in order.</summary>
    public IReadOnlyList<(string Name, Expression Value)> Lines => _lines;

    public static EquationSystem Of(Cell cell) => new(cell);

    /// <summary>The name that equations use for a value, or null.</summary>
    public string? NameOf(Expression value) => _cellNames[value] ?? (_names.TryGetValue(value, out string? name) ? name : null);

    private void CountOperands(Expression value)
    {
        foreach (Expression operand in value.Operands)
        {
            _uses.TryGetValue(operand, out int count);
            _uses[operand] = count + 1;
            if (count == 0 && _cellNames[operand] is null)
            {
                CountOperands(operand);
            }
        }
    }

    /// <summary>Names the parts of a value that are used again and are more than an operation or two.</summary>
    /// <returns>The operations that are left without a name.</returns>
    private int NameParts(Expression value, bool isRoot)
    {
        if (!isRoot && NameOf(value) is not null)
        {
            return 0;
        }

        int operations = value.Operands.Count == 0 ? 0 : 1 + value.Operands.Sum(operand => NameParts(operand, isRoot: false));
        if (isRoot || _uses[value] == 1 || operations <= 2)
        {
            return operations;
        }

        string name = "t" + Literals.Integer(++_parts);
        _names.Add(value, name);
        _lines.Add((name, value));
        return 0;
    }
}
