namespace RnnGen.Tests.Serving;

[RnnModel(inputSize: 3, sequenceLength: 4), Gru(12, LearnInitialState = true), Linear(2)]
internal sealed partial class Meter;

[RnnModel(inputSize: 2, sequenceLength: 4, NonFinite = NonFinite.Hold), Lstm(5), Linear(1)]
internal sealed partial class Holding;

[RnnModel(inputSize: 7, sequenceLength: 4, Tokens = true), Rnn(9), Softmax(7)]
internal sealed partial class Letters;

[RnnModel(inputSize: 3, sequenceLength: 4), Lstm(12), Linear(2)]
internal sealed partial class OtherMeter;

/// <summary>
/// Its state is exact: the first number is that of its start, the second is the sum of the inputs. The outputs are both. So each step tells whose state it had.
/// </summary>
[RnnModel(inputSize: 1, sequenceLength: 4)]
internal sealed partial class Keyed
{
    [Rnn(2, Activation = Activation.Relu)]
    public partial Layer Memory { get; }

    [Linear(2)]
    public partial Layer Out { get; }

    /// <summary>A model whose outputs are multiplied by the number of its version.</summary>
    public static Keyed Of(int version)
    {
        var model = new Keyed(seed: 1);
        SetWeights(model.Memory, model.Out, version);
        return model;
    }

    /// <summary>What a stream with a key starts from.</summary>
    public static RnnGen.State StateOf(IRnnModel model, int key)
    {
        RnnGen.State state = model.CreateState();
        state.StartFrom([key, 0]);
        return state;
    }

    /// <summary>The exact weights, also of the model with lanes.</summary>
    public static void SetWeights(Layer memory, Layer outputs, int version)
    {
        foreach (Parameter parameter in memory.Parameters.Concat(outputs.Parameters))
        {
            parameter.CopyFrom(new float[parameter.Count]);
        }

        memory["weight_hh_l0"].CopyFrom([1, 0, 0, 1]);
        memory["weight_ih_l0"].CopyFrom([0, 1]);
        outputs["weight"].CopyFrom([version, 0, 0, version]);
    }
}

internal static class Served
{
    public static Meter Meter(int seed)
    {
        var model = new Meter(seed);
        foreach (Parameter parameter in model.Layers.SelectMany(layer => layer.Parameters).Where(parameter => parameter.Name.StartsWith("initial", StringComparison.Ordinal)))
        {
            parameter.CopyFrom([.. Enumerable.Range(0, parameter.Count).Select(k => 0.1f * (k + seed))]);
        }

        return model;
    }
}
