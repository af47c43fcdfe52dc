namespace RnnGen.Tool.Import;

/// <summary>
/// An input of the graph. Nothing says which of its axes are steps and rows, and which are features, until a node reads it: what differs between the rows
/// of that node's operand are steps and rows.
/// </summary>
internal sealed class InputSignal(string name, int order, int[] shape, bool isInteger) : Signal($"input '{name}'", 0, 0)
{
    private int[]? _positions;
    private int[] _columns = [];
    private int[] _indices = [];

    /// <summary>The name.</summary>
    public string Name { get; } = name;

    /// <summary>Its number among the inputs.</summary>
    public int Order { get; } = order;

    /// <summary>The shape, where sizes that the graph does not tell are assumed ones.</summary>
    public int[] Shape { get; } = shape;

    /// <summary>Whether its elements are whole numbers.</summary>
    public bool IsInteger { get; } = isInteger;

    public override IEnumerable<Wire> Reads => [];

    public override (int Position, int Column) Locate(int index) => (_positions![index], _columns[index]);

    public override int IndexOf(int position, int column) => _indices[(position * Width) + column];

    /// <summary>Finds positions and columns by the operand of the first node that reads the input.</summary>
    /// <param name="value">The operand.</param>
    /// <param name="rowLength">How many elements of it are one row.</param>
    public void Resolve(SignalValue value, int rowLength)
    {
        if (_positions is not null)
        {
            return;
        }

        bool[] isPosition = new bool[Shape.Length];
        for (int k = rowLength; k < value.Count; k++)
        {
            Element element = value.Elements[k];
            Element first = value.Elements[k % rowLength];
            if (element.Signal == this && first.Signal == this)
            {
                MarkDifferent(element.Index, first.Index, isPosition);
            }
        }

        int count = Shapes.Count(Shape);
        _positions = new int[count];
        _columns = new int[count];
        _indices = new int[count];
        Positions = 1;
        Width = 1;
        for (int axis = 0; axis < Shape.Length; axis++)
        {
            Positions *= isPosition[axis] ? Shape[axis] : 1;
            Width *= isPosition[axis] ? 1 : Shape[axis];
        }

        for (int index = 0; index < count; index++)
        {
            int rest = index;
            int positionStride = 1;
            int columnStride = 1;
            for (int axis = Shape.Length - 1; axis >= 0; axis--)
            {
                (rest, int place) = Math.DivRem(rest, Shape[axis]);
                if (isPosition[axis])
                {
                    _positions[index] += place * positionStride;
                    positionStride *= Shape[axis];
                }
                else
                {
                    _columns[index] += place * columnStride;
                    columnStride *= Shape[axis];
                }
            }

            _indices[(_positions[index] * Width) + _columns[index]] = index;
        }
    }

    private void MarkDifferent(int one, int other, bool[] isPosition)
    {
        for (int axis = Shape.Length - 1; axis >= 0; axis--)
        {
            (one, int place) = Math.DivRem(one, Shape[axis]);
            (other, int otherPlace) = Math.DivRem(other, Shape[axis]);
            isPosition[axis] |= place != otherPlace;
        }
    }
}
