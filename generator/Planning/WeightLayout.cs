using RnnGen.Generator.Cells;
using RnnGen.Generator.Model;

namespace RnnGen.Generator.Planning;

/// <summary>Where every tensor is in the packed weights, and which copies of them the backward pass and tied heads read.</summary>
internal sealed class WeightLayout(ModelPlan model)
{
    /// <summary>The trained tensors of the layers, and those that data give, in the order of checkpoints.</summary>
    public IReadOnlyList<(string Layer, IReadOnlyList<PackedTensor> Tensors)> Layers { get; } =
    [
        .. from layer in model.Spec.Layers
           select (layer.Name, (IReadOnlyList<PackedTensor>)
           [
               .. from part in model.Layers
                  where part.Spec.Name == layer.Name
                  from tensor in part.Cell.Tensors
                  where tensor.Role != TensorRole.Tied
                  select new PackedTensor(tensor.NameAt(part.ParameterSuffix), tensor, [.. Blocks(part, tensor).OrderBy(b => b.FirstRow).Select(b => b.Place)]),
           ]),
    ];

    /// <summary>The transposed copies that the backward pass reads.</summary>
    public IReadOnlyList<(PackedMatrix From, PackedMatrix To)> Transpositions { get; } = [.. model.Layers.SelectMany(Transposed)];

    /// <summary>The matrices of embeddings, and their copies in the heads that share them.</summary>
    public IReadOnlyList<(PackedMatrix From, PackedMatrix To)> Ties { get; } =
    [
        .. from head in model.Layers
           where head.Spec.TiedTo is not null
           let embedding = model.Layers.Single(l => l.Spec.Name == model.Spec.Layers[head.Spec.TiedTo!.Value].Name)
           select (Only(embedding), Only(head)),
    ];

    /// <summary>The narrow copies that steps read, then those of biases, as floats, whose rows are added up.</summary>
    public IReadOnlyList<(WeightFormatKind Format, PackedMatrix From, PackedMatrix To)> Narrow { get; } =
    [
        .. from layer in model.Layers
           from stage in layer.Step.Stages
           from panel in stage.Panels
           where panel.Format != WeightFormatKind.Float32
           from index in Enumerable.Range(0, panel.Columns.Count)
           let place = layer.WeightShift + panel.Offset
           select (
               panel.Format,
               Packed(panel, place + ((panel.Biases.Count + index) * panel.Tile), stage.Size, panel.Rows),
               new PackedMatrix(
                   model.WeightSize + place + panel.NarrowRowsStart() + (index * panel.Tile), stage.Size, panel.Tile, panel.NarrowTileStride(), panel.RowGroups(), panel.RowStride)),
        .. from layer in model.Layers
           from stage in layer.Step.Stages
           from panel in stage.Panels
           where panel.Format != WeightFormatKind.Float32
           from sum in panel.BiasedSums().Select((accumulator, index) => (Biases: panel.BiasesOf(accumulator).ToArray(), Index: index))
           let place = layer.WeightShift + panel.Offset
           select (
               WeightFormatKind.Float32,
               new PackedMatrix(place + (sum.Biases[0] * panel.Tile), stage.Size, panel.Tile, panel.TileStride, sum.Biases.Length, panel.Tile),
               new PackedMatrix(model.WeightSize + place + (sum.Index * panel.Tile), stage.Size, panel.Tile, panel.NarrowTileStride(), 1, panel.Tile)),
    ];

    private static PackedMatrix Only(LayerPlan layer) => Columns(layer.Record, layer.WeightShift).Single().Place;

    private static IEnumerable<(PackedMatrix From, PackedMatrix To)> Transposed(LayerPlan layer)
    {
        foreach ((PanelColumn column, PackedMatrix place) in Columns(layer.Backward, layer.TransposedShift))
        {
            Matrix matrix = column.Projection.Matrix.Transpose();
            yield return (Columns(layer.Record, layer.WeightShift).First(c => c.Column.Projection.Matrix == matrix).Place, place);
        }

        foreach (Stage stage in layer.Backward.Vectors)
        {
            // A copy: a matrix of one row becomes one of one column.
            ParameterVector vector = stage.Panels[0].Biases[0].Vector;
            PackedMatrix source = Biases(layer, layer.Record.Vectors).Single(b => b.Vector == vector).Place;
            yield return (source, new PackedMatrix(layer.TransposedShift + stage.Panels[0].Offset, 1, 1, 1, vector.Size, 1));
        }
    }

    /// <summary>The blocks of a tensor, such as those of its gates, each with its first row.</summary>
    private static IEnumerable<(int FirstRow, PackedMatrix Place)> Blocks(LayerPlan layer, Tensor tensor) =>
    [
        .. from k in Enumerable.Range(0, layer.Cell.States.Count)
           where layer.Cell.States[k].Initial == tensor
           select (0, new PackedMatrix(layer.InitialStates!.Value + layer.States.Offsets[k], tensor.Rows, CacheLine.Floats, CacheLine.Floats, 1, 1)),
        .. from column in Columns(layer.Record, layer.WeightShift)
           where column.Column.Projection.Matrix.Tensor == tensor
           select (column.Column.Projection.Matrix.FirstRow, column.Place),
        .. from bias in Biases(layer, layer.Record.Stages.Concat(layer.Record.Vectors))
           where bias.Vector.Tensor == tensor
           select (bias.Vector.FirstRow, bias.Place),
    ];

    private static IEnumerable<(PanelColumn Column, PackedMatrix Place)> Columns(KernelPlan plan, int shift) =>
        from stage in plan.Stages
        from panel in stage.Panels
        from index in Enumerable.Range(0, panel.Columns.Count)
        select (panel.Columns[index], Packed(panel, shift + panel.Offset + ((panel.Biases.Count + index) * panel.Tile), stage.Size, panel.Rows));

    private static IEnumerable<(ParameterVector Vector, PackedMatrix Place)> Biases(LayerPlan layer, IEnumerable<Stage> stages) =>
        from stage in stages
        from panel in stage.Panels
        from index in Enumerable.Range(0, panel.Biases.Count)
        select (panel.Biases[index].Vector, Packed(panel, layer.WeightShift + panel.Offset + (index * panel.Tile), stage.Size, rows: 1));

    private static PackedMatrix Packed(WeightPanel panel, int offset, int size, int rows) => new(offset, size, panel.Tile, panel.TileStride, rows, panel.RowStride);
}

/// <summary>A tensor of a checkpoint.</summary>
/// <param name="Name">Its name, with the suffix of its level and direction.</param>
/// <param name="Tensor">What it is.</param>
/// <param name="Blocks">Where its blocks of rows are, such as those of the gates.</param>
internal sealed record PackedTensor(string Name, Tensor Tensor, IReadOnlyList<PackedMatrix> Blocks);

/// <summary>A matrix in the packed weights: <c>[tile of units][row of the source][unit]</c>.</summary>
/// <param name="Offset">Where it starts.</param>
/// <param name="Units">Number of units.</param>
/// <param name="Tile">Units of a tile.</param>
/// <param name="TileStride">Distance between two tiles.</param>
/// <param name="Rows">Number of rows.</param>
/// <param name="RowStride">Distance between two rows.</param>
internal sealed record PackedMatrix(int Offset, int Units, int Tile, int TileStride, int Rows, int RowStride);
