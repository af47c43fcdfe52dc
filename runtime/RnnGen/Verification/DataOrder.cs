namespace RnnGen.Verification;

/// <summary>Another order in which known answers may be given: the model is right, what it is compared with is not where it is looked for.</summary>
/// <param name="Kind">What it is about.</param>
/// <param name="Text">The order that was expected, and that in which they would be right.</param>
/// <param name="Inputs">The sequences in the expected order, [steps][inputs].</param>
/// <param name="Outputs">Their outputs in the expected order.</param>
internal sealed record DataOrder(Convention Kind, string Text, double[][][] Inputs, double[][] Outputs)
{
    /// <summary>The orders that these answers may have.</summary>
    /// <param name="inputs">The sequences as they are given.</param>
    /// <param name="outputs">The outputs as they are given.</param>
    /// <param name="heads">The number of outputs of each head.</param>
    public static IEnumerable<DataOrder> Of(double[][][] inputs, double[][] outputs, int[] heads)
    {
        int width = heads.Sum();
        if (inputs.Length > 1 && heads.Length == 1)
        {
            // PyTorch's order unless batch_first is set.
            double[][] turned = [.. Turned(outputs.SelectMany(sequence => sequence.Chunk(width)), inputs.Length).Select(Joined)];
            yield return new(
                Convention.TimeMajor, "the sequences are given step by step: [sequences, steps, ...] is expected, one sequence after the other",
                Turned(inputs.SelectMany(sequence => sequence), inputs.Length), turned);
        }

        if (heads.Length > 1 && outputs[0].Length == (long)inputs[0].Length * width)
        {
            yield return new(
                Convention.Heads, "the expected outputs have all heads of a step side by side: all steps of the first head are expected, then all of the next one",
                inputs, [.. outputs.Select(sequence => Joined(heads.SelectMany((size, head) => sequence.Chunk(width).Select(row => row[heads[..head].Sum()..][..size]))))]);
        }
    }

    private static double[][][] Turned(IEnumerable<double[]> rows, int sequences) => [.. rows.Select((row, k) => (row, k)).GroupBy(item => item.k % sequences, item => item.row).Select(sequence => sequence.ToArray())];

    private static double[] Joined(IEnumerable<double[]> rows) => [.. rows.SelectMany(row => row)];
}
