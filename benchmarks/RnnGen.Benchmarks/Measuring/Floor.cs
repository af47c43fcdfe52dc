namespace RnnGen.Benchmarks;

/// <summary>
/// A lower bound for the time of any implementation on this core: all weights that a step uses are read once, from the cache
/// where they stay between two steps, or all multiply-adds are done, whichever takes longer, plus the element-wise functions.
/// A batch reads the weights once for all its windows. A window reads those of the input once for all its steps, so only
/// their multiply-adds count there. With narrow weights, no multiply-adds and no conversions count at all: they are done in many ways.
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
        double share = 1.0 / workload.Batch;
        double Multiply(double products) => workload.Stored.AreFloats ? products / limits.MultiplyAddsPerNanosecond : 0;
        double Read() => share * limits.Read(BytesRead(workload));
        switch (workload.Mode)
        {
            case Mode.StreamCold:
                return Math.Max(limits.ReadCold(BytesRead(workload)), Multiply(all)) + activations;
            case Mode.Sequence:
                return Math.Max(Read(), Multiply(recurrent)) + Multiply(all - recurrent) + activations;
            case Mode.Train1 or Mode.Train32:
                // Forward; back through the recurrent weights; then the gradients of inputs and weights as products over the window.
                return Math.Max(Read(), Multiply(recurrent)) + Multiply(all - recurrent) + activations
                    + Math.Max(Read(), Multiply(recurrent)) + Multiply(all - recurrent)
                    + Multiply(all);
            default:
                return Math.Max(Read(), Multiply(all)) + activations;
        }
    }

    /// <summary>The bytes that are read again in every step.</summary>
    public static long BytesRead(Workload workload) =>
        (long)workload.Stored.BytesOf(workload.Shape, onlyRecurrent: workload.Mode is Mode.Sequence or Mode.Train1 or Mode.Train32);
}
