namespace RnnGen.Verification;

/// <summary>
/// Finds the conventions with which a model would give the expected outputs: every single change, then pairs, the usual ones first. The work is bounded, and
/// the same on every machine.
/// </summary>
/// <param name="inputs">The sequences, [steps][inputs].</param>
/// <param name="expected">Their outputs, in the order of the model.</param>
/// <param name="tolerance">The largest difference.</param>
internal sealed class Diagnosis(double[][][] inputs, double[][] expected, double tolerance)
{
    // A few seconds: a wrong candidate is refused at its first steps, and costs about as much as a few copies of the weights.
    private const long Budget = 2_000_000_000;
    private const int LargestTries = 100_000;

    private long _work;

    /// <summary>The number of networks that were tried.</summary>
    public int Tries { get; private set; }

    /// <summary>Searches.</summary>
    /// <param name="network">The network as it is.</param>
    /// <returns>The changes that make it right; empty if none were found.</returns>
    public IReadOnlyList<ConventionChange> Find(ReferenceNetwork network)
    {
        IReadOnlyList<ConventionChange> changes = NetworkChanges.Of(network, inputs.Length);
        foreach (ConventionChange change in changes)
        {
            if (IsRight(change.Apply(network)))
            {
                return [change];
            }
        }

        return FindPair(network, changes, ofOneKind: false) ?? FindPair(network, changes, ofOneKind: true) ?? [];
    }

    /// <summary>Tries pairs by the sum of their places in the list: two usual changes before a usual and a rare one.</summary>
    private ConventionChange[]? FindPair(ReferenceNetwork network, IReadOnlyList<ConventionChange> changes, bool ofOneKind)
    {
        for (int sum = 1; sum < (2 * changes.Count) - 2; sum++)
        {
            for (int first = Math.Max(0, sum - changes.Count + 1); first < sum - first; first++)
            {
                ConventionChange one = changes[first];
                ConventionChange other = changes[sum - first];
                if (_work > Budget || Tries >= LargestTries)
                {
                    return null;
                }

                if ((one.Kind == other.Kind) != ofOneKind)
                {
                    continue;
                }

                ConventionChange[] pair = [.. new[] { one, other }.OrderBy(Stage)];
                if (IsRight(pair[1].Apply(pair[0].Apply(network))))
                {
                    return pair;
                }
            }
        }

        return null;
    }

    /// <summary>Whether a network gives the expected outputs.</summary>
    public bool IsRight(ReferenceNetwork network)
    {
        Tries++;
        long weights = network.Layers.Sum(layer => layer.Weight.Length + layer.Cells.Sum(cell => (long)cell.InputWeights.Length + cell.StateWeights.Length));
        var state = new ReferenceState();
        for (int sequence = 0; sequence < inputs.Length; sequence++)
        {
            state = network.CarriesState ? state : new ReferenceState();
            double[][] x = inputs[sequence];
            int size = expected[sequence].Length / x.Length;
            bool isPrefix = network.IsCausal && size * x.Length == expected[sequence].Length && network.Layers.Count(layer => layer.IsHead) <= 1;
            int done = 0;
            while (done < x.Length)
            {
                // More and more steps, where the first ones have outputs of their own.
                int end = isPrefix ? Math.Min(x.Length, (2 * done) + 1) : x.Length;
                double[] outputs = network.Run(x[done..end], state);
                _work += weights * (end - done + 4);
                if (!AreClose(outputs, expected[sequence].AsSpan(isPrefix ? done * size : 0)))
                {
                    return false;
                }

                done = end;
            }
        }

        return true;
    }

    /// <summary>Gates have an order where matrices have been turned, and only then a gate is where it is looked for.</summary>
    private static int Stage(ConventionChange change) => change.Kind switch
    {
        Convention.Transposition or Convention.JoinedOrder => 0,
        Convention.GateOrder => 1,
        _ => 2,
    };

    private bool AreClose(double[] outputs, ReadOnlySpan<double> right)
    {
        if (outputs.Length > right.Length)
        {
            return false;
        }

        for (int k = 0; k < outputs.Length; k++)
        {
            if (!(Math.Abs(outputs[k] - right[k]) <= tolerance))
            {
                return false;
            }
        }

        return true;
    }
}
