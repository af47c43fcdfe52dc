namespace RnnGen.Numerics.Tests.Models;

/// <summary>Written-out loops give the numbers of loops.</summary>
public sealed class UnrollTests
{
    [Fact]
    public void Gives_the_same_numbers()
    {
        float[] expected = Run(new Looped(seed: 3));

        Assert.All(Run(new WrittenOut(seed: 3)).Zip(expected), pair => Assert.Equal(pair.Second, pair.First, 1e-6f));
        Assert.All(Run(new Plain(seed: 3)).Zip(expected), pair => Assert.Equal(pair.Second, pair.First, 1e-6f));
    }

    /// <summary>Outputs and gradients of a window.</summary>
    private static float[] Run(IRnnModel<float, float> model)
    {
        float[] inputs = [.. Enumerable.Range(0, model.SequenceLength * model.InputSize).Select(k => MathF.Sin(k))];
        float[] targets = [.. Enumerable.Range(0, model.SequenceLength * model.OutputSize).Select(k => MathF.Cos(k))];
        var outputs = new float[targets.Length];
        model.Forward(model.CreateState(), inputs, outputs);
        Tape tape = model.CreateTape();
        model.Forward(model.CreateState(), inputs, tape);
        float loss = model.Backward(tape, targets);
        return [loss, .. outputs, .. tape.Gradients];
    }
}

[RnnModel(inputSize: 3, sequenceLength: 9), Lstm(20), Linear(2)]
internal sealed partial class Looped;

[RnnModel(inputSize: 3, sequenceLength: 9, Unroll = Unroll.Rows), Lstm(20), Linear(2)]
internal sealed partial class WrittenOut;

[RnnModel(inputSize: 3, sequenceLength: 9, Unroll = Unroll.None), Lstm(20), Linear(2)]
internal sealed partial class Plain;

// Close to the largest methods that may be.
[RnnModel(inputSize: 16, sequenceLength: 3, Unroll = Unroll.Rows), Lstm(64)]
internal sealed partial class LargeWrittenOut;

[RnnModel(inputSize: 40, sequenceLength: 3, Unroll = Unroll.Rows), Gru(64)]
internal sealed partial class LargeWrittenOutGru;
