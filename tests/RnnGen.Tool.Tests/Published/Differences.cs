namespace RnnGen.Tool.Tests.Published;

/// <summary>Runs models, and compares outputs with published ones.</summary>
internal static class Differences
{
    /// <summary>The outputs of sequences that follow each other, each from the initial state.</summary>
    public static float[] Outputs<T>(IRnnModel<T> model, ReadOnlyMemory<T> inputs, int sequences = 1)
    {
        model = (IRnnModel<T>)NarrowRun.Twin(model);
        var outputs = new List<float>();
        int length = inputs.Length / sequences;
        for (int sequence = 0; sequence < sequences; sequence++)
        {
            State state = model.CreateState();
            int window = model.GetInputLength(model.SequenceLength);
            for (int start = 0; start < length; start += window)
            {
                ReadOnlyMemory<T> part = inputs.Slice((sequence * length) + start, Math.Min(window, length - start));
                var values = new float[model.GetOutputLength(part.Length / model.GetInputLength(1))];
                model.Forward(state, part.Span, values);
                outputs.AddRange(values);
            }
        }

        return [.. outputs];
    }

    /// <summary>The largest difference.</summary>
    public static double Largest(ReadOnlySpan<float> expected, ReadOnlySpan<float> actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        double largest = 0;
        for (int k = 0; k < expected.Length; k++)
        {
            double difference = Math.Abs((double)expected[k] - actual[k]);
            largest = double.IsNaN(difference) ? double.NaN : Math.Max(largest, difference);
        }

        return largest;
    }

    /// <summary>Compares an output.</summary>
    public static Difference Of(string output, FileTensor expected, ReadOnlySpan<float> actual)
    {
        NarrowRun.Add(expected.Values.Span, actual);
        return new(output, Largest(expected.Values.Span, actual));
    }

    /// <summary>Compares probabilities, and the class that has the largest one.</summary>
    public static Difference[] OfClasses(FileTensor expected, float[] actual)
    {
        int classes = expected.Shape[^1];
        int[] found = Best(actual);
        int changed = Best(expected.Values.ToArray()).Zip(found, (a, b) => a == b ? 0 : 1).Sum();
        NarrowRun.Decide(changed, found.Length);
        return [Of("prob", expected, actual), new Difference("class", changed == 0 ? 0 : 1)];

        int[] Best(float[] values) => [.. values.Chunk(classes).Select(row => row.IndexOf(row.Max()))];
    }

    /// <summary>Tokens that a file has as numbers.</summary>
    public static int[] Tokens(FileTensor tensor) => Array.ConvertAll(tensor.Values.ToArray(), value => (int)value);
}
