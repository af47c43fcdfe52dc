using RnnGen.Generator.Cells;
using RnnGen.Generator.Planning;

namespace RnnGen.Numerics.Tests.Reference;

/// <summary>
/// Executes the stages of a planned kernel in double precision: sums from the products that the plan lists, everything else from what earlier stages
/// have stored. A value that the plan reads before it is there is an error.
/// </summary>
/// <param name="leaves">Values of the leaves.</param>
/// <param name="weights">Tensors of the cell, by name.</param>
internal sealed class PlannedStep(Func<Leaf, double[]> leaves, IReadOnlyDictionary<string, double[]> weights)
{
    private readonly Dictionary<Operand, double[]> _memory = [];

    /// <summary>What is stored at a place.</summary>
    public double[] this[Operand place] => _memory[place];

    public void Run(KernelPlan plan)
    {
        foreach (Stage stage in plan.Stages)
        {
            foreach (Reduction reduction in stage.Reductions)
            {
                _memory[reduction.Place] = [Source(reduction.Value.Operand, reduction.Source).Average()];
            }

            double[][] sums = [.. stage.Accumulators.Select((_, index) => Sum(stage, index))];
            var step = new Interpreter(leaves, weights, Given);
            double[][] results = [.. stage.Stores.Select(store => step.Evaluate(store.Value))];
            foreach ((Store store, double[] result) in stage.Stores.Zip(results))
            {
                _memory[store.Place] = result;
            }

            double[]? Given(Expression value) => value switch
            {
                Leaf or ParameterVector => null,
                _ when plan.IsRead(value, stage) => _memory[plan.Places[value]],
                Accumulator sum => sums[stage.Accumulators.ToList().IndexOf(sum)],
                Mean or Projection => throw new InvalidOperationException("A stage computes neither means nor single products."),
                _ => null,
            };
        }
    }

    private double[] Sum(Stage stage, int index)
    {
        double[] sum = stage.Ahead is int ahead ? [.. _memory[new Operand(Region.Sums, ahead + (index * CacheLine.Pad(stage.Size)))]] : new double[stage.Size];
        var products = new Interpreter(leaves, weights);
        foreach (WeightPanel panel in stage.Panels)
        {
            IEnumerable<double[]> terms =
            [
                .. panel.Biases.Where(b => b.Accumulator == index).Select(b => products.Evaluate(b.Vector)),
                .. panel.Columns.Where(c => c.Accumulator == index).Select(c => products.Product(c.Projection.Matrix, Source(c.Projection.Source, c.Source))),
            ];
            foreach (double[] term in terms)
            {
                for (int unit = 0; unit < sum.Length; unit++)
                {
                    sum[unit] += term[unit];
                }
            }
        }

        return sum;
    }

    private double[] Source(Expression source, Operand place) => source is Leaf leaf ? leaves(leaf) : _memory[place];
}
