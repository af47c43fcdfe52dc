using System.Text;
using RnnGen.Generator.Model;

namespace RnnGen.Tool.Import;

/// <summary>Makes names of layers that are valid in C# and differ from each other, from the class and from what is generated for it.</summary>
/// <param name="className">The name of the class.</param>
internal sealed class LayerNames(string className)
{
    private const int Longest = 40;

    // Types that the class uses, and members of every object and every tuple.
    private static readonly string[] Types = ["Activation", "Direction", "Layer", "RnnGen", "System"];
    private static readonly string[] OfObjects =
        ["CompareTo", "Deconstruct", "Equals", "Finalize", "GetHashCode", "GetType", "Input", "MemberwiseClone", "ReferenceEquals", "Rest", "Summary", "ToString"];

    // What is made of the names of several heads ends like this.
    private static readonly string[] OfHeads = ["Size", "Outputs", "Targets", "Gradients", "Score"];

    private static readonly HashSet<string> Reserved = new([.. GeneratedNames.Members, .. Types, .. OfObjects], StringComparer.OrdinalIgnoreCase);

    private readonly HashSet<string> _taken = new(StringComparer.OrdinalIgnoreCase) { className };

    /// <summary>Makes a name.</summary>
    /// <param name="origin">The node or layer that it is made of; what stands in quotes is its name.</param>
    /// <param name="kind">What it is called if that has no name.</param>
    public string Make(string origin, string kind)
    {
        string stem = Stem(origin);
        stem = stem.Length == 0 ? kind : stem;
        string name = stem;
        for (int number = 2; IsTaken(name); number++)
        {
            name = FormattableString.Invariant($"{stem}{number}");
        }

        _taken.Add(name);
        return name;
    }

    /// <summary>Whether something that is generated for every class has a name.</summary>
    public static bool IsReserved(string name) => Reserved.Contains(name);

    private bool IsTaken(string name) => _taken.Contains(name) || IsReserved(name)
        || OfHeads.Any(end => name.EndsWith(end, StringComparison.OrdinalIgnoreCase)) || name.StartsWith("Item", StringComparison.OrdinalIgnoreCase);

    /// <summary>The last folders of a name such as <c>/rnn/LSTM</c> without the operator, each with a capital letter: Rnn.</summary>
    private static string Stem(string origin)
    {
        int start = origin.IndexOf('\'') + 1;
        int end = start > 0 ? origin.IndexOf('\'', start) : -1;
        if (end < 0)
        {
            return "";
        }

        string[] parts = origin[start..end].Split('/', StringSplitOptions.RemoveEmptyEntries);
        string part = parts.Length > 1 ? parts[^2] : parts.Length == 1 && !origin.Contains("with output", StringComparison.Ordinal) ? parts[0] : "";
        var name = new StringBuilder();
        bool isNew = true;
        foreach (char letter in part)
        {
            if (!char.IsAsciiLetterOrDigit(letter))
            {
                isNew = true;
            }
            else if (name.Length < Longest && (name.Length > 0 || char.IsAsciiLetter(letter)))
            {
                name.Append(isNew ? char.ToUpperInvariant(letter) : letter);
                isNew = false;
            }
        }

        return name.ToString();
    }
}
