using System.Numerics;
using RnnGen.Testing;
using RnnGen.Tests.Models;

namespace RnnGen.Tests.Allocation;

/// <summary>Nothing takes memory after the first call. Other tests do not run at the same time, so that no test waits for another's garbage.</summary>
[CollectionDefinition(nameof(AllocationTests), DisableParallelization = true)]
public class AllocationCollection;

[Collection(nameof(AllocationTests))]
public class AllocationTests
{
    private const int Rounds = 3;

    // Vectors that are emulated are a hundred times slower, and what a call takes does not depend on them.
    private static readonly int Calls = Vector.IsHardwareAccelerated ? 10_000 : 200;

    private static readonly (string Name, OptimizerSettings Settings)[] Optimizers =
    [
        ("SGD", new Sgd(1e-3f)),
        ("SGD with momentum", new Sgd(1e-3f) { Momentum = 0.9f }),
        ("SGD with Nesterov", new Sgd(1e-3f) { Momentum = 0.9f, Nesterov = true }),
        ("Adam", new Adam(1e-3f)),
        ("AdamW with a cosine", new AdamW(1e-3f) { Schedule = new CosineSchedule(100) { WarmupUpdates = 10 } }),
        ("RMSprop that waits for plateaus", new RmsProp(1e-3f) { Schedule = new PlateauSchedule() }),
        ("AdaGrad in steps", new AdaGrad(1e-3f) { Schedule = new StepSchedule(10) }),
        ("SGD with a clipped norm", new Sgd(1e-3f) { Momentum = 0.9f, ClipNorm = 0.01f }),
        ("Adam with clipped values", new Adam(1e-3f) { ClipValue = 0.01f }),
        ("Adam with both clipped", new Adam(1e-3f) { ClipNorm = 0.01f, ClipValue = 0.01f }),
    ];

    public static TheoryData<string, string> All => With(ModelsUnderTest.All);

    public static TheoryData<string, string> WithHead => With(ModelsUnderTest.WithHead);

    [Theory]
    [MemberData(nameof(ModelsUnderTest.All), MemberType = typeof(ModelsUnderTest))]
    public void Step(string name)
    {
        ModelUnderTest subject = ModelsUnderTest.Create(name);
        State state = subject.CreateState();
        Data inputs = subject.Inputs(1);
        float[] outputs = subject.Outputs(1);

        AssertNothing(() => subject.Step(state, inputs, outputs));
    }

    [Fact]
    public void Steps_that_two_threads_share()
    {
        var model = new SharedLstm(seed: 3);
        SharedLstm.State state = model.CreateState();
        var inputs = new float[8 * SharedLstm.InputSize];
        var outputs = new float[8 * SharedLstm.OutputSize];
        TimeSpan before = ParallelSteps.SpinTime;
        ParallelSteps.SpinTime = Timeout.InfiniteTimeSpan;
        AssertNothing(() => model.Step(state, inputs.AsSpan(0, SharedLstm.InputSize), outputs.AsSpan(0, SharedLstm.OutputSize)));
        AssertNothing(() => model.Forward(state, inputs, outputs));
        ParallelSteps.SpinTime = before;
    }

    [Theory]
    [MemberData(nameof(ModelsUnderTest.All), MemberType = typeof(ModelsUnderTest))]
    public void Forward(string name)
    {
        ModelUnderTest subject = ModelsUnderTest.Create(name);
        State state = subject.CreateState();
        Data inputs = subject.Inputs(subject.SequenceLength);
        float[] outputs = subject.Outputs(subject.SequenceLength);

        AssertNothing(() => subject.Forward(state, inputs, outputs));
    }

    [Theory]
    [MemberData(nameof(ModelsUnderTest.All), MemberType = typeof(ModelsUnderTest))]
    public void Recorded_Forward(string name)
    {
        ModelUnderTest subject = ModelsUnderTest.Create(name);
        State state = subject.CreateState();
        Tape tape = subject.CreateTape();
        Data inputs = subject.Inputs(subject.SequenceLength);

        AssertNothing(() => subject.Forward(state, inputs, tape));
    }

    [Theory]
    [MemberData(nameof(ModelsUnderTest.All), MemberType = typeof(ModelsUnderTest))]
    public void Recorded_Forward_with_outputs(string name)
    {
        ModelUnderTest subject = ModelsUnderTest.Create(name);
        State state = subject.CreateState();
        Tape tape = subject.CreateTape();
        Data inputs = subject.Inputs(subject.SequenceLength);
        float[] outputs = subject.Outputs(subject.SequenceLength);

        AssertNothing(() => subject.Forward(state, inputs, outputs, tape));
    }

    [Theory]
    [MemberData(nameof(ModelsUnderTest.WithHead), MemberType = typeof(ModelsUnderTest))]
    public void Backward_from_targets(string name)
    {
        ModelUnderTest subject = ModelsUnderTest.Create(name);
        Tape tape = subject.CreateTape();
        subject.Forward(subject.CreateState(), subject.Inputs(subject.SequenceLength), tape);
        Data targets = subject.Targets(subject.SequenceLength);

        AssertNothing(() => subject.Backward(tape, targets));
    }

    [Theory]
    [MemberData(nameof(ModelsUnderTest.All), MemberType = typeof(ModelsUnderTest))]
    public void Backward_from_gradients(string name)
    {
        ModelUnderTest subject = ModelsUnderTest.Create(name);
        Tape tape = subject.CreateTape();
        subject.Forward(subject.CreateState(), subject.Inputs(subject.SequenceLength), tape);
        float[] gradients = subject.OutputGradients(subject.SequenceLength);
        State finalStateGradients = subject.CreateState();
        TestNumbers.Fill(finalStateGradients, seed: 1);

        AssertNothing(() => subject.Backward(tape, gradients, finalStateGradients));
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Forward_Backward_and_Update(string name, string optimizer)
    {
        ModelUnderTest subject = ModelsUnderTest.Create(name);
        Optimizer working = Settings(optimizer).CreateOptimizer(subject.Model);
        State state = subject.CreateState();
        Tape tape = subject.CreateTape();
        Data inputs = subject.Inputs(subject.SequenceLength);
        float[] gradients = subject.OutputGradients(subject.SequenceLength);

        AssertNothing(() =>
        {
            subject.Forward(state, inputs, tape);
            subject.Backward(tape, gradients, null);
            working.Update(tape);
        });
        Assert.True(working.Updates > Calls);
    }

    [Theory]
    [MemberData(nameof(WithHead))]
    public void Trainer_Step(string name, string optimizer)
    {
        ModelUnderTest subject = ModelsUnderTest.Create(name);
        TestTrainer trainer = subject.CreateTrainer(Settings(optimizer));
        State state = subject.CreateState();
        Data inputs = subject.Inputs(subject.SequenceLength);
        Data targets = subject.Targets(subject.SequenceLength);

        AssertNothing(() => trainer.Train(inputs, targets));
        AssertNothing(() => trainer.Train(state, inputs, targets));
        Assert.True(trainer.Optimizer.Updates > 2 * Calls);
    }

    [Theory]
    [MemberData(nameof(WithHead))]
    public void Trainer_Accumulate_and_Update(string name, string optimizer)
    {
        ModelUnderTest subject = ModelsUnderTest.Create(name);
        TestTrainer trainer = subject.CreateTrainer(Settings(optimizer));
        State state = subject.CreateState();
        Data inputs = subject.Inputs(subject.SequenceLength);
        Data targets = subject.Targets(subject.SequenceLength);

        AssertNothing(() =>
        {
            trainer.Accumulate(inputs, targets);
            trainer.Accumulate(state, inputs, targets);
            trainer.Update();
        });
        Assert.True(trainer.Optimizer.Updates > Calls);
    }

    // The gradient is not finite, so every update is left out.
    [Theory]
    [MemberData(nameof(WithHead))]
    public void Trainer_Step_that_is_left_out(string name, string optimizer)
    {
        ModelUnderTest subject = ModelsUnderTest.Create(name);
        TestTrainer trainer = subject.CreateTrainer(Settings(optimizer));
        Parameter parameter = subject.Parameters.Last().Parameter;
        parameter.CopyFrom([.. Enumerable.Repeat(float.NaN, parameter.Count)]);
        Data inputs = subject.Inputs(subject.SequenceLength);
        Data targets = subject.Targets(subject.SequenceLength);

        AssertNothing(() => trainer.Train(inputs, targets));
        Assert.True(trainer.SkippedUpdates > Calls);
    }

    [Theory]
    [MemberData(nameof(ModelsUnderTest.All), MemberType = typeof(ModelsUnderTest))]
    public void States_that_are_copied_written_and_restored(string name)
    {
        ModelUnderTest subject = ModelsUnderTest.Create(name);
        State state = subject.RunningState();
        State other = subject.CreateState();
        var bytes = new byte[state.ByteCount];
        var numbers = new float[state.Count];

        AssertNothing(() =>
        {
            state.WriteBytes(bytes);
            other.Restore(bytes);
            other.CopyTo(numbers);
            other.StartFrom(numbers);
            other.StartFrom(state);
            other.CopyFrom(state);
        });
    }

    [Fact]
    public void Beam_search_and_generation()
    {
        var model = new TokenRnn(seed: 1);
        var beam = model.CreateBeamSearch(TokenRnn.OutputSize, longest: 6);
        beam.End = 0;
        beam.LengthPenalty = 0.7f;
        TokenRnn.State state = model.CreateState();
        var sampler = new Sampler(TokenRnn.OutputSize, seed: 1) { TopK = 3 };
        var tokens = new int[6];

        AssertNothing(() =>
        {
            beam.Search(state, 1, 2);
            _ = beam[0].Score;
            model.Generate(state, 4, tokens, sampler, end: 0);
        });
    }

    /// <summary>A training takes memory when it starts, and for reports: ten times as many updates with as many reports take no more.</summary>
    [Theory]
    [InlineData(DataOrder.Random, false)]
    [InlineData(DataOrder.Shuffled, false)]
    [InlineData(DataOrder.Sequential, true)]
    public void Fit(DataOrder order, bool carry)
    {
        int[] tokens = [.. Enumerable.Range(0, 61).Select(k => (k * k) % 4)];
        TokenWindows data = order == DataOrder.Sequential ? TokenWindows.Lanes(tokens, 6, lanes: 2) : TokenWindows.Sliding(tokens, 6);
        TokenWindows validation = TokenWindows.Tiled(tokens, 6);
        var options = new FitOptions { Updates = 1, BatchSize = 2, Order = order, CarryState = carry, ValidateEvery = 10, Patience = 1_000_000, RestoreBestWeights = true };
        Train(30);
        long few = Train(30);
        long many = Train(300);
        for (int round = 1; round < Rounds && many != few; round++)
        {
            (few, many) = (Train(30), Train(300));
        }

        Assert.Equal(few, many);

        long Train(int updates)
        {
            TokenRnn.Trainer trainer = new TokenRnn(seed: 1).CreateTrainer(new Adam(1e-3f) { Schedule = new PlateauSchedule() });
            FitOptions all = options with { Updates = updates, ReportEvery = updates, ValidateEvery = updates / 3 };
            long before = GC.GetAllocatedBytesForCurrentThread();
            trainer.Fit(data, validation, all);
            return GC.GetAllocatedBytesForCurrentThread() - before;
        }
    }

    // Read before anything is measured, because it makes the static fields of this class.
    private static void AssertNothing(Action call) => Allocations.None(call, Calls);

    private static OptimizerSettings Settings(string name) => Optimizers.Single(optimizer => optimizer.Name == name).Settings;

    private static TheoryData<string, string> With(TheoryData<string> names)
    {
        var rows = new TheoryData<string, string>();
        foreach (string name in names.Select(row => row.Data))
        {
            foreach ((string optimizer, _) in Optimizers)
            {
                rows.Add(name, optimizer);
            }
        }

        return rows;
    }
}
