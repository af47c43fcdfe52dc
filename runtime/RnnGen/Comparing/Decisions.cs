namespace RnnGen.Comparing;

/// <summary>The decisions of the heads of a model, and how many change.</summary>
/// <param name="model">The model.</param>
/// <param name="threshold">The output from which on the answer is yes; null for one half of a probability.</param>
internal sealed class Decisions(IRnnModel model, float? threshold)
{
    private readonly ModelHead[] _heads = ModelHead.AllOf(model);

    /// <summary>Number of decisions.</summary>
    public long Count { get; private set; }

    /// <summary>Those that are not the same.</summary>
    public long Changed { get; private set; }

    /// <summary>Adds the outputs of some steps.</summary>
    /// <param name="expected">Those of the first model, in the order of <c>Forward</c>.</param>
    /// <param name="actual">Those of the second model.</param>
    /// <param name="steps">Number of steps.</param>
    public void Add(ReadOnlySpan<float> expected, ReadOnlySpan<float> actual, int steps)
    {
        foreach (ModelHead head in _heads)
        {
            ReadOnlySpan<float> right = head.In(expected, steps);
            ReadOnlySpan<float> found = head.In(actual, steps);
            if (head.Layer.Declaration is SoftmaxAttribute or CtcAttribute)
            {
                for (int start = 0; start < right.Length; start += head.Size)
                {
                    Add(IndexOfLargest(right.Slice(start, head.Size)) == IndexOfLargest(found.Slice(start, head.Size)));
                }
            }
            else if ((threshold ?? (head.Layer.Declaration is SigmoidAttribute ? 0.5f : null)) is float limit)
            {
                for (int k = 0; k < right.Length; k++)
                {
                    Add(right[k] >= limit == found[k] >= limit);
                }
            }
        }
    }

    private void Add(bool isSame)
    {
        Count++;
        Changed += isSame ? 0 : 1;
    }

    /// <summary>The first one of equals; the first one if all are NaN.</summary>
    private static int IndexOfLargest(ReadOnlySpan<float> row)
    {
        int index = 0;
        for (int k = 1; k < row.Length; k++)
        {
            index = row[k] > row[index] ? k : index;
        }

        return index;
    }
}
