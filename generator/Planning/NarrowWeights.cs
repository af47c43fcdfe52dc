using RnnGen.Generator.Cells;
using RnnGen.Generator.Layers;
using RnnGen.Generator.Model;

namespace RnnGen.Generator.Planning;

/// <summary>
/// Steps that read fewer bytes: the rows of a panel once more, in a narrow format, in a second block behind the packed weights. A panel has the same place in
/// both blocks, so that all layers with the same kernels find theirs.
/// </summary>
internal static class NarrowWeights
{
    /// <summary>A panel with fewer rows stays as it is: it would hardly become smaller.</summary>
    public const int FewestRows = 8;

    /// <summary>What the steps of a layer read its weights as: its own choice, or that of the model.</summary>
    public static WeightFormatKind FormatOf(ModelSpec model, LayerSpec layer) =>
        layer.Kind is not RecurrentLayer ? WeightFormatKind.Float32
        : layer.Get(RecurrentLayer.Weights) is not WeightFormatKind.Default and var own ? own
        : model.WeightFormat == WeightFormatKind.Default ? WeightFormatKind.Float32
        : model.WeightFormat;

    /// <summary>Whether a layer has a matrix that may be narrow, on any of its levels.</summary>
    /// <param name="layer">The layer.</param>
    /// <param name="tokens">Whether it reads tokens.</param>
    public static bool HasAny(LayerSpec layer, bool tokens)
    {
        return Has(layer, tokens) || (layer.Depth > 1 && Has(layer with { InputSize = layer.OutputSize }, tokens: false));

        static bool Has(LayerSpec level, bool tokens)
        {
            Cell cell = level.Kind.CellOf(level);
            return Expression.InOrder(cell.Results).OfType<Projection>().Any(p => p.Matrix.Columns >= FewestRows && !(tokens && p.Source == cell.Input));
        }
    }

    /// <summary>Rows in a lane of a vector.</summary>
    public static int RowsPerLane(this WeightFormatKind format) => format switch
    {
        WeightFormatKind.BFloat16 => 2,
        WeightFormatKind.Int8 => 4,
        WeightFormatKind.Int4 => 8,
        _ => 1,
    };

    /// <summary>Chains that a sum has at least. All kernels that read the weights of a layer have the same tiles.</summary>
    public static int ChainsPerSum(this WeightFormatKind format) =>
        format is WeightFormatKind.BFloat16 or WeightFormatKind.Int8 ? Thresholds.NarrowChainsPerSum : Thresholds.ChainsPerSum;

    /// <summary>Groups of rows that share their lanes; the last one may not be full.</summary>
    public static int RowGroups(this WeightPanel panel) => (panel.Rows + panel.Format.RowsPerLane() - 1) / panel.Format.RowsPerLane();

    /// <summary>Groups of rows of four bits whose products are added up before they are scaled.</summary>
    public const int GroupsOfBlock = 8;

    /// <summary>Floats of a block of numbers as bytes: what its sums begin with, and the bytes.</summary>
    public const int NumbersOfBlock = 1 + (2 * GroupsOfBlock);

    /// <summary>Whether inputs and states are read as bytes.</summary>
    public static bool ReadsBytes(this WeightFormatKind format) => format is WeightFormatKind.Int8 or WeightFormatKind.Int4;

    /// <summary>Vectors of a tile that come before its rows: the scale of each unit and, with 8 bits, what its sum begins with.</summary>
    public static int HeaderRows(this WeightPanel panel) => panel.Format switch
    {
        WeightFormatKind.Int8 => 2,
        WeightFormatKind.Int4 => 1,
        _ => 0,
    };

    /// <summary>Distance between two tiles of a narrow panel. With four bits, a vector with the factors comes before each block.</summary>
    public static int NarrowTileStride(this WeightPanel panel) => (panel.HeaderRows() + panel.RowGroups() + (panel.Format == WeightFormatKind.Int4 ? panel.Blocks() : 0)) * panel.RowStride;

    private static int Blocks(this WeightPanel panel) => (panel.RowGroups() + GroupsOfBlock - 1) / GroupsOfBlock;

    /// <summary>Floats of the numbers of a source as bytes, behind their scale.</summary>
    private static int SizeOfBytes(this WeightPanel panel) => panel.Format == WeightFormatKind.Int4 ? panel.Blocks() * NumbersOfBlock : panel.RowGroups();

    /// <summary>A step with narrow weights.</summary>
    /// <param name="step">The step.</param>
    /// <param name="format">Their format.</param>
    /// <param name="threads">The number of threads that compute it, each with its own bytes.</param>
    public static KernelPlan Of(KernelPlan step, WeightFormatKind format, int threads)
    {
        Stage[] stages = [.. step.Stages.Select(stage => stage with { Panels = [.. stage.Panels.Select(Narrow)] })];
        if (!format.ReadsBytes())
        {
            return step with { Stages = stages };
        }

        // The numbers of each source as bytes, once for all products: their scale, and four of them in a float.
        var bytes = new Dictionary<Operand, Operand>();
        int size = step.WorkSize;
        foreach (WeightPanel panel in stages.SelectMany(s => s.Panels).Where(p => p.Format == format))
        {
            foreach (Operand source in panel.Columns.Select(c => c.Source).Distinct().Where(s => !bytes.ContainsKey(s)))
            {
                bytes.Add(source, new Operand(Region.Work, size));
                size += CacheLine.Pad(1 + panel.SizeOfBytes());
            }
        }

        return step with
        {
            Stages = stages,
            Bytes = bytes,
            BytesSize = size - step.WorkSize,
            WorkSize = step.WorkSize + (threads * (size - step.WorkSize)),
            Regions = bytes.Count == 0 ? step.Regions : [.. step.Regions.Append(Region.Work).Distinct().OrderBy(r => r)],
        };

        WeightPanel Narrow(WeightPanel panel) => panel.Rows < FewestRows || panel.Columns.Any(c => c.IsToken) ? panel : panel with { Format = format };
    }
}
