using RnnGen.Testing;

namespace RnnGen.Samples.Tests;

/// <summary>Steps, windows, updates and beam searches of the samples' models take no memory after the first call.</summary>
[CollectionDefinition(nameof(AllocationTests), DisableParallelization = true)]
public class AllocationCollection;

[Collection(nameof(AllocationTests))]
public class AllocationTests
{
    private const int Steps = 8;

    [Fact]
    public void Kitchen() => Numbers(new global::Kitchen(seed: 1));

    [Fact]
    public void Spirals() => Numbers(new global::Spirals(seed: 1));

    [Fact]
    public void Forecaster() => Numbers(new global::Forecaster(seed: 1));

    [Fact]
    public void Dispatcher() => Numbers(new global::Dispatcher(seed: 1));

    [Fact]
    public void Watch() => Numbers(new global::Watch(seed: 1));

    [Fact]
    public void Composer() => Numbers(new global::Composer(seed: 1));

    [Fact]
    public void Painter() => Numbers(new global::Painter(seed: 1));

    [Fact]
    public void Transcriber() => Numbers(new global::Transcriber(seed: 1), targets: [4, 2, 2]);

    [Fact]
    public void Captioner() => Numbers(new global::Captioner(seed: 1), targets: [4, 2, 2]);

    [Fact]
    public void Guesser() => Numbers(new global::Guesser(seed: 1));

    [Fact]
    public void Sketcher()
    {
        var sketcher = new Sketcher(seed: 1);

        Numbers(sketcher);
        Draws(sketcher, new MixtureSampler(sketcher.Next, seed: 1));
    }

    [Fact]
    public void Dancer()
    {
        var dancer = new global::Dancer(seed: 1);

        Numbers(dancer);
        Draws(dancer, new MixtureSampler(dancer.Next, seed: 1) { Bias = 2 });
    }

    [Fact]
    public void Judge() => Numbers(new global::Judge(seed: 1));

    [Fact]
    public void Critic() => Tokens(new global::Critic(seed: 1));

    [Fact]
    public void Linguist() => Tokens(new global::Linguist(seed: 1));

    [Fact]
    public void Namer() => Tokens(new global::Namer(seed: 1));

    [Fact]
    public void SearchBox() => Tokens(new global::SearchBox(seed: 1));

    [Fact]
    public void Listener() => Tokens(new global::Listener(seed: 1));

    [Fact]
    public void Hello() => Tokens(new global::Hello(seed: 1));

    [Fact]
    public void CharLm() => Tokens(new global::CharLm.CharLstm(seed: 1));

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

    [Fact]
    public void Retina_Watcher_and_Narrator()
    {
        var retina = new Retina(seed: 1);
        var watcher = new Watcher(seed: 1);
        var narrator = new Narrator(seed: 1);
        Optimizer retinaOptimizer = new AdamW(1e-3f).CreateOptimizer(retina);
        Optimizer watcherOptimizer = new AdamW(1e-3f).CreateOptimizer(watcher);
        Optimizer narratorOptimizer = new AdamW(1e-3f).CreateOptimizer(narrator);
        Retina.State nothing = retina.CreateState();
        Watcher.State watched = watcher.CreateState();
        Watcher.State gradients = watcher.CreateState();
        Narrator.State state = narrator.CreateState();
        (Retina.Tape retinaTape, Retina.Tape otherRetinaTape) = (retina.CreateTape(), retina.CreateTape());
        Watcher.Tape watcherTape = watcher.CreateTape();
        Narrator.Tape narratorTape = narrator.CreateTape();
        const int Frames = 2;
        var windows = new float[Frames * 16 * Retina.InputSize];
        var seen = new float[Frames * 16 * Retina.OutputSize];
        var views = new float[Frames * Watcher.InputSize];
        var words = new int[8];
        var sampler = new Sampler(Narrator.OutputSize, seed: 1) { Temperature = 0 };
        int[] sentence = [0, 1, 2, 3];

        AssertNothing(() =>
        {
            retina.Forward(nothing, windows, seen, otherRetinaTape);
            watched.Reset();
            watcher.Forward(watched, views, watcherTape);
            state.StartFrom(watched);
            narrator.Forward(state, sentence, narratorTape);
            narrator.Backward(narratorTape, sentence);
            gradients.StartFrom(narratorTape.InitialStateGradients);
            watcher.Backward(watcherTape, [], gradients);
            retina.Backward(otherRetinaTape, seen, finalStateGradients: null);
            retinaTape.TakeOver(otherRetinaTape);
            retinaOptimizer.Update(retinaTape, narratorTape.TargetWeight);
            watcherOptimizer.Update(watcherTape, narratorTape.TargetWeight);
            narratorOptimizer.Update(narratorTape);
            narrator.Generate(state, 0, words, sampler, end: 0);
        });
    }

    private static void Draws(IRnnStreamingModel<float> model, MixtureSampler sampler)
    {
        State state = model.CreateState();
        var inputs = new float[model.InputSize];
        var outputs = new float[model.OutputSize];

        AssertNothing(() =>
        {
            model.Step(state, inputs, outputs);
            sampler.Next(outputs, inputs.AsSpan(0, sampler.PointSize));
        });
    }

    private static void Numbers<TTarget>(IRnnModel<float, TTarget> model, TTarget[]? targets = null)
        where TTarget : struct => Check(model, targets);

    private static void Tokens<TModel>(TModel model)
        where TModel : class, IRnnModel<int, int>, IRnnStreamingModel<int>
    {
        Check(model);
        if (model.OutputSize < 3)
        {
            return;
        }

        State state = model.CreateState();
        BeamSearch beam = model.CreateBeamSearch(width: 3, longest: 5);
        beam.End = 0;
        AssertNothing(() => beam.Search(state, 1, 2));
    }

    private static void Check<TInput, TTarget>(IRnnModel<TInput, TTarget> model, TTarget[]? targets = null)
        where TInput : struct
        where TTarget : struct
    {
        int steps = Math.Min(Steps, model.SequenceLength);
        State state = model.CreateState();
        var trainer = new Trainer<TInput, TTarget>(model, new Adam(1e-3f) { ClipNorm = 1 });
        var inputs = new TInput[model.GetInputLength(steps)];
        targets ??= new TTarget[model.GetTargetLength(steps)];
        var outputs = new float[model.GetOutputLength(steps)];

        if (model is IRnnStreamingModel<TInput> stream)
        {
            AssertNothing(() => stream.Step(state, inputs.AsSpan(0, model.GetInputLength(1)), outputs.AsSpan(0, model.OutputSize)));
        }

        AssertNothing(() => model.Forward(state, inputs, outputs));
        AssertNothing(() => model.Evaluate(state, inputs, targets));
        AssertNothing(() => trainer.Train(inputs, targets));
    }

    internal static void AssertNothing(Action call) => Allocations.None(call, calls: 500);
}
