namespace RnnGen.Benchmarks;

/// <summary>How far narrow weights lead a stream away.</summary>
internal static class Deviation
{
    public const int Steps = 3000;

    /// <summary>The largest difference of any h of any layer between two models with the same weights that read the same inputs.</summary>
    public static double Of(IRnnStreamingModel<float> floats, IRnnStreamingModel<float> narrow)
    {
        float[] inputs = Workload.Normal(new Random(11), Steps * floats.InputSize);
        var outputs = new float[floats.OutputSize];
        State state = floats.CreateState();
        State other = narrow.CreateState();
        string[] names = [.. state.Names.Where(name => name.EndsWith(".h", StringComparison.Ordinal))];
        double largest = 0;
        for (int step = 0; step < Steps; step++)
        {
            ReadOnlySpan<float> row = inputs.AsSpan(step * floats.InputSize, floats.InputSize);
            floats.Step(state, row, outputs);
            narrow.Step(other, row, outputs);
            foreach (string name in names)
            {
                largest = Math.Max(largest, Agreement.Difference(state[name].ToArray(), other[name].ToArray(), gradients: false));
            }
        }

        return names.Length > 0 ? largest : throw new InvalidOperationException("The model has no state h.");
    }
}
