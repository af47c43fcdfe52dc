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
        string[] places = [.. new[] { embedding, head }.Select(l => Columns(l.Record).Select(c => Packed(l.WeightShift, c.Segment, c.Index, c.Size)).Single())];
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
        foreach ((Segment segment, SegmentColumn column, int index, int size) in Columns(layer.Backward))
        {
            Matrix matrix = column.Projection.Matrix;
            string source = Columns(layer.Record)
                .Where(c => c.Column.Projection.Matrix == matrix.Transpose())
                .Select(c => Packed(layer.WeightShift, c.Segment, c.Index, c.Size))
                .First();
            writer.Line($"        new({source}, {Packed(layer.TransposedShift, segment, index, size)}),");
        }

        foreach (Sweep sweep in layer.Backward.Vectors)
        {
            // A copy: a matrix of one row becomes one of one column.
            ParameterVector vector = sweep.Segments[0].Biases[0].Vector;
            Sweep forward = layer.Record.Vectors.Single(s => s.Segments[0].Biases[0].Vector == vector);
            string target = $"new {Services}.PackedMatrix({Literals.Integer(layer.TransposedShift + sweep.Segments[0].Offset)}, 1, 1, 1, {Literals.Integer(vector.Size)}, 1)";
            writer.Line($"        new({Packed(layer.WeightShift + forward.Segments[0].Offset, vector.Size, forward.Segments[0], rows: 1)}, {target}),");
        }
    }

    private static IEnumerable<(int FirstRow, string Text)> Blocks(LayerPlan layer, Tensor tensor)
    {
        KernelPlan plan = layer.Record;
        for (int k = 0; k < layer.Cell.States.Count; k++)
        {
            if (layer.Cell.States[k].Initial == tensor)
            {
                yield return (0, Packed(layer.InitialStates!.Value + layer.States.Offsets[k], tensor.Rows, Lanes.Count, Lanes.Count, 1, 1));
            }
        }

        foreach ((Segment segment, SegmentColumn column, int index, int size) in Columns(plan))
        {
            if (column.Projection.Matrix.Tensor == tensor)
            {
                yield return (column.Projection.Matrix.FirstRow, Packed(layer.WeightShift, segment, index, size));
            }
        }

        foreach (Sweep sweep in plan.Sweeps.Concat(plan.Vectors))
        {
            foreach (Segment segment in sweep.Segments)
            {
                for (int b = 0; b < segment.Biases.Count; b++)
                {
                    ParameterVector vector = segment.Biases[b].Vector;
                    if (vector.Tensor == tensor)
                    {
                        yield return (vector.FirstRow, Packed(layer.WeightShift + segment.Offset + (b * segment.Tile), sweep.Size, segment, rows: 1));
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

    private static IEnumerable<(Segment Segment, SegmentColumn Column, int Index, int Size)> Columns(KernelPlan plan) =>
        from sweep in plan.Sweeps
        from segment in sweep.Segments
        from index in Enumerable.Range(0, segment.Columns.Count)
        select (segment, segment.Columns[index], index, sweep.Size);

    private static string Packed(int shift, Segment segment, int column, int size) =>
        Packed(shift + segment.Offset + ((segment.Biases.Count + column) * segment.Tile), size, segment, segment.Rows);

    private static string Packed(int offset, int size, Segment segment, int rows) =>
        Packed(offset, size, segment.Tile, segment.TileStride, rows, segment.RowStride);

    private static string Packed(params int[] numbers) =>
        $"new {Services}.PackedMatrix({string.Join(", ", numbers.Select(n => Literals.Integer(n)))})";
}
