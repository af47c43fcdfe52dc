using RnnGen.Numerics;

namespace RnnGen;

/// <summary>Mean and variance of every column of rows that are added one by one.</summary>
internal sealed class FeatureStatistics(int size)
{
    private readonly RunningVariance[] _columns = new RunningVariance[size];

    /// <summary>Number of rows so far.</summary>
    public long Rows => _columns[0].Count;

    public float[] Means => [.. _columns.Select(column => (float)column.Mean)];

    public float[] Variances => [.. _columns.Select(column => (float)column.Variance)];

    public void Add(ReadOnlySpan<float> rows)
    {
        for (; !rows.IsEmpty; rows = rows[size..])
        {
            for (int k = 0; k < size; k++)
            {
                _columns[k].Add(rows[k]);
            }
        }
    }
}
