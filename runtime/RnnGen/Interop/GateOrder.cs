using System.Globalization;

namespace RnnGen.Interop;

/// <summary>The order of the gates of another library, in terms of the layer's own gates.</summary>
/// <param name="Gates">For each place the index of the layer's gate; -1 for a gate that the layer does not have.</param>
/// <param name="Arrays">The number of gates in each array of an export.</param>
internal sealed record GateOrder(IReadOnlyList<int> Gates, IReadOnlyList<int> Arrays)
{
    private const char Absent = '-';
    private const char Bar = '|';
    private const char Comma = ',';

    /// <summary>Reads an order.</summary>
    /// <param name="orders">The orders, <see cref="WeightLayout.GateOrder"/>; null for the layer's own.</param>
    /// <param name="gates">The gates of the layer in its own order; one without a name if it has none.</param>
    /// <param name="argument">The argument of the caller that has the order, for messages.</param>
    /// <exception cref="ArgumentException">No order has exactly these gates.</exception>
    public static GateOrder Parse(string? orders, IReadOnlyList<string> gates, string argument)
    {
        if (orders is null || gates.Count == 1)
        {
            return new([.. Enumerable.Range(0, gates.Count)], [gates.Count]);
        }

        return orders.Split(Comma).Select(order => Find(order, gates)).FirstOrDefault(order => order is not null) ?? throw new ArgumentException(
            string.Create(CultureInfo.InvariantCulture, $"Expected an order of the gates {string.Join(", ", gates)}, such as \"{string.Join(' ', gates)}\", found \"{orders}\"."), argument);
    }

    private static GateOrder? Find(string order, IReadOnlyList<string> gates)
    {
        var places = new List<int>();
        var arrays = new List<int>();
        foreach (string array in order.Split(Bar))
        {
            int[] own = [.. array.Where(letter => !char.IsWhiteSpace(letter)).Select(letter => letter == Absent ? -1 : IndexOf(letter, gates))];
            places.AddRange(own);
            arrays.Add(own.Length);
        }

        // A letter that is no gate, or no longer one after another of the same meaning, leaves a gate without a place.
        int known = places.Count(place => place >= 0);
        bool isComplete = known == gates.Count && places.Where(place => place >= 0).Distinct().Count() == known && !places.Contains(Unknown);
        return isComplete ? new GateOrder([.. places.Select(place => Math.Max(place, -1))], arrays) : null;
    }

    private const int Unknown = -2;

    private static int IndexOf(char letter, IReadOnlyList<string> gates)
    {
        // Literature has many names for the gate that is no gate: the candidate of the memory.
        string name = letter.ToString();
        string meaning = gates.Contains("o")
            ? letter is 'c' or 'j' or 'n' or 'z' ? "g" : name
            : letter switch
            {
                'u' => "z",
                'f' when !gates.Contains("r") => "z",
                'c' or 'g' or 'h' => "n",
                _ => name,
            };
        int index = gates.ToList().IndexOf(meaning);
        return index < 0 ? Unknown : index;
    }
}
