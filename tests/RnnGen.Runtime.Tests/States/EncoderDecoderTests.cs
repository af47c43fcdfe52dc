using RnnGen.Tests.Models;

namespace RnnGen.Tests.States;

/// <summary>Reads a window of numbers; its state is all that it says.</summary>
[RnnModel(inputSize: 2, sequenceLength: 5)]
internal sealed partial class Reader
{
    [Lstm(6)]
    public partial Layer Heard { get; }
}

/// <summary>Writes tokens, from the state of a <see cref="Reader"/>.</summary>
[RnnModel(inputSize: 4, sequenceLength: 5, Tokens = true)]
internal sealed partial class Writer
{
    [Lstm(6)]
    public partial Layer Memory { get; }

    [Softmax(4)]
    public partial Layer Next { get; }
}

/// <summary>Makes all of a <see cref="Writer"/>'s state at once.</summary>
[RnnModel(inputSize: 3, sequenceLength: 1)]
internal sealed partial class Painter
{
    [Dense(12)]
    public partial Layer State0 { get; }

    [Activation(Activation.Tanh)]
    public partial Layer Bounded { get; }
}

public class EncoderDecoderTests
{
    private static readonly float[] Source = TestNumbers.Random(new Random(1), 8);
    private static readonly int[] Read = [0, 2, 3];
    private static readonly int[] Written = [2, 3, 1];

    [Fact]
    public void The_gradient_goes_through_the_handed_over_state()
    {
        var reader = new Reader(seed: 1);
        var writer = new Writer(seed: 2);
        Reader.Tape readerTape = reader.CreateTape();
        Writer.Tape writerTape = writer.CreateTape();
        Reader.State read = reader.CreateState();
        reader.Forward(read, Source, readerTape);
        Writer.State state = writer.CreateState();
        state.StartFrom(read);
        writer.Forward(state, Read, writerTape);
        writer.Backward(writerTape, Written);

        Reader.State gradients = reader.CreateState();
        gradients.StartFrom(writerTape.InitialStateGradients);
        reader.Backward(readerTape, new float[4 * Reader.OutputSize], gradients);

        CheckSlopes(reader.Heard, readerTape, Loss);

        double Loss()
        {
            Reader.State final = reader.CreateState();
            reader.Forward(final, Source, new float[4 * Reader.OutputSize]);
            Writer.State start = writer.CreateState();
            start.StartFrom(final);
            return writer.Evaluate(start, Read, Written).LossSum;
        }
    }

    [Fact]
    public void The_gradient_goes_through_a_state_that_a_dense_layer_fills()
    {
        var painter = new Painter(seed: 3);
        var writer = new Writer(seed: 2);
        Painter.Tape painterTape = painter.CreateTape();
        Writer.Tape writerTape = writer.CreateTape();
        Writer.State state = writer.CreateState();
        var values = new float[Painter.OutputSize];
        painter.Forward(painter.CreateState(), Source.AsSpan(0, 3), values, painterTape);
        state.StartFrom(values);
        writer.Forward(state, Read, writerTape);
        writer.Backward(writerTape, Written);

        var gradients = new float[Painter.OutputSize];
        writerTape.InitialStateGradients.CopyTo(gradients);
        painter.Backward(painterTape, gradients, finalStateGradients: null);

        CheckSlopes(painter.State0, painterTape, Loss);

        double Loss()
        {
            var filled = new float[Painter.OutputSize];
            painter.Forward(painter.CreateState(), Source.AsSpan(0, 3), filled);
            Writer.State start = writer.CreateState();
            start.StartFrom(filled);
            return writer.Evaluate(start, Read, Written).LossSum;
        }
    }

    [Fact]
    public void A_state_that_does_not_fit_is_refused()
    {
        State writer = new Writer(1).CreateState();
        TestNumbers.Fill(writer, seed: 1);
        float[] before = TestNumbers.Values(writer);

        foreach ((State other, string found) in (IEnumerable<(State, string)>)
            [(new ShortLstm(1).CreateState(), "Lstm.h[9], Lstm.c[9]"), (new HeadlessGru(1).CreateState(), "Only.h[7]"), (new Painter(1).CreateState(), "none")])
        {
            var e = Assert.Throws<ArgumentException>("other", () => writer.StartFrom(other));
            Assert.Contains("expected Memory.h[6], Memory.c[6]", e.Message, StringComparison.Ordinal);
            Assert.Contains("found " + found, e.Message, StringComparison.Ordinal);
        }

        Same.Bits(before, TestNumbers.Values(writer), "state");
    }

    [Fact]
    public void An_encoder_is_updated_by_the_mean_over_the_decoders_targets()
    {
        var once = new Reader(seed: 1);
        var twice = new Reader(seed: 1);
        Reader.Tape tape = once.CreateTape();
        Reader.Tape doubled = twice.CreateTape();
        Pull(once, tape);
        Pull(twice, doubled);
        Pull(twice, doubled);

        Optimizer optimizer = new Sgd(0.1f).CreateOptimizer(once);
        Assert.Throws<ArgumentOutOfRangeException>("targetWeight", () => optimizer.Update(tape, 0));
        Assert.True(optimizer.Update(tape, targetWeight: 5));
        Assert.True(new Sgd(0.1f).CreateOptimizer(twice).Update(doubled, targetWeight: 10));

        Same.About(once.Parameters, twice.Parameters, 1e-7, "weights");
        Assert.NotEqual(new Reader(seed: 1).Parameters.ToArray(), once.Parameters.ToArray());

        static void Pull(Reader model, Reader.Tape on)
        {
            model.Forward(model.CreateState(), Source, on);
            model.Backward(on, Enumerable.Repeat(1f, 4 * Reader.OutputSize).ToArray(), null);
        }
    }

    /// <summary>Compares gradients with slopes of the loss in single precision.</summary>
    private static void CheckSlopes(Layer layer, Tape tape, Func<double> loss)
    {
        foreach (Parameter parameter in layer.Parameters)
        {
            float[] gradient = TestNumbers.Gradient(tape, parameter);
            float[] values = TestNumbers.Values(parameter);
            for (int k = 0; k < values.Length; k++)
            {
                const float Distance = 1e-2f;
                float value = values[k];
                double slope = (At(value + Distance) - At(value - Distance)) / (2 * Distance);
                At(value);
                Same.About(slope, gradient[k], 1e-3, $"{parameter.FullName}[{k}]");

                double At(float changed)
                {
                    values[k] = changed;
                    parameter.CopyFrom(values);
                    return loss();
                }
            }
        }
    }

    [Fact]
    public void An_encoder_needs_no_gradients_of_its_outputs()
    {
        ModelUnderTest subject = ModelsUnderTest.Create(nameof(HeadlessGru));
        State final = subject.CreateState();
        TestNumbers.Fill(final, seed: 1);
        Tape zeros = subject.CreateTape();
        Tape none = subject.CreateTape();
        subject.Forward(subject.CreateState(), subject.Inputs(4), zeros);
        subject.Forward(subject.CreateState(), subject.Inputs(4), none);

        subject.Backward(zeros, new float[4 * subject.OutputSize], final);
        subject.Backward(none, [], final);

        Assert.Contains(none.Gradients.ToArray(), gradient => gradient != 0);
        Same.Bits(zeros.Gradients, none.Gradients, "gradients");
    }
}
