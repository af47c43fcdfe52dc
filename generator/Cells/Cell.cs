namespace RnnGen.Generator.Cells;

/// <summary>
/// One step of a layer as equations. Streaming, sequence, training, parameter layout, checkpoint names and the comments in
/// the generated code are all derived from it. The backward step of a cell is a cell too.
/// </summary>
/// <param name="Name">Its name in the header of the generated code.</param>
/// <param name="Input">The input of a step, or null if it has none.</param>
/// <param name="States">The values that are carried from step to step.</param>
/// <param name="Output">The output of a step, or null if it is not needed.</param>
/// <param name="Tensors">The parameters, in checkpoint order.</param>
internal sealed record Cell(string Name, Leaf Input, IReadOnlyList<CellState> States, Expression? Output, IReadOnlyList<Tensor> Tensors)
{
    public static Cell Define(string name, int inputSize, int size, bool bias, Action<CellBuilder> equations)
    {
        var builder = new CellBuilder(name, inputSize, size, bias);
        equations(builder);
        return builder.Build();
    }

    /// <summary>The names of its values.</summary>
    public ValueNames Names { get; init; } = new();

    /// <summary>The masks of a recorded window.</summary>
    public IReadOnlyList<CellMask> Masks { get; init; } = [];

    /// <summary>The values that have a name, in the order of the equations.</summary>
    public IReadOnlyList<Expression> Named
    {
        get
        {
            var named = new List<Expression>();
            foreach (Expression result in Results)
            {
                Collect(result);
            }

            return [.. named.OrderBy(Names.OrderOf)];

            void Collect(Expression expression)
            {
                foreach (Expression operand in expression.Operands)
                {
                    Collect(operand);
                }

                if (Names[expression] is not null && !named.Contains(expression))
                {
                    named.Add(expression);
                }
            }
        }
    }

    /// <summary>The values that must be computed in a step.</summary>
    public IEnumerable<Expression> Results => Output is null ? States.Select(s => s.Next) : States.Select(s => s.Next).Append(Output);
}

/// <summary>A value that is carried from step to step.</summary>
/// <param name="Name">Its name, such as <c>h</c>.</param>
/// <param name="Value">Its value before the step.</param>
/// <param name="Next">Its value after the step.</param>
internal sealed record CellState(string Name, Leaf Value, Expression Next)
{
    public int Size => Value.Size;

    /// <summary>The trained initial value; null if it is zero.</summary>
    public Tensor? Initial { get; init; }
}

/// <summary>
/// Random factors in training. Each is 0 with a given probability, and otherwise <see cref="Kept"/>; a step of a stream uses their
/// mean instead.
/// </summary>
/// <param name="Value">The factors in the equations.</param>
/// <param name="Rate">The probability of 0, less than 1.</param>
/// <param name="Mean">Their mean.</param>
/// <param name="EveryStep">Whether they are drawn for each step instead of once per window.</param>
internal sealed record CellMask(Leaf Value, double Rate, double Mean, bool EveryStep)
{
    public double Kept => Mean / (1 - Rate);
}
