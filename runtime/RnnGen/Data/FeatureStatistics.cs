namespace RnnGen;

/// <summary>Mean and variance of every column of rows that are added one by one (Welford 1962), in double precision.</summary>
internal sealed class FeatureStatistics(int size)
{
    private readonly double[] _means = new double[size];
    private readonly double[] _squares = new double[size];

    /// <summary>Number of rows so far.</summary>
    public long Rows { get; private set; }

    public float[] Means => [.. _means.Select(mean => (float)mean)];

    /// <summary>The mean squared distances from the means.</summary>
    public float[] Variances => [.. _squares.Select(sum => (float)(sum / Rows))];

    public void Add(ReadOnlySpan<float> rows)
    {
        for (; !rows.IsEmpty; rows = rows[size..])
        {
            Rows++;
            for (int k = 0; k < size; k++)
            {
                double before = rows[k] - _means[k];
                _means[k] += before / Rows;
                _squares[k] += before * (rows[k] - _means[k]);
            }
        }
    }
}
