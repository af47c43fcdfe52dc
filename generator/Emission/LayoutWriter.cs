using RnnGen.Generator.Cells;
using RnnGen.Generator.Planning;

namespace RnnGen.Generator.Emission;

/// <summary>Prints where every tensor is in the packed weights, and which transposed copies the backward pass reads.</summary>
internal sealed class LayoutWriter(SourceWriter writer, ModelPlan model)
{
    private const string Services = VerbPhrases.Services;

    public void Write()
    {
        var layout = new WeightLayout(model);
        writer.Line("// Matrices are packed as [tile of units][row of the source][unit]: offset, units, tile, tile stride, rows, row stride.");
        using (writer.Open($"private static {Services}.ModelWeights BuildWeights()"))
        {
            writer.Line("return new(");
            writer.Line($"    {Literals.Text(model.Spec.Target.Name.TrimStart('@'))},");
            writer.Line($"    {Literals.Integer(model.WeightSize)},");
            writer.Line($"    {Literals.Integer(model.TransposedSize)},");
            writer.Line("    [");
            foreach ((string layer, IReadOnlyList<PackedTensor> tensors) in layout.Layers)
            {
                string declaration = DeclarationText.Of(model.Spec.Layers.Single(l => l.Name == layer), model.Spec.Layers);
                WriteList($"        new global::RnnGen.Layer({Literals.Text(layer)}, {declaration}", [.. tensors.Select(Describe)], tensors.Any(t => t.Tensor.Role == TensorRole.Constant) ? ") { Frozen = true }," : "),");
            }

            writer.Line("    ],");
            writer.Line("    [");
            writer.Lines(layout.Transpositions.Select(copy => $"        new({Describe(copy.From)}, {Describe(copy.To)}),"));
            WriteList("    ]", [.. layout.Ties.Select(tie => $"    new {Services}.Transposition({Describe(tie.From)}, {Describe(tie.To)})")], ");");
        }
    }

    /// <summary>Something with arguments, each on lines of its own.</summary>
    private void WriteList(string start, IReadOnlyList<string> arguments, string end)
    {
        writer.Line(start + (arguments.Count == 0 ? end : ","));
        for (int k = 0; k < arguments.Count; k++)
        {
            writer.Line(arguments[k] + (k == arguments.Count - 1 ? end : ","));
        }
    }

    private static string Describe(PackedTensor packed)
    {
        Tensor tensor = packed.Tensor;
        string shape = tensor.IsVector ? $"[{tensor.Rows}]" : tensor.IsTransposed ? $"[{tensor.Columns}, {tensor.Rows}]" : $"[{tensor.Rows}, {tensor.Columns}]";
        string gates = string.Join(", ", tensor.Gates.Select(Literals.Text));
        string blocks = string.Concat(packed.Blocks.Select(block => $",\n                {Describe(block)}"));
        return $"            new global::RnnGen.Parameter({Literals.Text(packed.Name)}, {shape}, global::RnnGen.Initializer.{Describe(tensor.Initializer)}, {(tensor.IsTransposed ? "true" : "false")}, [{gates}]{blocks})";
    }

    private static string Describe(Initializer initializer) => initializer switch
    {
        { IsNormal: true } => $"Normal({Literals.Float(initializer.Scale)})",
        { Scale: 0 } => $"Constant({Literals.Float(initializer.Mean)})",
        _ => $"Uniform({Literals.Float(initializer.Scale)})",
    };

    private static string Describe(PackedMatrix place)
    {
        int[] numbers = [place.Offset, place.Units, place.Tile, place.TileStride, place.Rows, place.RowStride];
        return $"new {Services}.PackedMatrix({string.Join(", ", numbers.Select(n => Literals.Integer(n)))})";
    }
}
