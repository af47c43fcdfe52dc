namespace RnnGen.Tests.Models;

/// <summary>The models of <c>TestModels.cs</c>, each behind a <see cref="Subject"/>.</summary>
internal static class Subjects
{
    /// <summary>All models, by name.</summary>
    public static TheoryData<string> All => [nameof(TokenRnn), nameof(ShortLstm), nameof(GruStack), nameof(HeadlessGru), nameof(EmbeddingMix), nameof(Plain)];

    /// <summary>Those with a head, and so with targets and a trainer.</summary>
    public static TheoryData<string> WithHead => [nameof(TokenRnn), nameof(ShortLstm), nameof(GruStack), nameof(EmbeddingMix), nameof(Plain)];

    /// <summary>Those that read numbers.</summary>
    public static TheoryData<string> OfNumbers => [nameof(ShortLstm), nameof(GruStack), nameof(HeadlessGru), nameof(Plain)];

    /// <summary>Those that read tokens.</summary>
    public static TheoryData<string> OfTokens => [nameof(TokenRnn), nameof(EmbeddingMix)];

    /// <summary>Those with a state.</summary>
    public static TheoryData<string> Recurrent => [nameof(TokenRnn), nameof(ShortLstm), nameof(GruStack), nameof(HeadlessGru), nameof(EmbeddingMix)];

    public static Subject Create(string name, int seed = 3) => name switch
    {
        nameof(TokenRnn) => Of(new TokenRnn(seed)),
        nameof(ShortLstm) => Of(new ShortLstm(seed)),
        nameof(GruStack) => Of(new GruStack(seed)),
        nameof(HeadlessGru) => Of(new HeadlessGru(seed)),
        nameof(EmbeddingMix) => Of(new EmbeddingMix(seed)),
        nameof(Plain) => Of(new Plain(seed)),
        _ => throw new ArgumentOutOfRangeException(nameof(name), name, "There is no such model."),
    };

    private static Subject Of(TokenRnn model) => new()
    {
        Model = model,
        InputSize = TokenRnn.InputSize,
        OutputSize = TokenRnn.OutputSize,
        SequenceLength = TokenRnn.SequenceLength,
        ParameterCount = TokenRnn.ParameterCount,
        Tokens = true,
        Classes = true,
        CreateState = model.CreateState,
        CreateTape = model.CreateTape,
        Clone = () => Of(model.Clone()),
        Load = path => Of(TokenRnn.Load(path)),
        Step = (s, x, y) => model.Step((TokenRnn.State)s!, x.Integers[0], y),
        Forward = (s, x, y) => model.Forward((TokenRnn.State)s!, x.Integers, y),
        Record = (s, x, tape) => model.Forward((TokenRnn.State)s!, x.Integers, (TokenRnn.Tape)tape!),
        RecordOutputs = (s, x, y, tape) => model.Forward((TokenRnn.State)s!, x.Integers, y, (TokenRnn.Tape)tape!),
        Learn = (tape, t) => model.Backward((TokenRnn.Tape)tape!, t.Integers),
        Pull = (tape, dy, ds) => model.Backward((TokenRnn.Tape)tape!, dy, (TokenRnn.State?)ds),
        InitialStateGradients = tape => ((TokenRnn.Tape)tape).InitialStateGradients,
        CreateTrainer = settings => Of(model.CreateTrainer(settings)),
    };

    private static Subject Of(ShortLstm model) => new()
    {
        Model = model,
        InputSize = ShortLstm.InputSize,
        OutputSize = ShortLstm.OutputSize,
        SequenceLength = ShortLstm.SequenceLength,
        ParameterCount = ShortLstm.ParameterCount,
        CreateState = model.CreateState,
        CreateTape = model.CreateTape,
        Clone = () => Of(model.Clone()),
        Load = path => Of(ShortLstm.Load(path)),
        Step = (s, x, y) => model.Step((ShortLstm.State)s!, x.Numbers, y),
        Forward = (s, x, y) => model.Forward((ShortLstm.State)s!, x.Numbers, y),
        Record = (s, x, tape) => model.Forward((ShortLstm.State)s!, x.Numbers, (ShortLstm.Tape)tape!),
        RecordOutputs = (s, x, y, tape) => model.Forward((ShortLstm.State)s!, x.Numbers, y, (ShortLstm.Tape)tape!),
        Learn = (tape, t) => model.Backward((ShortLstm.Tape)tape!, t.Numbers),
        Pull = (tape, dy, ds) => model.Backward((ShortLstm.Tape)tape!, dy, (ShortLstm.State?)ds),
        InitialStateGradients = tape => ((ShortLstm.Tape)tape).InitialStateGradients,
        CreateTrainer = settings => Of(model.CreateTrainer(settings)),
    };

    private static Subject Of(GruStack model) => new()
    {
        Model = model,
        InputSize = GruStack.InputSize,
        OutputSize = GruStack.OutputSize,
        SequenceLength = GruStack.SequenceLength,
        ParameterCount = GruStack.ParameterCount,
        LastOnly = true,
        CreateState = model.CreateState,
        CreateTape = model.CreateTape,
        Clone = () => Of(model.Clone()),
        Load = path => Of(GruStack.Load(path)),
        Step = (s, x, y) => model.Step((GruStack.State)s!, x.Numbers, y),
        Forward = (s, x, y) => model.Forward((GruStack.State)s!, x.Numbers, y),
        Record = (s, x, tape) => model.Forward((GruStack.State)s!, x.Numbers, (GruStack.Tape)tape!),
        RecordOutputs = (s, x, y, tape) => model.Forward((GruStack.State)s!, x.Numbers, y, (GruStack.Tape)tape!),
        Learn = (tape, t) => model.Backward((GruStack.Tape)tape!, t.Numbers),
        Pull = (tape, dy, ds) => model.Backward((GruStack.Tape)tape!, dy, (GruStack.State?)ds),
        InitialStateGradients = tape => ((GruStack.Tape)tape).InitialStateGradients,
        CreateTrainer = settings => Of(model.CreateTrainer(settings)),
    };

    private static Subject Of(HeadlessGru model) => new()
    {
        Model = model,
        InputSize = HeadlessGru.InputSize,
        OutputSize = HeadlessGru.OutputSize,
        SequenceLength = HeadlessGru.SequenceLength,
        ParameterCount = HeadlessGru.ParameterCount,
        CreateState = model.CreateState,
        CreateTape = model.CreateTape,
        Clone = () => Of(model.Clone()),
        Load = path => Of(HeadlessGru.Load(path)),
        Step = (s, x, y) => model.Step((HeadlessGru.State)s!, x.Numbers, y),
        Forward = (s, x, y) => model.Forward((HeadlessGru.State)s!, x.Numbers, y),
        Record = (s, x, tape) => model.Forward((HeadlessGru.State)s!, x.Numbers, (HeadlessGru.Tape)tape!),
        RecordOutputs = (s, x, y, tape) => model.Forward((HeadlessGru.State)s!, x.Numbers, y, (HeadlessGru.Tape)tape!),
        Learn = null,
        Pull = (tape, dy, ds) => model.Backward((HeadlessGru.Tape)tape!, dy, (HeadlessGru.State?)ds),
        InitialStateGradients = tape => ((HeadlessGru.Tape)tape).InitialStateGradients,
        CreateTrainer = null,
    };

    private static Subject Of(EmbeddingMix model) => new()
    {
        Model = model,
        InputSize = EmbeddingMix.InputSize,
        OutputSize = EmbeddingMix.OutputSize,
        SequenceLength = EmbeddingMix.SequenceLength,
        ParameterCount = EmbeddingMix.ParameterCount,
        Tokens = true,
        CreateState = model.CreateState,
        CreateTape = model.CreateTape,
        Clone = () => Of(model.Clone()),
        Load = path => Of(EmbeddingMix.Load(path)),
        Step = (s, x, y) => model.Step((EmbeddingMix.State)s!, x.Integers[0], y),
        Forward = (s, x, y) => model.Forward((EmbeddingMix.State)s!, x.Integers, y),
        Record = (s, x, tape) => model.Forward((EmbeddingMix.State)s!, x.Integers, (EmbeddingMix.Tape)tape!),
        RecordOutputs = (s, x, y, tape) => model.Forward((EmbeddingMix.State)s!, x.Integers, y, (EmbeddingMix.Tape)tape!),
        Learn = (tape, t) => model.Backward((EmbeddingMix.Tape)tape!, t.Numbers),
        Pull = (tape, dy, ds) => model.Backward((EmbeddingMix.Tape)tape!, dy, (EmbeddingMix.State?)ds),
        InitialStateGradients = tape => ((EmbeddingMix.Tape)tape).InitialStateGradients,
        CreateTrainer = settings => Of(model.CreateTrainer(settings)),
    };

    private static Subject Of(Plain model) => new()
    {
        Model = model,
        InputSize = Plain.InputSize,
        OutputSize = Plain.OutputSize,
        SequenceLength = Plain.SequenceLength,
        ParameterCount = Plain.ParameterCount,
        CreateState = model.CreateState,
        CreateTape = model.CreateTape,
        Clone = () => Of(model.Clone()),
        Load = path => Of(Plain.Load(path)),
        Step = (s, x, y) => model.Step((Plain.State)s!, x.Numbers, y),
        Forward = (s, x, y) => model.Forward((Plain.State)s!, x.Numbers, y),
        Record = (s, x, tape) => model.Forward((Plain.State)s!, x.Numbers, (Plain.Tape)tape!),
        RecordOutputs = (s, x, y, tape) => model.Forward((Plain.State)s!, x.Numbers, y, (Plain.Tape)tape!),
        Learn = (tape, t) => model.Backward((Plain.Tape)tape!, t.Numbers),
        Pull = (tape, dy, ds) => model.Backward((Plain.Tape)tape!, dy, (Plain.State?)ds),
        InitialStateGradients = tape => ((Plain.Tape)tape).InitialStateGradients,
        CreateTrainer = settings => Of(model.CreateTrainer(settings)),
    };

    private static TestTrainer Of(TokenRnn.Trainer trainer) => new()
    {
        Optimizer = trainer.Optimizer,
        Tape = trainer.Tape,
        SkippedUpdates = () => trainer.SkippedUpdates,
        Step = (x, t) => trainer.Step(x.Integers, t.Integers),
        StepCarried = (s, x, t) => trainer.Step((TokenRnn.State)s!, x.Integers, t.Integers),
        Accumulate = (x, t) => trainer.Accumulate(x.Integers, t.Integers),
        AccumulateCarried = (s, x, t) => trainer.Accumulate((TokenRnn.State)s!, x.Integers, t.Integers),
        Update = trainer.Update,
    };

    private static TestTrainer Of(ShortLstm.Trainer trainer) => new()
    {
        Optimizer = trainer.Optimizer,
        Tape = trainer.Tape,
        SkippedUpdates = () => trainer.SkippedUpdates,
        Step = (x, t) => trainer.Step(x.Numbers, t.Numbers),
        StepCarried = (s, x, t) => trainer.Step((ShortLstm.State)s!, x.Numbers, t.Numbers),
        Accumulate = (x, t) => trainer.Accumulate(x.Numbers, t.Numbers),
        AccumulateCarried = (s, x, t) => trainer.Accumulate((ShortLstm.State)s!, x.Numbers, t.Numbers),
        Update = trainer.Update,
    };

    private static TestTrainer Of(GruStack.Trainer trainer) => new()
    {
        Optimizer = trainer.Optimizer,
        Tape = trainer.Tape,
        SkippedUpdates = () => trainer.SkippedUpdates,
        Step = (x, t) => trainer.Step(x.Numbers, t.Numbers),
        StepCarried = (s, x, t) => trainer.Step((GruStack.State)s!, x.Numbers, t.Numbers),
        Accumulate = (x, t) => trainer.Accumulate(x.Numbers, t.Numbers),
        AccumulateCarried = (s, x, t) => trainer.Accumulate((GruStack.State)s!, x.Numbers, t.Numbers),
        Update = trainer.Update,
    };

    private static TestTrainer Of(EmbeddingMix.Trainer trainer) => new()
    {
        Optimizer = trainer.Optimizer,
        Tape = trainer.Tape,
        SkippedUpdates = () => trainer.SkippedUpdates,
        Step = (x, t) => trainer.Step(x.Integers, t.Numbers),
        StepCarried = (s, x, t) => trainer.Step((EmbeddingMix.State)s!, x.Integers, t.Numbers),
        Accumulate = (x, t) => trainer.Accumulate(x.Integers, t.Numbers),
        AccumulateCarried = (s, x, t) => trainer.Accumulate((EmbeddingMix.State)s!, x.Integers, t.Numbers),
        Update = trainer.Update,
    };

    private static TestTrainer Of(Plain.Trainer trainer) => new()
    {
        Optimizer = trainer.Optimizer,
        Tape = trainer.Tape,
        SkippedUpdates = () => trainer.SkippedUpdates,
        Step = (x, t) => trainer.Step(x.Numbers, t.Numbers),
        StepCarried = (s, x, t) => trainer.Step((Plain.State)s!, x.Numbers, t.Numbers),
        Accumulate = (x, t) => trainer.Accumulate(x.Numbers, t.Numbers),
        AccumulateCarried = (s, x, t) => trainer.Accumulate((Plain.State)s!, x.Numbers, t.Numbers),
        Update = trainer.Update,
    };
}
