using RnnGen.Generator.Model;

namespace RnnGen.Generator.Weights;

/// <summary>Tensors of files whose weights are those that steps read, <c>SaveOptions.Narrow</c>: <c>Load</c> makes floats of them.</summary>
internal static class NarrowTensors
{
    /// <summary>What four bits are called here; their file has bytes.</summary>
    public const string TwoPerByte = "U4";

    private const string Scales = "scales:";
    private const string Factors = "factors:";

    /// <summary>The tensors as <c>Load</c> sees them.</summary>
    public static FileTensor[] Widened(FileTensor[] tensors)
    {
        var scaled = new HashSet<string>(tensors.Where(tensor => Is(tensor, Scales)).Select(tensor => tensor.Name.Substring(Scales.Length)));
        return
        [
            .. from tensor in tensors
               where !Is(tensor, Scales) && !Is(tensor, Factors)
               select tensor.Type == "BF16" || (tensor.Type == "I8" && scaled.Contains(tensor.Name)) ? tensor with { Type = "F32" }
                   : tensor.Type == "U8" && scaled.Contains(tensor.Name) && tensor.Shape.Count == 2
                   ? tensor with { Type = TwoPerByte, Shape = new EquatableArray<long>([tensor.Shape[0], 2 * tensor.Shape[1]]) }
                   : tensor,
        ];

        static bool Is(FileTensor tensor, string prefix) => tensor.Name.StartsWith(prefix, StringComparison.Ordinal);
    }
}
