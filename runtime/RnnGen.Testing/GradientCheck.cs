namespace RnnGen.Testing;

/// <summary>One comparison of the gradients of a model with differences of a loss.</summary>
/// <param name="model">A copy, whose weights are shifted.</param>
internal abstract class GradientCheck(IRnnModel model)
{
    // The same masks for every window.
    protected const int MaskSeed = 1;

    /// <summary>Whether the loss is computed in double precision. Then small shifts can be used, and no more is tolerated than single precision costs.</summary>
    protected abstract bool IsPrecise { get; }

    /// <summary>Checks all gradients.</summary>
    /// <param name="seed">Seed of the directions in which values are shifted.</param>
    /// <exception cref="CheckException">One is wrong.</exception>
    public void Check(int seed)
    {
        (Tape tape, IEnumerable<(ShiftedValues Values, float[] Gradient)> others) = Backward();
        var gradients = new List<(ShiftedValues Values, float[] Gradient)>();
        foreach (Layer layer in model.Layers)
        {
            foreach (Parameter parameter in layer.Parameters)
            {
                var gradient = new float[parameter.Count];
                tape.CopyGradient(parameter, gradient);
                if (layer.Frozen)
                {
                    Zero(parameter, gradient);
                    continue;
                }

                var kept = new float[parameter.Count];
                parameter.CopyTo(kept);
                gradients.Add((new ShiftedValues(parameter.FullName, parameter.Shape, kept, values => parameter.CopyFrom(values)), gradient));
            }
        }

        var differences = IsPrecise
            ? new Differences(Loss, shift: 1e-4, tolerance: 1e-4, new Random(seed))
            : new Differences(Loss, shift: 1e-2, tolerance: 1e-2, new Random(seed));
        foreach ((ShiftedValues values, float[] gradient) in gradients.Concat(others))
        {
            differences.Compare(values, gradient);
        }
    }

    /// <summary>Computes the gradients.</summary>
    /// <returns>The tape with the gradients of the weights, and the gradients of other values.</returns>
    protected abstract (Tape Tape, IEnumerable<(ShiftedValues Values, float[] Gradient)> Others) Backward();

    /// <summary>Computes the loss with the weights and values as they are.</summary>
    protected abstract double Loss();

    private static void Zero(Parameter parameter, float[] gradient)
    {
        int wrong = Array.FindIndex(gradient, g => g != 0);
        if (wrong >= 0)
        {
            throw new CheckException($"{parameter.FullName}{Place.Of(wrong, parameter.Shape)} is frozen: expected the gradient 0, found {gradient[wrong]}.");
        }
    }
}
