using RnnGen.Formats.Onnx;
using RnnGen.Tool.Import;

namespace RnnGen.Tool.Onnx;

/// <summary>Sizes that a graph leaves open: those that the import was told, or assumed ones. Sizes of one name are one size; those without a name are by axis.</summary>
/// <param name="settings">What the import was told.</param>
/// <param name="smallest">The smallest assumed size. All assumed sizes differ.</param>
internal sealed class OpenSizes(ImportSettings settings, int smallest)
{
    private readonly Dictionary<string, int> _sizes = new(StringComparer.Ordinal);

    /// <summary>Whether sizes were assumed.</summary>
    public bool AreOpen => _sizes.Count > 0;

    /// <summary>The shape of an input; null if the file does not even tell the number of dimensions.</summary>
    public int[]? Of(OnnxValueInfo input)
    {
        if (settings.Shapes.TryGetValue(input.Name, out int[]? told))
        {
            bool fits = input.Shape is null || (input.Shape.Count == told.Length && input.Shape.Zip(told).All(pair => pair.First.Size is null || pair.First.Size == pair.Second));
            return fits ? told : throw new ImportException($"Input '{input.Name}'", $"expected a shape that fits the file's, found {Shapes.Show(told)}.");
        }

        if (input.Shape is not { Count: <= 16 } shape)
        {
            return null;
        }

        var sizes = new int[shape.Count];
        for (int axis = 0; axis < sizes.Length; axis++)
        {
            sizes[axis] = shape[axis].Size is { } size ? (int)Math.Min(size, int.MaxValue) : Assume(shape[axis].Name.Length > 0 ? shape[axis].Name : FormattableString.Invariant($"axis {axis}"));
        }

        return sizes;
    }

    private int Assume(string name)
    {
        if (!_sizes.TryGetValue(name, out int size))
        {
            size = smallest + _sizes.Count;
            _sizes.Add(name, size);
        }

        return size;
    }
}
