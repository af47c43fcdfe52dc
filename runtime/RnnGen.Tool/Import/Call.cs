namespace RnnGen.Tool.Import;

/// <summary>A node or layer that is being imported.</summary>
/// <param name="context">What all of them share.</param>
/// <param name="place">The node or layer as messages call it.</param>
internal class Call(ImportContext context, string place)
{
    /// <summary>What all nodes and layers share.</summary>
    public ImportContext Context { get; } = context;

    /// <summary>The node or layer as messages call it.</summary>
    public string Place { get; } = place;

    /// <summary>Accounts for the numbers of a new tensor.</summary>
    public void Take(IReadOnlyList<int> shape) => Context.Budget.Take(Place, Shapes.Extent(shape));

    /// <summary>Picks elements of a tensor.</summary>
    public Value Pick(Value value, int[] shape, int[] strides, int start = 0)
    {
        Take(shape);
        return value.Pick(shape, Shapes.Walk(shape, strides, start));
    }

    /// <summary>Takes the axes of a tensor in another order.</summary>
    public Value Transpose(Value value, int[] order)
    {
        int[] strides = Shapes.Strides(value.Shape);
        return Pick(value, Array.ConvertAll(order, axis => value.Shape[axis]), Array.ConvertAll(order, axis => strides[axis]));
    }

    /// <summary>The refusal of this node or layer.</summary>
    public ImportException Refuse(FormattableString problem) => new(Place, problem);
}
