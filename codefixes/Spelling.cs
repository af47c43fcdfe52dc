namespace RnnGen.CodeFixes;

/// <summary>Finds names: the one that was meant, and one that is not taken.</summary>
internal static class Spelling
{
    /// <summary>The only name that differs from what was written by at most a third of its letters, case aside; null if there is none, or several equally near.</summary>
    public static string? Nearest(string written, IEnumerable<string> names)
    {
        var near = names.Select(name => (Name: name, Distance: Distance(written.ToUpperInvariant(), name.ToUpperInvariant())))
            .Where(found => 3 * found.Distance <= Math.Max(3, found.Name.Length))
            .OrderBy(found => found.Distance)
            .ToArray();
        return near.Length > 0 && (near.Length == 1 || near[1].Distance > near[0].Distance) ? near[0].Name : null;
    }

    /// <summary>The first of a name, the name with 2, with 3, ... that is free.</summary>
    public static string Free(string name, Func<string, bool> isFree)
    {
        string free = name;
        for (int number = 2; !isFree(free); number++)
        {
            free = FormattableString.Invariant($"{name}{number}");
        }

        return free;
    }

    /// <summary>The number of letters to insert, remove, replace or swap with the next (optimal string alignment).</summary>
    private static int Distance(string left, string right)
    {
        var distances = new int[left.Length + 1, right.Length + 1];
        for (int row = 0; row <= left.Length; row++)
        {
            for (int column = 0; column <= right.Length; column++)
            {
                distances[row, column] = row == 0 || column == 0 ? row + column : Math.Min(
                    Math.Min(distances[row - 1, column], distances[row, column - 1]) + 1,
                    distances[row - 1, column - 1] + (left[row - 1] == right[column - 1] ? 0 : 1));
                if (row > 1 && column > 1 && left[row - 1] == right[column - 2] && left[row - 2] == right[column - 1])
                {
                    distances[row, column] = Math.Min(distances[row, column], distances[row - 2, column - 2] + 1);
                }
            }
        }

        return distances[left.Length, right.Length];
    }
}
