using RnnGen.CompilerServices;

namespace RnnGen.Verification;

/// <summary>Networks in double precision that round as steps with narrow weights do: weights once, and the numbers that they are multiplied by in every step.</summary>
internal static class NarrowReference
{
    /// <summary>A copy of a network that rounds.</summary>
    /// <param name="network">The network.</param>
    /// <param name="hasTokens">Whether its inputs are tokens, whose rows are not rounded.</param>
    /// <param name="formatOf">The format of each layer.</param>
    public static ReferenceNetwork Of(ReferenceNetwork network, bool hasTokens, Func<ReferenceLayer, WeightFormat> formatOf) =>
        network with { Layers = [.. network.Layers.Select(layer => Rounded(layer, formatOf(layer), hasTokens && layer.Sources.Contains(-1)))] };

    /// <summary>Whether a format changes anything of a layer.</summary>
    /// <param name="layer">The layer.</param>
    /// <param name="readsTokens">Whether it reads tokens.</param>
    public static bool IsNarrow(ReferenceLayer layer, bool readsTokens) =>
        layer.Cells.Select((cell, index) => HasState(cell) || HasInput(layer, cell, index, readsTokens)).Contains(true);

    /// <summary>Bytes of the matrices of a layer with their scales, without padding, and those of its other weights.</summary>
    /// <param name="layer">The layer.</param>
    /// <param name="format">The format.</param>
    /// <param name="readsTokens">Whether it reads tokens.</param>
    public static long Bytes(ReferenceLayer layer, WeightFormat format, bool readsTokens)
    {
        long bytes = 0;
        for (int index = 0; index < layer.Cells.Count; index++)
        {
            ReferenceCell cell = layer.Cells[index];
            int units = cell.Gates.Count * cell.Units;
            bytes += sizeof(float) * ((2L * units) + cell.Peepholes.Sum(peephole => peephole.Value.Length) + cell.Projection.Length);
            bytes += OfMatrix(cell.InputWeights.Length, units, HasInput(layer, cell, index, readsTokens) ? format : WeightFormat.Float32);
            bytes += OfMatrix(cell.StateWeights.Length, units, HasState(cell) ? format : WeightFormat.Float32);
        }

        return bytes + (sizeof(float) * ((long)layer.Weight.Length + layer.Bias.Length));

        static long OfMatrix(long count, long units, WeightFormat format) => format switch
        {
            WeightFormat.BFloat16 => 2 * count,
            WeightFormat.Int8 => count + (sizeof(float) * units),
            WeightFormat.Int4 => (count * 9 / 16) + (sizeof(float) * units),
            _ => sizeof(float) * count,
        };
    }

    /// <summary>Numbers as a step multiplies them by the weights of a format: whole multiples of a scale, for which the largest is 63 or 127.</summary>
    /// <param name="format">The format.</param>
    /// <param name="numbers">The numbers.</param>
    public static double[] Numbers(WeightFormat format, ReadOnlySpan<double> numbers)
    {
        double[] rounded = numbers.ToArray();
        double largest = rounded.Max(Math.Abs);
        double steps = format switch { WeightFormat.Int8 => NarrowNumbers.Largest, WeightFormat.Int4 => NarrowNumbers.LargestSigned, _ => 0 };
        if (steps > 0 && largest > 0)
        {
            for (int k = 0; k < rounded.Length; k++)
            {
                rounded[k] = Math.Round(rounded[k] * steps / largest) * largest / steps;
            }
        }

        return rounded;
    }

    private static ReferenceLayer Rounded(ReferenceLayer layer, WeightFormat format, bool readsTokens) => layer with
    {
        Cells = [.. layer.Cells.Select((cell, index) =>
        {
            int units = cell.Gates.Count * cell.Units;
            bool hasInput = HasInput(layer, cell, index, readsTokens);
            return cell with
            {
                InputWeights = hasInput ? Rounded(cell.InputWeights, units, format) : cell.InputWeights,
                StateWeights = HasState(cell) ? Rounded(cell.StateWeights, units, format) : cell.StateWeights,
                InputFormat = hasInput ? format : WeightFormat.Float32,
                StateFormat = HasState(cell) ? format : WeightFormat.Float32,
            };
        })],
    };

    private static bool HasState(ReferenceCell cell) => cell.StateWeights.Length > 0 && cell.StateSize >= WeightRounding.FewestRows;

    /// <summary>Only the lowest level reads tokens.</summary>
    private static bool HasInput(ReferenceLayer layer, ReferenceCell cell, int index, bool readsTokens)
    {
        int directions = (layer.Declaration as RecurrentAttribute)?.Direction == Direction.Bidirectional ? 2 : 1;
        return cell.Inputs >= WeightRounding.FewestRows && !(readsTokens && index < directions);
    }

    /// <summary>A matrix [units, columns], with a scale for each row.</summary>
    private static double[] Rounded(double[] matrix, int units, WeightFormat format)
    {
        // As kernels have it, in one tile.
        const int Line = 16;
        int columns = matrix.Length / units;
        int tile = (units + Line - 1) / Line * Line;
        var packed = new float[columns * tile];
        for (int k = 0; k < matrix.Length; k++)
        {
            packed[(k % columns * tile) + (k / columns)] = (float)matrix[k];
        }

        WeightRounding.Round(format, packed, new PackedMatrix(0, units, tile, packed.Length, columns, tile));
        return [.. matrix.Select((_, k) => (double)packed[(k % columns * tile) + (k / columns)])];
    }
}
