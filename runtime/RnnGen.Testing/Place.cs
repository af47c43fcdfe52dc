using System.Globalization;

namespace RnnGen.Testing;

/// <summary>Where a value stands, for messages.</summary>
internal static class Place
{
    /// <summary>The place of a value in a tensor, such as [3, 7].</summary>
    public static string Of(int index, IReadOnlyList<int> shape) => shape.Count == 2
        ? string.Create(CultureInfo.InvariantCulture, $"[{index / shape[1]}, {index % shape[1]}]")
        : string.Create(CultureInfo.InvariantCulture, $"[{index}]");
}
