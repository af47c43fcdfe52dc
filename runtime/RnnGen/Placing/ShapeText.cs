using System.Globalization;

namespace RnnGen.Checkpoints;

/// <summary>Shapes in messages.</summary>
internal static class ShapeText
{
    /// <summary>A shape such as <c>[36, 5]</c>, the same in every culture.</summary>
    public static string Of(IEnumerable<int> shape) => $"[{string.Join(", ", shape.Select(size => size.ToString(CultureInfo.InvariantCulture)))}]";
}
