using System.Reflection;
using RnnGen.CompilerServices;
using RnnGen.Generator.Cells;

namespace RnnGen.Numerics.Tests.Reference;

/// <summary>Every row of the tables of operations: the derivative against finite differences of the definition, and the methods that the row names.</summary>
public sealed class OperationTests
{
    private const double Shift = 1e-6;

    // Away from the places where functions have corners: 0 and the arguments.
    private static readonly double[] Points = [-2.37, -1.13, -0.41, -0.07, 0.29, 0.93, 1.71, 3.3];

    private static readonly object[] Arguments = [-0.6, 0.8];

    private static readonly Dictionary<string, ElementFunction> Rows = Fields().Concat(Factories()).ToDictionary(f => f.VectorMethod);

    public static TheoryData<string> Functions => [.. Rows.Keys];

    public static TheoryData<int> Operators => [.. Enum.GetValues<BinaryOperator>().Select(o => (int)o)];

    [Theory, MemberData(nameof(Functions))]
    public void Function(string name)
    {
        ElementFunction function = Rows[name];
        var graph = new ExpressionGraph();
        Leaf x = graph.Leaf(LeafKind.Input, "x", Points.Length);
        Expression y = graph.Apply(function, x);
        double[] derivatives = Evaluate(graph.Broadcast(function.Derivative((Apply)y), Points.Length), _ => Points);
        int checkedPoints = 0;
        for (int k = 0; k < Points.Length; k++)
        {
            double expected = (function.Evaluate(Points[k] + Shift) - function.Evaluate(Points[k] - Shift)) / (2 * Shift);
            if (double.IsFinite(expected))
            {
                Assert.Equal(expected, derivatives[k], 1e-8);
                checkedPoints++;
            }
        }

        Assert.InRange(checkedPoints, 4, Points.Length);
    }

    [Theory, MemberData(nameof(Functions))]
    public void Methods_of_the_runtime(string name)
    {
        ElementFunction function = Rows[name];
        int parameters = 1 + function.Arguments.Count;

        Assert.NotEmpty(function.Symbol);
        Assert.Contains(typeof(VectorMath).GetMethods(), m => m.Name == name && m.GetParameters().Length == parameters);
        Assert.Equal(function.HasPreciseForm, typeof(PreciseMath).GetMethods().Any(m => m.Name == name && m.GetParameters().Length == parameters));
    }

    [Theory, MemberData(nameof(Operators))]
    public void Operator(int number)
    {
        var @operator = (BinaryOperator)number;
        BinaryOperation row = BinaryOperation.Of(@operator);
        var graph = new ExpressionGraph();
        Leaf left = graph.Leaf(LeafKind.Input, "x", Points.Length);
        Leaf right = graph.Leaf(LeafKind.State, "y", Points.Length);
        Leaf gradient = graph.Leaf(LeafKind.Saved, "d", Points.Length);
        double[] others = [.. Points.Reverse().Select(p => p + 0.1)];
        double[] gradients = [.. Points.Select(p => 1 - p)];
        var binary = (Binary)graph.Binary(@operator, left, right);
        double[] leftGradients = Evaluate(row.LeftGradient(binary, gradient), Leaves);
        double[] rightGradients = Evaluate(row.RightGradient(binary, gradient), Leaves);
        for (int k = 0; k < Points.Length; k++)
        {
            double byLeft = (row.Evaluate(Points[k] + Shift, others[k]) - row.Evaluate(Points[k] - Shift, others[k])) / (2 * Shift);
            double byRight = (row.Evaluate(Points[k], others[k] + Shift) - row.Evaluate(Points[k], others[k] - Shift)) / (2 * Shift);
            Assert.Equal(gradients[k] * byLeft, leftGradients[k], 1e-7);
            Assert.Equal(gradients[k] * byRight, rightGradients[k], 1e-7);
        }

        double[] Leaves(Leaf leaf) => leaf == left ? Points : leaf == right ? others : gradients;
    }

    private static double[] Evaluate(Expression expression, Func<Leaf, double[]> leaves) => new Interpreter(leaves, new Dictionary<string, double[]>()).Evaluate(expression);

    private static IEnumerable<ElementFunction> Fields() =>
        typeof(ElementFunction).GetFields(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic).Select(f => f.GetValue(null)).OfType<ElementFunction>();

    /// <summary>The functions with parameters.</summary>
    private static IEnumerable<ElementFunction> Factories() =>
        from method in typeof(ElementFunction).GetMethods(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic)
        where method.ReturnType == typeof(ElementFunction)
        select (ElementFunction)method.Invoke(null, Arguments[..method.GetParameters().Length])!;
}
