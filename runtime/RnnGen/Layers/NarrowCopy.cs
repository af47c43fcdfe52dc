using System.ComponentModel;
using System.Runtime.InteropServices;

namespace RnnGen.CompilerServices;

/// <summary>A copy of a matrix in a narrow format, as steps read it: see <see cref="WeightFormat"/>.</summary>
/// <param name="Format">The format.</param>
/// <param name="Source">The matrix.</param>
/// <param name="Target">
/// Its copy. Its rows are groups of two or four rows of the matrix, which share a float; with <see cref="WeightFormat.Int8"/>, two rows come before them: the scale of
/// each unit, and the integer that its sum begins with, which makes up for the numbers' being unsigned.
/// </param>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly record struct NarrowCopy(WeightFormat Format, PackedMatrix Source, PackedMatrix Target)
{
    private const int LargestByte = 127;
    private const int HeaderRows = 2;
    private const int RowsPerGroup = 4;

    /// <summary>Floats that a step reads, with the padding of units.</summary>
    internal long Size => (Target.Rows + (Format == WeightFormat.Int8 ? HeaderRows : 0)) * PaddedUnits;

    /// <summary>Floats of the matrix, which a step does not read.</summary>
    internal long Replaced => Source.Rows * PaddedUnits;

    private long PaddedUnits => (Source.Units + Source.Tile - 1) / Source.Tile * (long)Source.Tile;

    internal void Run(Span<float> weights)
    {
        for (int tile = 0; tile < Source.Units; tile += Source.Tile)
        {
            // Padded units have weights of zero.
            int source = Source.At(tile, 0);
            int target = Target.At(tile, 0);
            int units = Math.Min(Source.Tile, Source.Units - tile);
            if (Format == WeightFormat.Int8)
            {
                WriteBytes(weights, source, target, units);
            }
            else
            {
                WriteHalves(weights, source, target, units);
            }
        }
    }

    private void WriteHalves(Span<float> weights, int source, int target, int units)
    {
        for (int group = 0; group < Target.Rows; group++)
        {
            Span<uint> pair = MemoryMarshal.Cast<float, uint>(weights.Slice(target + (group * Target.RowStride), units));
            ReadOnlySpan<float> first = weights.Slice(source + (2 * group * Source.RowStride), units);
            ReadOnlySpan<float> second = (2 * group) + 1 < Source.Rows ? weights.Slice(source + (((2 * group) + 1) * Source.RowStride), units) : default;
            for (int unit = 0; unit < units; unit++)
            {
                pair[unit] = Half(first[unit]) | (second.IsEmpty ? 0 : Half(second[unit]) << 16);
            }
        }
    }

    /// <summary>The upper half of a float, rounded to nearest, ties to even; NaN stays NaN.</summary>
    private static uint Half(float value)
    {
        uint bits = BitConverter.SingleToUInt32Bits(value);
        return float.IsNaN(value) ? (bits >> 16) | 0x40 : (bits + 0x7FFF + ((bits >> 16) & 1)) >> 16;
    }

    private void WriteBytes(Span<float> weights, int source, int target, int units)
    {
        Span<float> scales = weights.Slice(target, units);
        Span<int> starts = MemoryMarshal.Cast<float, int>(weights.Slice(target + Target.RowStride, units));
        scales.Clear();
        starts.Clear();
        for (int row = 0; row < Source.Rows; row++)
        {
            ReadOnlySpan<float> values = weights.Slice(source + (row * Source.RowStride), units);
            for (int unit = 0; unit < units; unit++)
            {
                // NaN stays.
                scales[unit] = MathF.Max(scales[unit], MathF.Abs(values[unit]));
            }
        }

        // A weight that is not finite makes all others of its unit zero, and their scale such that the sum is not finite.
        Span<float> inverses = stackalloc float[units];
        for (int unit = 0; unit < units; unit++)
        {
            inverses[unit] = float.IsFinite(scales[unit]) && scales[unit] >= NarrowNumbers.Smallest ? LargestByte / scales[unit] : 0;
            scales[unit] /= LargestByte;
        }

        for (int group = 0; group < Target.Rows; group++)
        {
            Span<uint> four = MemoryMarshal.Cast<float, uint>(weights.Slice(target + ((HeaderRows + group) * Target.RowStride), units));
            four.Clear();
            for (int k = 0; k < RowsPerGroup && (RowsPerGroup * group) + k < Source.Rows; k++)
            {
                ReadOnlySpan<float> values = weights.Slice(source + (((RowsPerGroup * group) + k) * Source.RowStride), units);
                for (int unit = 0; unit < units; unit++)
                {
                    // Not finite times zero is NaN, which becomes 0.
                    int rounded = (int)MathF.Round(values[unit] * inverses[unit]);
                    starts[unit] -= NarrowNumbers.Zero * rounded;
                    four[unit] |= (uint)(byte)rounded << (8 * k);
                }
            }
        }
    }
}
