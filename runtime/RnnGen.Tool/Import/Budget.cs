namespace RnnGen.Tool.Import;

/// <summary>How many numbers an import may hold: a small file can ask for any number of them.</summary>
internal sealed class Budget
{
    // Enough for a window of a thousand steps with hundreds of features at every node of a network of usual size.
    private const long Numbers = 12_000_000;

    // Weights are sliced, transposed and concatenated.
    private const int Copies = 12;

    private readonly long _all;
    private long _left;

    /// <summary>Makes a budget.</summary>
    /// <param name="weights">The number of weights in the file.</param>
    public Budget(long weights)
    {
        _all = Numbers + (Copies * weights);
        _left = _all;
    }

    /// <summary>Takes from the budget.</summary>
    /// <param name="place">What asks, for messages.</param>
    /// <param name="numbers">How many numbers it will hold.</param>
    /// <exception cref="ImportException">That many are not left.</exception>
    public void Take(string place, long numbers)
    {
        _left -= numbers;
        if (_left < 0)
        {
            throw new ImportException(place, $"expected values of at most {_all} numbers in all, found more. Export the network with fewer steps, or with one step and the states as inputs.")
            {
                IsFinal = true,
            };
        }
    }
}
