namespace RnnGen.Benchmarks;

/// <summary>The same work for everyone: weights, inputs, and for training the gradients of the outputs.</summary>
internal sealed class Workload
{
    public Workload(Shape shape, float[] weights, Mode mode, bool adam)
    {
        Shape = shape;
        Weights = weights;
        Mode = mode;
        Adam = adam;
        var random = new Random(7);
        Inputs = Normal(random, shape.Steps * Batch * shape.Input);
        OutputGradients = mode.Trains() ? Normal(random, shape.Steps * Batch * shape.Width) : [];
    }

    /// <summary>The workloads of some models, mode by mode: trainings without and with Adam. Stacks are not trained.</summary>
    /// <param name="models">The models.</param>
    /// <param name="modes">Names of modes.</param>
    public static IEnumerable<(MeasuredModel Model, Workload Workload)> Of(IReadOnlyList<MeasuredModel> models, IReadOnlyList<string> modes) =>
        from mode in Enum.GetValues<Mode>()
        where modes.Contains(mode.Name())
        from adam in mode.Trains() ? [false, true] : (bool[])[false]
        from model in models
        where !(mode.Trains() && model.Shape.IsStack)
        select (model, new Workload(model.Shape, model.Weights(), mode, adam));

    public Shape Shape { get; }

    /// <summary>Per layer weight_ih, weight_hh, bias_ih, bias_hh in PyTorch's shapes; then weight and bias of the dense layer.</summary>
    public float[] Weights { get; }

    public Mode Mode { get; }

    /// <summary>How steps read the weights.</summary>
    public StoredWeights Stored { get; private init; } = StoredWeights.Float32;

    /// <summary>Whether an update of the weights by Adam belongs to the work.</summary>
    public bool Adam { get; }

    public string Name => Mode.Name() + (Adam ? " with Adam" : "");

    public int Batch => Mode is Mode.Train32 or Mode.Batch ? 32 : 1;

    public int Streams => Mode == Mode.Stream10k ? 10_000 : 1;

    /// <summary>[steps][batch][input].</summary>
    public float[] Inputs { get; }

    /// <summary>[steps][batch][outputs].</summary>
    public float[] OutputGradients { get; }

    /// <summary>Whether peers take part: windows of stacks and steps of a batch are ours alone.</summary>
    public bool HasPeers => Mode != Mode.Batch && (Mode.Streams() || !Shape.IsStack);

    /// <summary>Time steps in one unit of work: a step of a stream or of all streams of a batch, a window, or a batch of windows.</summary>
    public int StepsPerUnit => Mode.Streams() ? 1 : Mode == Mode.Batch ? Batch : Shape.Steps * Batch;

    /// <summary>Steps whose outputs are compared; with many streams, until some have had two.</summary>
    public int StepsToCheck => Mode == Mode.Stream10k ? Streams + Shape.Steps : Shape.Steps;

    /// <summary>The same work with weights that are read otherwise.</summary>
    public Workload With(StoredWeights stored) => new(Shape, Weights, Mode, Adam) { Stored = stored };

    /// <summary>Normally distributed numbers.</summary>
    public static float[] Normal(Random random, int count)
    {
        var values = new float[count];
        for (int k = 0; k < count; k++)
        {
            values[k] = (float)(Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble()));
        }

        return values;
    }
}
