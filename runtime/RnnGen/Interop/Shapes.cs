namespace RnnGen.Interop;

/// <summary>Shapes of arrays of other libraries, which have dimensions of size 1 and split ones.</summary>
internal static class Shapes
{
    /// <summary>Whether an array of the right number of elements can be read as a matrix: it is a vector, or some dimensions together are the rows.</summary>
    /// <param name="shape">The shape.</param>
    /// <param name="rows">The rows of the matrix.</param>
    public static bool Fit(IReadOnlyList<int> shape, int rows)
    {
        if (rows == 1 || shape.Count(size => size != 1) < 2)
        {
            return true;
        }

        int product = 1;
        return shape.Any(size => (product *= size) == rows);
    }

    /// <summary>The shapes, such as <c>[32, 8]</c> or <c>[8, 8], [8, 8]</c>.</summary>
    public static string Text(IReadOnlyList<WeightTensor> arrays) => arrays.Count == 0 ? "none" : string.Join(", ", arrays.Select(array => array.ShapeText));
}
