namespace RnnGen.Checkpoints;

/// <summary>How different two names are.</summary>
internal static class EditDistance
{
    /// <summary>The least number of letters that are added, removed or replaced to make one name of the other (Levenshtein). Only the ends of long names count.</summary>
    public static int Between(string a, string b)
    {
        ReadOnlySpan<char> first = End(a);
        ReadOnlySpan<char> second = End(b);
        int[] distances = [.. Enumerable.Range(0, second.Length + 1)];
        for (int i = 1; i <= first.Length; i++)
        {
            int diagonal = distances[0];
            distances[0] = i;
            for (int j = 1; j <= second.Length; j++)
            {
                int replaced = diagonal + (first[i - 1] == second[j - 1] ? 0 : 1);
                diagonal = distances[j];
                distances[j] = Math.Min(replaced, Math.Min(diagonal, distances[j - 1]) + 1);
            }
        }

        return distances[^1];
    }

    private static ReadOnlySpan<char> End(string name) => name.AsSpan(Math.Max(0, name.Length - Printable.LongestName));
}
