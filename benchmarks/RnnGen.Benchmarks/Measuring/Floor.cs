namespace RnnGen.Benchmarks;

/// <summary>
/// A lower bound for the time of any single-precision implementation on this core: all weights that a step uses are read once, from the cache
/// where they stay between two steps, or all multiply-adds are done, whichever takes longer, plus the element-wise functions.
/// A batch reads the weights once for all its windows. A window reads those of the input once for all its steps, so only
/// their multiply-adds count there.
/// </summary>
internal static class Floor
{
    /// <summary>Nanoseconds per time step of one window.</summary>
    public static double Of(Workload workload, Limits limits)
    {
        Shape shape = workload.Shape;
        double activations = shape.Layers * shape.Hidden * shape.Cell switch
        {
            Cell.Rnn => limits.Tanh,
            Cell.Lstm => (2 * limits.Tanh) + (3 * limits.Sigmoid),
            _ => limits.Tanh + (2 * limits.Sigmoid),
        };
        double all = shape.Products;
        double recurrent = shape.RecurrentProducts;
        double Multiply(double products) => products / limits.MultiplyAddsPerNanosecond;
        double Read(double products) => limits.Read((long)(products * sizeof(float)));
        switch (workload.Mode)
        {
            case Mode.StreamCold:
                return Math.Max(all * sizeof(float) * limits.FromMemory, Multiply(all)) + activations;
            case Mode.Sequence:
                return Math.Max(Read(recurrent), Multiply(recurrent)) + Multiply(all - recurrent) + activations;
            case Mode.Train1 or Mode.Train32:
                // Forward; back through the recurrent weights; then the gradients of inputs and weights as products over the window.
                double share = 1.0 / workload.Batch;
                return Math.Max(share * Read(recurrent), Multiply(recurrent)) + Multiply(all - recurrent) + activations
                    + Math.Max(share * Read(recurrent), Multiply(recurrent)) + Multiply(all - recurrent)
                    + Multiply(all);
            default:
                return Math.Max(Read(all), Multiply(all)) + activations;
        }
    }
}
