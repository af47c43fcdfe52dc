using RnnGen.Generator.Cells;

namespace RnnGen.Generator.Planning;

/// <summary>Where the states of a layer are, or its masks, relative to the layer's first one.</summary>
/// <param name="Offsets">One offset per state, in floats.</param>
/// <param name="Size">Floats of all states, padded.</param>
internal sealed record StateLayout(IReadOnlyList<int> Offsets, int Size)
{
    public static StateLayout Of(IEnumerable<Leaf> values)
    {
        var offsets = new List<int>();
        int size = 0;
        foreach (Leaf value in values)
        {
            offsets.Add(size);
            size += CacheLine.Pad(value.Size);
        }

        return new StateLayout(offsets, size);
    }
}
