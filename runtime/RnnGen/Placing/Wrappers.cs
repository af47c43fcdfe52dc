namespace RnnGen.Checkpoints;

/// <summary>
/// What PyTorch's wrappers put in front of the names of a state_dict: <c>DataParallel</c> and <c>DistributedDataParallel</c> (<c>module.</c>),
/// <c>torch.compile</c> (<c>_orig_mod.</c>), and the usual name of the network in a module that trains it (<c>model.</c>).
/// </summary>
internal static class Wrappers
{
    private const int Deepest = 4;

    private static readonly string[] Known = ["module.", "_orig_mod.", "model."];

    /// <summary>The wrappers that occur in front of names, also nested; first that of no wrapper, then shorter before longer ones.</summary>
    public static IReadOnlyList<string> In(IEnumerable<string> names)
    {
        HashSet<string> found = new(StringComparer.Ordinal) { "" };
        foreach (string name in names)
        {
            int length = 0;
            for (int depth = 0; depth < Deepest && LengthAt(name, length) is > 0 and int more; depth++)
            {
                length += more;
                found.Add(name[..length]);
            }
        }

        return [.. found.OrderBy(wrapper => wrapper.Length).ThenBy(wrapper => wrapper, StringComparer.Ordinal)];
    }

    private static int LengthAt(string name, int start) =>
        Known.FirstOrDefault(known => name.AsSpan(start).StartsWith(known, StringComparison.Ordinal))?.Length ?? 0;
}
