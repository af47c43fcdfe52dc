namespace RnnGen.Verification;

/// <summary>Windows as a <see cref="ReferenceNetwork"/> reads them, in double precision. A token is a vector with a single one, made once.</summary>
/// <typeparam name="TInput">The element type of the inputs: <see cref="int"/> for tokens, <see cref="float"/> for numbers.</typeparam>
/// <param name="size">Inputs per step, or the size of the vocabulary.</param>
internal sealed class ReferenceInputs<TInput>(int size)
{
    private readonly Dictionary<int, double[]> _tokens = [];

    /// <summary>The rows of a window.</summary>
    /// <param name="window">[steps x size], or one token per step.</param>
    /// <returns>[steps][size].</returns>
    public double[][] Rows(ReadOnlySpan<TInput> window) => (object)window.ToArray() switch
    {
        int[] tokens => Array.ConvertAll(tokens, Token),
        float[] numbers => [.. numbers.Chunk(size).Select(row => Array.ConvertAll(row, value => (double)value))],
        _ => throw new NotSupportedException($"Expected numbers or tokens, found {typeof(TInput)}."),
    };

    private double[] Token(int token)
    {
        if (!_tokens.TryGetValue(token, out double[]? vector))
        {
            vector = new double[size];
            vector[token] = 1;
            _tokens.Add(token, vector);
        }

        return vector;
    }
}
