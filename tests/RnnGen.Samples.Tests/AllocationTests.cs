namespace RnnGen.Samples.Tests;

/// <summary>Steps, windows, updates and beam searches of the samples' models take no memory after the first call.</summary>
[CollectionDefinition(nameof(AllocationTests), DisableParallelization = true)]
public class AllocationCollection;

[Collection(nameof(AllocationTests))]
public class AllocationTests
{
    private const int Steps = 8;

    [Fact]
    public void Kitchen() => Numbers<global::Kitchen, global::Kitchen.State, global::Kitchen.Tape, int>(rows: 6);

    [Fact]
    public void Spirals() => Numbers<global::Spirals, global::Spirals.State, global::Spirals.Tape, int>(rows: 1);

    [Fact]
    public void Forecaster() => Numbers<global::Forecaster, global::Forecaster.State, global::Forecaster.Tape, float>(rows: Steps);

    [Fact]
    public void Watch() => Numbers<global::Watch, global::Watch.State, global::Watch.Tape, int>(rows: Steps);

    [Fact]
    public void Composer() => Numbers<global::Composer, global::Composer.State, global::Composer.Tape, float>(rows: Steps);

    [Fact]
    public void Critic() => Tokens<global::Critic, global::Critic.State, global::Critic.Tape>(rows: 1);

    [Fact]
    public void Linguist() => Tokens<global::Linguist, global::Linguist.State, global::Linguist.Tape>(rows: 1);

    [Fact]
    public void Namer() => Tokens<global::Namer, global::Namer.State, global::Namer.Tape>(rows: Steps);

    [Fact]
    public void SearchBox() => Tokens<global::SearchBox, global::SearchBox.State, global::SearchBox.Tape>(rows: Steps);

    [Fact]
    public void Listener() => Tokens<global::Listener, global::Listener.State, global::Listener.Tape>(rows: Steps);

    [Fact]
    public void Hello() => Tokens<global::Hello, global::Hello.State, global::Hello.Tape>(rows: 4);

    [Fact]
    public void CharLm() => Tokens<global::CharLm.CharLstm, global::CharLm.CharLstm.State, global::CharLm.CharLstm.Tape>(rows: Steps);

    [Fact]
    public void Cell()
    {
        var cell = new Cell(seed: 1);
        Cell.State state = cell.CreateState();
        var inputs = new float[5 * global::Cell.InputSize];
        var outputs = new float[5 * global::Cell.OutputSize];

        AssertNothing(() => cell.Step(state, inputs.AsSpan(0, 4), outputs.AsSpan(0, 2)));
        AssertNothing(() => cell.Forward(state, inputs, outputs));
    }

    [Fact]
    public void Eye_and_Speller()
    {
        var eye = new Eye(seed: 1);
        var speller = new Speller(seed: 1);
        Optimizer eyeOptimizer = new Adam(1e-3f).CreateOptimizer(eye);
        Optimizer spellerOptimizer = new Adam(1e-3f).CreateOptimizer(speller);
        Eye.State nothing = eye.CreateState();
        Speller.State state = speller.CreateState();
        Eye.Tape eyeTape = eye.CreateTape();
        Speller.Tape spellerTape = speller.CreateTape();
        var picture = new float[Eye.InputSize];
        var thought = new float[Eye.OutputSize];
        var letters = new int[8];
        var sampler = new Sampler(Speller.OutputSize, seed: 1);
        int[] name = [0, 1, 2, 3];

        AssertNothing(() =>
        {
            eye.Forward(nothing, picture, thought, eyeTape);
            state.StartFrom(thought);
            speller.Forward(state, name, spellerTape);
            speller.Backward(spellerTape, name);
            spellerTape.InitialStateGradients.CopyTo(thought);
            eye.Backward(eyeTape, thought, finalStateGradients: null);
            eyeOptimizer.Update(eyeTape, spellerTape.TargetWeight);
            spellerOptimizer.Update(spellerTape);
            speller.Generate(state, 0, letters, sampler, end: 0);
        });
    }

    [Fact]
    public void Reader_and_Writer()
    {
        var reader = new Reader(seed: 1);
        var writer = new Writer(seed: 1);
        Optimizer readerOptimizer = new Adam(1e-3f).CreateOptimizer(reader);
        Optimizer writerOptimizer = new Adam(1e-3f).CreateOptimizer(writer);
        Reader.State read = reader.CreateState();
        Reader.State gradients = reader.CreateState();
        Writer.State state = writer.CreateState();
        Reader.Tape readerTape = reader.CreateTape();
        Writer.Tape writerTape = writer.CreateTape();
        var beam = writer.CreateBeamSearch(width: 3, longest: 4);
        int[] text = [3, 1, 2, 0];

        AssertNothing(() =>
        {
            read.Reset();
            reader.Forward(read, text, readerTape);
            state.StartFrom(read);
            writer.Forward(state, text, writerTape);
            writer.Backward(writerTape, text);
            gradients.StartFrom(writerTape.InitialStateGradients);
            reader.Backward(readerTape, [], gradients);
            readerOptimizer.Update(readerTape, writerTape.TargetWeight);
            writerOptimizer.Update(writerTape);
            beam.Search(state, 0);
        });
    }

    private static void Numbers<TModel, TState, TTape, TTarget>(int rows)
        where TModel : class, IRnnModel<TModel, TState, TTape, float, TTarget>
        where TState : State
        where TTape : Tape
        where TTarget : struct => Check<TModel, TState, TTape, float, TTarget>(rows, steps: rows, width: TModel.InputSize);

    private static void Tokens<TModel, TState, TTape>(int rows)
        where TModel : class, IRnnModel<TModel, TState, TTape, int, int>
        where TState : State
        where TTape : Tape
    {
        Check<TModel, TState, TTape, int, int>(rows, steps: Math.Min(Steps, TModel.SequenceLength), width: 1);
        if (TModel.OutputSize < 3)
        {
            return;
        }

        TModel model = TModel.Create(seed: 1);
        TState state = model.CreateState();
        BeamSearch<TModel, TState, TTape> beam = model.CreateBeamSearch(width: 3, longest: 5);
        beam.End = 0;
        AssertNothing(() => beam.Search(state, 1, 2));
    }

    private static void Check<TModel, TState, TTape, TInput, TTarget>(int rows, int steps, int width)
        where TModel : class, IRnnModel<TModel, TState, TTape, TInput, TTarget>
        where TState : State
        where TTape : Tape
        where TInput : struct
        where TTarget : struct
    {
        TModel model = TModel.Create(seed: 1);
        TState state = model.CreateState();
        var trainer = new Trainer<TModel, TState, TTape, TInput, TTarget>(model, new Adam(1e-3f) { ClipNorm = 1 });
        var inputs = new TInput[steps * width];
        var targets = new TTarget[rows * (typeof(TTarget) == typeof(int) ? 1 : TModel.OutputSize)];
        var outputs = new float[rows * TModel.OutputSize];

        AssertNothing(() => model.Forward(state, inputs.AsSpan(0, width), outputs.AsSpan(0, TModel.OutputSize)));
        AssertNothing(() => model.Forward(state, inputs, outputs));
        AssertNothing(() => model.Evaluate(state, inputs, targets));
        AssertNothing(() => trainer.Step(inputs, targets));
    }

    private static void AssertNothing(Action call)
    {
        call();
        long taken = Measure(call);

        // A collection that another thread causes is counted here, some KB once; a call that allocates does so in every round.
        for (int round = 1; round < 3 && taken > 0; round++)
        {
            taken = Measure(call);
        }

        Assert.Equal(0, taken);
    }

    private static long Measure(Action call)
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int k = 0; k < 500; k++)
        {
            call();
        }

        return GC.GetAllocatedBytesForCurrentThread() - before;
    }
}
