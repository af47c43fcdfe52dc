using RnnGen.Generator.Cells;
using RnnGen.Generator.Model;
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
        writer.Block($"private static {Services}.ModelWeights BuildWeights()",
        [
            "return new(",
            $"    {Literals.Text(model.Spec.Target.Name.TrimStart('@'))},",
            $"    {Literals.Integer(model.WeightSize)},",
            $"    {Literals.Integer(model.TransposedSize)},",
            "    [",
            .. layout.Layers.Select(layer => List(
                $"        new global::RnnGen.Layer({Literals.Text(layer.Layer)}, {DeclarationText.Of(model.Spec.Layers.Single(spec => spec.Name == layer.Layer), model.Spec.Layers)}",
                layer.Tensors.Select(Describe),
                layer.Tensors.Any(t => t.Tensor.Role == TensorRole.Constant) ? ") { Frozen = true }," : "),")),
            "    ],",
            "    [",
            .. layout.Transpositions.Select(copy => $"        new({Describe(copy.From)}, {Describe(copy.To)}),"),
            .. layout.Narrow.Count == 0 ? [] : Narrow(layout.Narrow),
            List(layout.Narrow.Count == 0 ? "    ]" : "    }", layout.Ties.Select(tie => $"    new {Services}.Transposition({Describe(tie.From)}, {Describe(tie.To)})"), ");"),
        ]);
    }

    private static IEnumerable<string> Narrow(IReadOnlyList<(WeightFormatKind Format, PackedMatrix From, PackedMatrix To)> copies) =>
    [
        "    ],",
        $"    new {Services}.NarrowCopy[]",
        "    {",
        .. copies.Select(copy => $"        new(global::RnnGen.WeightFormat.{copy.Format}, {Describe(copy.From)}, {Describe(copy.To)}),"),
    ];

    /// <summary>Something with arguments, each on lines of its own.</summary>
    private static string List(string start, IEnumerable<string> arguments, string end) => string.Join(",\n", arguments.Prepend(start)) + end;

    private static string Describe(PackedTensor packed)
    {
        Tensor tensor = packed.Tensor;
        string shape = $"[{string.Join(", ", tensor.Shape)}]";
        string initializer = $"global::RnnGen.Initializer.{Describe(tensor.Initializer)}";
        string isTransposed = tensor.IsTransposed ? "true" : "false";
        string gates = string.Join(", ", tensor.Gates.Select(Literals.Text));
        string start = $"            new global::RnnGen.Parameter({Literals.Text(packed.Name)}, {shape}, {initializer}, {isTransposed}, [{gates}]";
        return List(start, packed.Blocks.Select(block => "                " + Describe(block)), ")");
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
