namespace RnnGen.Tests.Ctc;

/// <summary>Streams step by step, in batches too.</summary>
[RnnModel(inputSize: 2, sequenceLength: 12, BatchSize = 3)]
internal sealed partial class Digits
{
    [Gru(6)]
    public partial Layer Memory { get; }

    [Ctc(labels: 4)]
    public partial Layer Label { get; }
}

/// <summary>Needs whole windows; declared on the class.</summary>
[RnnModel(inputSize: 2, sequenceLength: 12, BatchSize = 3), Lstm(5, Direction = Direction.Bidirectional), Ctc(4, Blank = CtcBlank.Last, Reduction = CtcReduction.Sum, ZeroInfinity = true)]
internal sealed partial class DigitsBothWays;

/// <summary>Reads tokens, one window at a time, and leaves out targets that do not fit.</summary>
[RnnModel(inputSize: 5, sequenceLength: 12, Tokens = true), Rnn(6), Ctc(3, ZeroInfinity = true)]
internal sealed partial class DigitsOfTokens;

/// <summary>With another head.</summary>
[RnnModel(inputSize: 2, sequenceLength: 12, BatchSize = 3)]
internal sealed partial class DigitsAndValue
{
    [Gru(6)]
    public partial Layer Memory { get; }

    [Ctc(4, Weight = 0.5)]
    public partial Layer Label { get; }

    [Linear(1)]
    public partial Layer Value { get; }
}

/// <summary>Large enough for a mini-batch of a few windows to be worth a second thread.</summary>
[RnnModel(inputSize: 2, sequenceLength: 60), Gru(32), Ctc(4)]
internal sealed partial class ManyDigits;

/// <summary>Windows of numbers, and labels.</summary>
internal static class CtcData
{
    /// <summary>Windows of different lengths with 0 to 4 labels that fit.</summary>
    public static Sequences<float, int> Windows(int count, int longest = 12, int first = 1)
    {
        var random = new Random(7);
        float[][] inputs = [.. Enumerable.Range(0, count).Select(_ => Numbers(random, 2 * random.Next(8, longest + 1)))];
        return new Sequences<float, int>(inputs, inputs.Select((_, k) => Enumerable.Range(0, k % 5).Select(_ => first + random.Next(4)).ToArray()));
    }

    public static float[] Numbers(Random random, int count) => [.. Enumerable.Range(0, count).Select(_ => (float)(2 * random.NextDouble()) - 1)];

    /// <summary>Labels as a batch takes them.</summary>
    public static int[] Padded(ReadOnlySpan<int> labels, int steps)
    {
        var padded = new int[steps];
        Array.Fill(padded, -1);
        labels.CopyTo(padded);
        return padded;
    }
}
