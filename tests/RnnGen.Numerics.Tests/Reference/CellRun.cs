using RnnGen.Generator.Cells;
using RnnGen.Generator.Differentiation;

namespace RnnGen.Numerics.Tests.Reference;

/// <summary>A cell run over a sequence in double precision, forward by its equations and back by its adjoint.</summary>
/// <param name="cell">The cell.</param>
/// <param name="weights">Its tensors.</param>
/// <param name="masks">The masks of each step; null for their means.</param>
internal sealed class CellRun(Cell cell, IReadOnlyDictionary<string, double[]> weights, Func<Leaf, int, double[]>? masks = null)
{
    /// <summary>The steps of the last <see cref="Forward"/>.</summary>
    public List<Interpreter> Steps { get; } = [];

    /// <summary>Runs the equations as they were written, before fusion.</summary>
    /// <returns>The outputs, and the states after the last step.</returns>
    public (double[][] Outputs, double[][] States) Forward(double[][] inputs, double[][] initial)
    {
        double[][] states = initial;
        var outputs = new List<double[]>();
        Steps.Clear();
        foreach (double[] x in inputs)
        {
            Interpreter step = Step(cell, x, states, outputs.Count);
            Steps.Add(step);
            outputs.Add(step.Evaluate(cell.Output!));
            states = [.. cell.States.Select(s => step.Evaluate(s.Next))];
        }

        return ([.. outputs], states);
    }

    /// <summary>The gradients of sum(outputs · dOutputs) + sum(last states · dStates), by the adjoint that kernels are printed from.</summary>
    public (double[][] Inputs, double[][] States, Dictionary<string, double[]> Weights) Backward(
        double[][] inputs, double[][] initial, double[][] dOutputs, double[][] dStates)
    {
        Cell fused = Fusion.Fuse(cell);
        Adjoint adjoint = Differentiator.Differentiate(fused, inputGradient: true);
        var before = new List<double[][]> { initial };
        var steps = new List<Interpreter>();
        foreach (double[] x in inputs)
        {
            Interpreter step = Step(fused, x, before[^1], steps.Count);
            steps.Add(step);
            before.Add([.. fused.States.Select(s => step.Evaluate(s.Next))]);
        }

        var dInputs = new double[inputs.Length][];
        var dWeights = weights.ToDictionary(w => w.Key, w => new double[w.Value.Length]);
        double[][] gradients = dStates;
        for (int t = inputs.Length - 1; t >= 0; t--)
        {
            Interpreter forward = steps[t];
            double[][] arriving = gradients;
            var back = new Interpreter(
                leaf => leaf.Kind switch
                {
                    LeafKind.Input => dOutputs[t],
                    LeafKind.State => arriving[adjoint.Cell.States.ToList().FindIndex(s => s.Value == leaf)],
                    LeafKind.Mask => forward.Evaluate(leaf),
                    _ => forward.Evaluate(leaf.Origin!),
                },
                weights);
            dInputs[t] = back.Evaluate(adjoint.Cell.Output!);
            gradients = [.. adjoint.Cell.States.Select(s => back.Evaluate(s.Next))];
            foreach (MatrixGradient gradient in adjoint.Matrices)
            {
                AddProduct(dWeights[gradient.Matrix.Tensor.Name], gradient.Matrix, back.Evaluate(gradient.Gradient), forward.Evaluate(gradient.Source));
            }

            foreach (VectorGradient gradient in adjoint.Vectors)
            {
                double[] values = back.Evaluate(gradient.Gradient);
                for (int k = 0; k < gradient.Vector.Size; k++)
                {
                    dWeights[gradient.Vector.Tensor.Name][gradient.Vector.FirstRow + k] += values[k];
                }
            }
        }

        return (dInputs, gradients, dWeights);
    }

    private Interpreter Step(Cell graph, double[] x, double[][] states, int step) => new(
        leaf => leaf.Kind switch
        {
            LeafKind.Input => x,
            LeafKind.Mask => masks?.Invoke(leaf, step) ?? [.. Enumerable.Repeat(cell.Masks.Single(m => m.Value == leaf).Mean, leaf.Size)],
            _ => states[graph.States.ToList().FindIndex(s => s.Value == leaf)],
        },
        weights);

    private static void AddProduct(double[] target, Matrix matrix, double[] gradient, double[] source)
    {
        for (int unit = 0; unit < matrix.Units; unit++)
        {
            for (int input = 0; input < source.Length; input++)
            {
                int index = matrix.Tensor.IsTransposed
                    ? (input * matrix.Tensor.Rows) + matrix.FirstRow + unit
                    : ((matrix.FirstRow + unit) * matrix.Tensor.Columns) + input;
                target[index] += gradient[unit] * source[input];
            }
        }
    }
}
