namespace RnnGen.Checkpoints;

/// <summary>What happens to a tensor of a file on its way to a parameter.</summary>
internal static class Conversions
{
    /// <summary>
    /// Whether a shape is that of a parameter, apart from dimensions of 1 in front or behind: they do not change the order of the elements. Others in between
    /// are not dropped, as [1, n] for [n, 1] is the sign of a transposed file.
    /// </summary>
    public static bool Fits(IReadOnlyList<int> found, IReadOnlyList<int> expected, bool isExact)
    {
        int more = found.Count - expected.Count;
        return isExact ? found.SequenceEqual(expected) : Enumerable.Range(0, Math.Max(0, more + 1)).Any(front =>
            found.Skip(front).Take(expected.Count).SequenceEqual(expected)
            && found.Take(front).Concat(found.Skip(front + expected.Count)).All(size => size == 1));
    }

    /// <summary>Whether a matrix has the rows of another one as columns.</summary>
    public static bool IsTranspose(IReadOnlyList<int> found, IReadOnlyList<int> expected) =>
        found.Count == 2 && expected.Count == 2 && found[0] == expected[1] && found[1] == expected[0];

    /// <summary>What is done, in words.</summary>
    /// <param name="tensor">The tensor.</param>
    /// <param name="name">The name that was looked for.</param>
    /// <param name="parameter">The parameter.</param>
    /// <param name="prefix">What was taken off the name.</param>
    public static string Describe(FileTensor tensor, string name, Parameter parameter, string prefix)
    {
        List<string> words = [];
        if (prefix.Length > 0)
        {
            words.Add($"prefix {Printable.Name(prefix)} taken off");
        }

        if (name[prefix.Length..] != parameter.FullName)
        {
            words.Add("renamed");
        }

        if (tensor.Name != name)
        {
            words.Add("named as in a cell");
        }

        if (!tensor.Shape.SequenceEqual(parameter.Shape))
        {
            words.Add($"dimensions of 1 dropped for {parameter.ShapeText}");
        }

        if (tensor.ElementType != ElementType.Float)
        {
            // Every number of 16 bits is a float.
            words.Add(tensor.ElementType is "F16" or "BF16" ? $"widened from {tensor.ElementType}" : $"rounded from {tensor.ElementType}");
        }

        return words.Count == 0 ? "as is" : string.Join(", ", words);
    }
}
