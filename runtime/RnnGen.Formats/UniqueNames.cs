using System.Globalization;

namespace RnnGen.Formats;

/// <summary>
/// Gives names that a format lets occur more than once a number from the second time on: <c>w</c>, <c>w#2</c>, <c>w#3</c>, ...
/// </summary>
internal sealed class UniqueNames
{
    private readonly HashSet<string> _names = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _counts = new(StringComparer.Ordinal);

    /// <summary>The name, with a number if it was given before.</summary>
    public string Add(string name)
    {
        if (_names.Add(name))
        {
            return name;
        }

        int count = _counts.GetValueOrDefault(name, 1);
        string numbered;
        do
        {
            count++;
            numbered = string.Create(CultureInfo.InvariantCulture, $"{name}#{count}");
        }
        while (!_names.Add(numbered));

        _counts[name] = count;
        return numbered;
    }
}
