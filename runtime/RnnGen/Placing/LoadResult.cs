using RnnGen.Checkpoints;

namespace RnnGen;

/// <summary>What was loaded from a file, tensor by tensor. <see cref="ToString"/> is a table for people.</summary>
public sealed class LoadResult
{
    internal LoadResult(IReadOnlyList<LoadedTensor> tensors, IReadOnlyList<string> ignored)
    {
        Tensors = tensors;
        Ignored = ignored;
    }

    /// <summary>One entry for every parameter of the model.</summary>
    public IReadOnlyList<LoadedTensor> Tensors { get; }

    /// <summary>The names of the tensors of the file that were left out on request.</summary>
    public IReadOnlyList<string> Ignored { get; }

    /// <summary>A table of tensor, name in the file, shape, element type and conversion, and the names of the ignored tensors.</summary>
    /// <returns>The text, the same in every culture.</returns>
    public override string ToString()
    {
        string[][] rows =
        [
            ["tensor", "in the file", "shape", "type", "conversion"],
            .. Tensors.Select(tensor => (string[])
            [
                tensor.Name, tensor.FileName is null ? "-" : Printable.Name(tensor.FileName), tensor.FileShape is null ? "-" : ShapeText.Of(tensor.FileShape),
                tensor.ElementType ?? "-", tensor.Conversion,
            ]),
        ];
        IEnumerable<string> lines = TextTable.Lines(rows, isNumber: _ => false);
        return string.Join('\n', Ignored.Count == 0 ? lines : [.. lines, $"ignored: {string.Join(", ", Ignored.Select(Printable.Name))}"]);
    }
}
