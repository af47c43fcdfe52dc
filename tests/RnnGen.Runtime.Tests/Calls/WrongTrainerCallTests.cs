using RnnGen.Tests.Models;

namespace RnnGen.Tests.Calls;

public class WrongTrainerCallTests
{
    [Theory]
    [MemberData(nameof(ModelsUnderTest.WithHead), MemberType = typeof(ModelsUnderTest))]
    public void Inputs_that_are_no_window(string name)
    {
        ModelUnderTest subject = ModelsUnderTest.Create(name);

        AssertRefused(subject, subject.Inputs(subject.SequenceLength + 1), subject.Targets(2), "inputs");
    }

    [Theory]
    [MemberData(nameof(ModelsUnderTest.WithHead), MemberType = typeof(ModelsUnderTest))]
    public void Targets_of_another_length(string name)
    {
        ModelUnderTest subject = ModelsUnderTest.Create(name);
        Data targets = subject.Targets(2);

        AssertRefused(subject, subject.Inputs(2), targets.Slice(0, targets.Length - 1), "targets");
    }

    [Fact]
    public void A_target_that_is_no_class()
    {
        ModelUnderTest subject = ModelsUnderTest.Create(nameof(TokenRnn));

        AssertRefused(subject, subject.Inputs(2), (int[])[0, subject.OutputSize], "targets");
    }

    [Theory]
    [MemberData(nameof(ModelsUnderTest.WithHead), MemberType = typeof(ModelsUnderTest))]
    public void No_state(string name)
    {
        ModelUnderTest subject = ModelsUnderTest.Create(name);
        TestTrainer trainer = subject.CreateTrainer(new Sgd(0.1f));

        Assert.Throws<ArgumentNullException>(() => trainer.Train(null, subject.Inputs(2), subject.Targets(2)));
        Assert.Throws<ArgumentNullException>(() => trainer.Accumulate(null, subject.Inputs(2), subject.Targets(2)));
    }

    [Theory]
    [MemberData(nameof(ModelsUnderTest.WithHead), MemberType = typeof(ModelsUnderTest))]
    public void No_settings(string name) => Assert.Throws<ArgumentNullException>(() => ModelsUnderTest.Create(name).CreateTrainer(null!));

    [Theory]
    [MemberData(nameof(ModelsUnderTest.WithHead), MemberType = typeof(ModelsUnderTest))]
    public void An_update_before_anything_is_accumulated(string name)
    {
        ModelUnderTest subject = ModelsUnderTest.Create(name);
        TestTrainer trainer = subject.CreateTrainer(new Sgd(0.1f));

        Assert.Throws<InvalidOperationException>(() => trainer.Update());
    }

    // With a momentum it would move the weights.
    [Theory]
    [MemberData(nameof(ModelsUnderTest.WithHead), MemberType = typeof(ModelsUnderTest))]
    public void A_second_update_without_anything_accumulated_in_between(string name)
    {
        ModelUnderTest subject = ModelsUnderTest.Create(name);
        TestTrainer trainer = subject.CreateTrainer(new Sgd(0.1f) { Momentum = 0.9f });
        trainer.Train(subject.Inputs(2), subject.Targets(2));
        var picture = new Picture(subject, null, trainer.Tape);

        Assert.Throws<InvalidOperationException>(() => trainer.Update());

        picture.AssertUnchanged();
        Assert.Equal(1, trainer.Optimizer.Updates);
    }

    [Theory]
    [MemberData(nameof(ModelsUnderTest.WithHead), MemberType = typeof(ModelsUnderTest))]
    public void An_update_after_nothing_but_a_refused_window(string name)
    {
        ModelUnderTest subject = ModelsUnderTest.Create(name);
        TestTrainer trainer = subject.CreateTrainer(new Sgd(0.1f));
        Data targets = subject.Targets(2);
        Assert.Throws<ArgumentException>(() => trainer.Accumulate(subject.Inputs(2), targets.Slice(0, targets.Length - 1)));

        Assert.Throws<InvalidOperationException>(() => trainer.Update());

        Assert.Equal(0, trainer.Optimizer.Updates);
    }

    [Theory]
    [MemberData(nameof(ModelsUnderTest.All), MemberType = typeof(ModelsUnderTest))]
    public void An_optimizer_takes_tapes_of_its_model_only(string name)
    {
        ModelUnderTest subject = ModelsUnderTest.Create(name);
        Optimizer optimizer = new Adam().CreateOptimizer(subject.Model);
        ModelUnderTest other = subject.Clone();
        Tape foreign = other.RunningTape(2);
        var picture = new Picture(other, null, foreign);

        Refused.Names(Refused.Call<ArgumentException>(subject, (_, _, _) => optimizer.Update(foreign)), "tape");
        Refused.Names(Refused.Call<ArgumentNullException>(subject, (_, _, _) => optimizer.Update(null!)), "tape");

        picture.AssertUnchanged();
        Assert.Equal(0, optimizer.Updates);
    }

    /// <summary>All four verbs, in the middle of an accumulation and of a sequence.</summary>
    private static void AssertRefused(ModelUnderTest subject, Data inputs, Data targets, string parameter)
    {
        TestTrainer trainer = subject.CreateTrainer(new Sgd(0.1f) { Momentum = 0.9f });
        trainer.Accumulate(subject.Inputs(3), subject.Targets(3));
        State state = subject.RunningState();

        foreach (Action call in (Action[])[
            () => trainer.Train(inputs, targets),
            () => trainer.Accumulate(inputs, targets),
            () => trainer.Train(state, inputs, targets),
            () => trainer.Accumulate(state, inputs, targets)])
        {
            float[] weights = subject.Model.Parameters.ToArray();
            float[] gradients = trainer.Tape.Gradients.ToArray();
            float[] carried = TestNumbers.Values(state);
            double loss = trainer.Tape.LossSum;
            long count = trainer.Tape.TargetCount;

            var e = Assert.ThrowsAny<ArgumentException>(call);

            Assert.Equal(parameter, e.ParamName);
            Same.Bits(weights, subject.Model.Parameters, "weights");
            Same.Bits(gradients, trainer.Tape.Gradients, "gradients");
            Same.Bits(carried, TestNumbers.Values(state), "carried state");
            Assert.Equal(loss, trainer.Tape.LossSum);
            Assert.Equal(count, trainer.Tape.TargetCount);
        }
    }
}
