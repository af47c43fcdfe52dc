using RnnGen.Tests.Batches;

namespace RnnGen.Tests.Models;

/// <summary>A model gives the same results through its interfaces, and refuses states, tapes and batches of other models.</summary>
public class InterfaceTests
{
    private const int Steps = 4;

    private static readonly float[] X = TestNumbers.Random(new Random(1), Steps * 3);

    public static TheoryData<string> Names => ModelsUnderTest.All;

    [Fact]
    public void Models_have_the_interfaces_of_what_they_can()
    {
        Assert.IsAssignableFrom<IRnnStreamingModel<int>>(new TokenRnn(seed: 1));
        Assert.IsAssignableFrom<IRnnModel<int, int>>(new TokenRnn(seed: 1));
        Assert.IsNotAssignableFrom<IRnnModel<float>>(new TokenRnn(seed: 1));
        Assert.IsNotAssignableFrom<IRnnBatchModel<int>>(new TokenRnn(seed: 1));
        Assert.IsAssignableFrom<IRnnStreamingModel<float>>(new HeadlessGru(seed: 1));
        Assert.IsNotAssignableFrom<IRnnModel<float, float>>(new HeadlessGru(seed: 1));
        Assert.IsAssignableFrom<IRnnBatchModel<float, float>>(new WholeWindows(seed: 1));
        Assert.IsNotAssignableFrom<IRnnStreamingModel<float>>(new WholeWindows(seed: 1));
        Assert.IsAssignableFrom<IRnnStreamingBatchModel<float>>(new TwoHeadsBatch(seed: 1));
        Assert.IsAssignableFrom<IRnnBatchModel<float, TwoHeadsBatch.WindowTargets>>(new TwoHeadsBatch(seed: 1));
    }

    [Fact]
    public void Lengths_are_those_of_a_window()
    {
        IRnnModel<int, int> tokens = new TokenRnn(seed: 1);
        Assert.Equal((5, 20, 5), (tokens.GetInputLength(5), tokens.GetOutputLength(5), tokens.GetTargetLength(5)));
        IRnnModel<float, float> last = new GruStack(seed: 1);
        Assert.Equal((20, 3, 3), (last.GetInputLength(5), last.GetOutputLength(5), last.GetTargetLength(5)));
        IRnnModel<float, TwoHeads.WindowTargets> two = new TwoHeads(seed: 1);
        Assert.Equal((15, 17, 1), (two.GetInputLength(5), two.GetOutputLength(5), two.GetTargetLength(5)));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void What_is_another_classes_is_refused(string name)
    {
        ModelUnderTest subject = ModelsUnderTest.Create(name);
        ModelUnderTest other = ModelsUnderTest.Create(name == nameof(Plain) ? nameof(TokenRnn) : nameof(Plain));
        float[] outputs = subject.Outputs(2);
        Tape tape = subject.RunningTape(2);

        Assert.Throws<ArgumentException>("state", () => subject.Step(other.CreateState(), subject.Inputs(1), subject.Outputs(1)));
        Assert.Throws<ArgumentException>("state", () => subject.Forward(other.CreateState(), subject.Inputs(2), outputs));
        Assert.Throws<ArgumentException>("tape", () => subject.Forward(subject.CreateState(), subject.Inputs(2), other.CreateTape()));
        Assert.Throws<ArgumentException>("tape", () => subject.Backward(other.CreateTape(), subject.OutputGradients(2), null));
        var e = Assert.Throws<ArgumentException>("finalStateGradients", () => subject.Backward(tape, subject.OutputGradients(2), other.CreateState()));
        Assert.Contains(subject.CreateState().GetType().ToString(), e.Message, StringComparison.Ordinal);
        Assert.Contains(other.CreateState().GetType().ToString(), e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void So_is_what_is_another_class_of_batches()
    {
        Refused(new TwoHeadsBatch(seed: 1), new LastBatch(seed: 1));
        Refused(new LastBatch(seed: 1), new TwoHeadsBatch(seed: 1));

        static void Refused(IRnnBatchModel<float> model, IRnnBatchModel<float> other)
        {
            int[] lengths = [Steps];
            var outputs = new float[model.GetOutputLength(Steps)];
            Batch batch = model.CreateBatch(1);
            Tape tape = model.CreateBatchTape();

            Assert.Throws<ArgumentException>("batch", () => model.Forward(other.CreateBatch(1), X, outputs));
            Assert.Throws<ArgumentNullException>("batch", () => model.Forward(null!, X, outputs));
            Assert.Throws<ArgumentException>("batch", () => model.Forward(other.CreateBatch(1), X, lengths, outputs));
            Assert.Throws<ArgumentException>("batch", () => model.Forward(other.CreateBatch(1), X, tape));
            Assert.Throws<ArgumentException>("tape", () => model.Forward(batch, X, lengths, other.CreateBatchTape()));
            Assert.Throws<ArgumentException>("tape", () => model.Forward(batch, X, outputs, other.CreateBatchTape()));
            Assert.Throws<ArgumentException>("tape", () => model.Forward(batch, X, lengths, outputs, other.CreateBatchTape()));
            model.Forward(batch, X, tape);
            Assert.Throws<ArgumentException>("tape", () => model.Backward(other.CreateBatchTape(), outputs, model.CreateBatch(1)));
            Assert.Throws<ArgumentException>("finalStateGradients", () => model.Backward(tape, outputs, other.CreateBatch(1)));
            if (model is IRnnStreamingBatchModel<float> streaming)
            {
                Assert.Throws<ArgumentException>("batch", () => streaming.Step(other.CreateBatch(1), X.AsSpan(0, 3), new float[model.OutputSize]));
                Assert.Throws<ArgumentNullException>("batch", () => streaming.Step((Batch)null!, X.AsSpan(0, 3), new float[model.OutputSize]));
            }
        }
    }

    [Fact]
    public void A_batch_takes_streams_of_its_model_only()
    {
        var model = new TwoHeadsBatch(seed: 1);
        TwoHeadsBatch.Batch batch = model.CreateBatch(2);

        Assert.Throws<ArgumentException>("state", () => batch.CopyIn(0, new LastBatch(seed: 1).CreateState()));
        Assert.Throws<ArgumentException>("state", () => batch.CopyOut(0, new LastBatch(seed: 1).CreateState()));
        Assert.Throws<ArgumentNullException>("state", () => batch.CopyIn(0, null!));
        batch.CopyIn(0, new TwoHeadsBatch(seed: 2).CreateState());
    }

    [Fact]
    public void A_copy_has_the_type_that_the_model_is_known_as()
    {
        IRnnModel<float, float> model = new ShortLstm(seed: 1);
        model.Metadata["a"] = "1";

        IRnnModel<float, float> copy = model.Clone();

        Assert.IsType<ShortLstm>(copy);
        Same.Bits(model.Parameters, copy.Parameters, "weights");
        Assert.Equal(model.Metadata, copy.Metadata);
        model.Layers[0].Parameters[0].Initialize(Initializer.Constant(), seed: 1);
        Assert.False(model.Parameters.SequenceEqual(copy.Parameters));
    }

    [Fact]
    public void Outputs_and_gradients_of_several_heads_stand_one_behind_the_other()
    {
        var model = new TwoHeads(seed: 1);
        IRnnStreamingModel<float> any = model;
        TwoHeads.Tape expected = model.CreateTape();
        Tape found = any.CreateTape();
        var kinds = new float[Steps * 3];
        var values = new float[2];
        var all = new float[any.GetOutputLength(Steps)];

        model.Forward(model.CreateState(), X, kinds, values, expected);
        any.Forward(any.CreateState(), X, all, found);
        Assert.Equal([.. kinds, .. values], all);

        float[] gradients = TestNumbers.Random(new Random(2), all.Length);
        model.Backward(expected, gradients.AsSpan(0, Steps * 3), gradients.AsSpan(Steps * 3), finalStateGradients: null);
        any.Backward(found, gradients, finalStateGradients: null);
        Same.Bits(expected.Gradients, found.Gradients, "gradients");
        Same.Bits(expected.InputGradients, found.InputGradients, "gradients of the inputs");
        Same.Bits(expected.InitialStateGradients, found.InitialStateGradients);

        any.Backward(found, [], finalStateGradients: null);
        Assert.Equal(-1, found.InputGradients.IndexOfAnyExcept(0f));
        Assert.Throws<ArgumentException>("outputGradients", () => any.Backward(found, gradients.AsSpan(1), finalStateGradients: null));

        TwoHeads.State state = model.CreateState();
        State other = any.CreateState();
        var kind = new float[3];
        var step = new float[any.OutputSize];
        model.Step(state, X.AsSpan(0, 3), kind, values);
        any.Step(other, X.AsSpan(0, 3), step);
        Assert.Equal([.. kind, .. values], step);
        Assert.Throws<ArgumentException>("outputs", () => any.Step(other, X.AsSpan(0, 3), new float[4]));
    }

    [Fact]
    public void So_do_those_of_a_batch()
    {
        var model = new TwoHeadsBatch(seed: 1);
        IRnnStreamingBatchModel<float> any = model;
        int[] lengths = [2, 5, 3];
        float[] x = TestNumbers.Random(new Random(1), 10 * 3);
        var kinds = new float[10 * 3];
        var values = new float[3 * 2];
        var all = new float[kinds.Length + values.Length];
        TwoHeadsBatch.Tape expected = model.CreateBatchTape();
        Tape found = any.CreateBatchTape();

        model.Forward(model.CreateBatch(3), x, lengths, kinds, values, expected);
        any.Forward(any.CreateBatch(3), x, lengths, all, found);
        Assert.Equal([.. kinds, .. values], all);
        Array.Clear(all);
        any.Forward(any.CreateBatch(3), x, lengths, all);
        Same.About([.. kinds.Concat(values).Select(v => (double)v)], all, 1e-6, "outputs");

        float[] gradients = TestNumbers.Random(new Random(2), all.Length);
        TwoHeadsBatch.Batch finals = model.CreateBatch(3);
        finals[1, finals.Names.First()].Fill(0.5f);
        model.Backward(expected, gradients.AsSpan(0, kinds.Length), gradients.AsSpan(kinds.Length), finals);
        any.Backward(found, gradients, finals);
        Same.Bits(expected.Gradients, found.Gradients, "gradients");
        Same.Bits(expected.InputGradients, found.InputGradients, "gradients of the inputs");
        foreach (string name in finals.Names)
        {
            Same.Bits(expected.InitialBatchGradients![1, name], found.InitialBatchGradients![1, name], name);
        }

        // Without gradients of the last states it does not matter what the tape holds.
        expected.Clear();
        found.Clear();
        model.Backward(expected, gradients.AsSpan(0, kinds.Length), gradients.AsSpan(kinds.Length), (TwoHeadsBatch.Batch?)null);
        any.Backward(found, gradients, null);
        Same.Bits(expected.Gradients, found.Gradients, "gradients");

        var step = new float[3 * any.OutputSize];
        model.Step(model.CreateBatch(3), x.AsSpan(0, 9), kinds.AsSpan(0, 9), values);
        any.Step(any.CreateBatch(3), x.AsSpan(0, 9), step);
        Assert.Equal([.. kinds[..9], .. values], step);

        Array.Clear(all);
        var equal = new float[3 * any.GetOutputLength(2)];
        any.Forward(any.CreateBatch(3), x.AsSpan(0, 18), equal);
        model.Forward(model.CreateBatch(3), x.AsSpan(0, 18), kinds.AsSpan(0, 18), values);
        Assert.Equal([.. kinds[..18], .. values], equal);
    }

    [Fact]
    public void Targets_of_several_heads_are_one_for_a_window_and_one_for_each_lane()
    {
        var model = new TwoHeadsBatch(seed: 1);
        IRnnBatchModel<float, TwoHeadsBatch.WindowTargets> any = model;
        int[] kinds = [0, 1, -1, 2];
        float[] values = [0.5f, -0.5f];
        TwoHeadsBatch.Tape expected = model.CreateTape();
        Tape found = any.CreateBatchTape();
        model.Forward(model.CreateState(), X, expected);
        any.Forward(any.CreateState(), X, found);

        Assert.Equal(model.Backward(expected, kinds, values), any.Backward(found, [new(kinds, values)]));
        Same.Bits(expected.Gradients, found.Gradients, "gradients");
        Assert.Throws<ArgumentException>("targets", () => any.Backward(found, [new(kinds, values), new(kinds, values)]));

        Score single = any.Evaluate(any.CreateState(), X, [new(kinds, values)]);
        Score two = any.Evaluate(any.CreateBatch(2), [.. X, .. X], [Steps, Steps], [new(kinds, values), new(kinds, values)]);
        Assert.Equal(2 * single.LossSum, two.LossSum, 1e-5);
        found.Clear();
        any.Forward(any.CreateBatch(2), [.. X, .. X], found);
        Assert.Equal(single.Loss, any.Backward(found, [new(kinds, values), new(kinds, values)]), 1e-5);
    }
}
