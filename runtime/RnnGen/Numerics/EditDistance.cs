namespace RnnGen;

/// <summary>The edit distance (Levenshtein 1966), of which error rates of labels and words are made.</summary>
public static class EditDistance
{
    private const int Few = 256;

    /// <summary>The smallest number of insertions, deletions and replacements that turn one sequence into another.</summary>
    /// <param name="labels">The sequence that is right. The error rate is the distance divided by its length.</param>
    /// <param name="found">The other sequence.</param>
    /// <returns>The distance, 0 to the length of the longer one.</returns>
    public static int Between(ReadOnlySpan<int> labels, ReadOnlySpan<int> found) =>
        Between(labels, found, found.Length < Few ? stackalloc int[found.Length + 1] : new int[found.Length + 1]);

    /// <summary>The same for any elements, such as letters, with memory of the caller.</summary>
    /// <param name="labels">The sequence that is right.</param>
    /// <param name="found">The other sequence.</param>
    /// <param name="distances">Room for one number more than the other sequence has elements.</param>
    internal static int Between<T>(ReadOnlySpan<T> labels, ReadOnlySpan<T> found, Span<int> distances)
        where T : IEquatable<T>
    {
        // From the labels so far to the first k found ones.
        for (int k = 0; k <= found.Length; k++)
        {
            distances[k] = k;
        }

        for (int i = 0; i < labels.Length; i++)
        {
            int diagonal = distances[0];
            distances[0] = i + 1;
            for (int k = 0; k < found.Length; k++)
            {
                int replaced = diagonal + (labels[i].Equals(found[k]) ? 0 : 1);
                diagonal = distances[k + 1];
                distances[k + 1] = Math.Min(replaced, Math.Min(diagonal, distances[k]) + 1);
            }
        }

        return distances[found.Length];
    }
}
