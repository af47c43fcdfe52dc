using RnnGen.Generator.Cells;
using RnnGen.Generator.Model;
using RnnGen.Generator.Planning;

namespace RnnGen.Generator.Emission;

/// <summary>Prints where every tensor is in the packed weights, and which transposed copies the backward pass reads.</summary>
internal sealed class LayoutWriter(SourceWriter writer, ModelPlan model)
{
    private const string Services = "global::RnnGen.CompilerServices";

    public void Write()
    {
        writer.Line("// Matrices are packed as [tile of units][row of the source][unit]: offset, units, tile, tile stride, rows, row stride.");
        using (writer.Open($"private static {Services}.ModelWeights BuildWeights()"))
        {
            writer.Line("return new(");
            writer.Line($"    {Literals.Text(model.Spec.Target.Name.TrimStart('@'))},");
            writer.Line($"    {Literals.Integer(model.WeightSize)},");
            writer.Line($"    {Literals.Integer(model.TransposedSize)},");
            writer.Line("    [");
            foreach (LayerSpec layer in model.Spec.Layers)
            {
                WriteLayer(layer.Name, [.. from part in model.Layers where part.Spec.Name == layer.Name from tensor in part.Cell.Tensors where tensor.Role != TensorRole.Tied select (part, tensor)]);
            }

            writer.Line("    ],");
            writer.Line("    [");
            foreach (LayerPlan layer in model.Layers)
            {
                WriteTranspositions(layer);
            }

            LayerPlan[] tied = [.. model.Layers.Where(l => l.Spec.TiedTo is not null)];
            writer.Line(tied.Length == 0 ? "    ]);" : "    ],");
            for (int k = 0; k < tied.Length; k++)
            {
                WriteTie(tied[k], isLast: k == tied.Length - 1);
            }
        }
    }

    /// <summary>The embedding's matrix, and its copy in the head.</summary>
    private void WriteTie(LayerPlan head, bool isLast)
    {
        LayerPlan embedding = model.Layers.Single(l => l.Spec.Name == model.Spec.Layers[head.Spec.TiedTo!.Value].Name);
        string[] places = [.. new[] { embedding, head }.Select(l => Columns(l.Record).Select(c => Packed(l.WeightShift, c.Panel, c.Index, c.Size)).Single())];
        writer.Line($"    new {Services}.Transposition({places[0]}, {places[1]}){(isLast ? ");" : ",")}");
    }

    private void WriteLayer(string name, (LayerPlan Part, Tensor Tensor)[] tensors)
    {
        writer.Line($"        new global::RnnGen.Layer({Literals.Text(name)}{(tensors.Length == 0 ? ")," : ",")}");
        for (int t = 0; t < tensors.Length; t++)
        {
            (LayerPlan part, Tensor tensor) = tensors[t];
            string shape = tensor.IsVector ? $"[{tensor.Rows}]" : tensor.IsTransposed ? $"[{tensor.Columns}, {tensor.Rows}]" : $"[{tensor.Rows}, {tensor.Columns}]";
            string initializer = $"global::RnnGen.Initializer.{Describe(tensor.Initializer)}";
            writer.Line($"            new global::RnnGen.Parameter({Literals.Text(ParameterName(part, tensor))}, {shape}, {initializer}, {(tensor.IsTransposed ? "true" : "false")}, [{string.Join(", ", tensor.Gates.Select(Literals.Text))}],");
            string[] blocks = [.. Blocks(part, tensor).OrderBy(b => b.FirstRow).Select(b => b.Text)];
            for (int b = 0; b < blocks.Length; b++)
            {
                bool lastBlock = b == blocks.Length - 1;
                bool lastTensor = t == tensors.Length - 1;
                string end = tensor.Role == TensorRole.Constant ? ") { Frozen = true }," : "),";
                writer.Line($"                {blocks[b]}{(!lastBlock ? "," : lastTensor ? ")" + end : "),")}");
            }
        }
    }

    /// <summary>Cells name their tensors as if there were only one level and direction.</summary>
    private static string ParameterName(LayerPlan part, Tensor tensor)
    {
        const string First = "_l0";
        return tensor.Name.EndsWith(First, StringComparison.Ordinal)
            ? tensor.Name.Substring(0, tensor.Name.Length - First.Length + 1) + part.ParameterSuffix
            : tensor.Name;
    }

    private void WriteTranspositions(LayerPlan layer)
    {
        foreach ((WeightPanel panel, PanelColumn column, int index, int size) in Columns(layer.Backward))
        {
            Matrix matrix = column.Projection.Matrix;
            string source = Columns(layer.Record)
                .Where(c => c.Column.Projection.Matrix == matrix.Transpose())
                .Select(c => Packed(layer.WeightShift, c.Panel, c.Index, c.Size))
                .First();
            writer.Line($"        new({source}, {Packed(layer.TransposedShift, panel, index, size)}),");
        }

        foreach (Stage stage in layer.Backward.Vectors)
        {
            // A copy: a matrix of one row becomes one of one column.
            ParameterVector vector = stage.Panels[0].Biases[0].Vector;
            Stage forward = layer.Record.Vectors.Single(s => s.Panels[0].Biases[0].Vector == vector);
            string target = $"new {Services}.PackedMatrix({Literals.Integer(layer.TransposedShift + stage.Panels[0].Offset)}, 1, 1, 1, {Literals.Integer(vector.Size)}, 1)";
            writer.Line($"        new({Packed(layer.WeightShift + forward.Panels[0].Offset, vector.Size, forward.Panels[0], rows: 1)}, {target}),");
        }
    }

    private static IEnumerable<(int FirstRow, string Text)> Blocks(LayerPlan layer, Tensor tensor)
    {
        KernelPlan plan = layer.Record;
        for (int k = 0; k < layer.Cell.States.Count; k++)
        {
            if (layer.Cell.States[k].Initial == tensor)
            {
                yield return (0, Packed(layer.InitialStates!.Value + layer.States.Offsets[k], tensor.Rows, CacheLine.Floats, CacheLine.Floats, 1, 1));
            }
        }

        foreach ((WeightPanel panel, PanelColumn column, int index, int size) in Columns(plan))
        {
            if (column.Projection.Matrix.Tensor == tensor)
            {
                yield return (column.Projection.Matrix.FirstRow, Packed(layer.WeightShift, panel, index, size));
            }
        }

        foreach (Stage stage in plan.Stages.Concat(plan.Vectors))
        {
            foreach (WeightPanel panel in stage.Panels)
            {
                for (int b = 0; b < panel.Biases.Count; b++)
                {
                    ParameterVector vector = panel.Biases[b].Vector;
                    if (vector.Tensor == tensor)
                    {
                        yield return (vector.FirstRow, Packed(layer.WeightShift + panel.Offset + (b * panel.Tile), stage.Size, panel, rows: 1));
                    }
                }
            }
        }
    }

    private static string Describe(Initializer initializer) => initializer switch
    {
        { IsNormal: true } => $"Normal({Literals.Float(initializer.Scale)})",
        { Scale: 0 } => $"Constant({Literals.Float(initializer.Mean)})",
        _ => $"Uniform({Literals.Float(initializer.Scale)})",
    };

    private static IEnumerable<(WeightPanel Panel, PanelColumn Column, int Index, int Size)> Columns(KernelPlan plan) =>
        from stage in plan.Stages
        from panel in stage.Panels
        from index in Enumerable.Range(0, panel.Columns.Count)
        select (panel, panel.Columns[index], index, stage.Size);

    private static string Packed(int shift, WeightPanel panel, int column, int size) =>
        Packed(shift + panel.Offset + ((panel.Biases.Count + column) * panel.Tile), size, panel, panel.Rows);

    private static string Packed(int offset, int size, WeightPanel panel, int rows) =>
        Packed(offset, size, panel.Tile, panel.TileStride, rows, panel.RowStride);

    private static string Packed(params int[] numbers) =>
        $"new {Services}.PackedMatrix({string.Join(", ", numbers.Select(n => Literals.Integer(n)))})";
}
