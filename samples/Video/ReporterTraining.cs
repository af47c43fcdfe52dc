using RnnGen;

/// <summary>Trains the three networks as one: what one of them gives, the next one reads, and gradients flow back in the same way.</summary>
internal sealed class ReporterTraining
{
    private readonly Reporter _reporter;
    private readonly Optimizer _eyeOptimizer;
    private readonly Optimizer _watcherOptimizer;
    private readonly Optimizer _narratorOptimizer;
    private readonly Eye.Tape _eyeTape;
    private readonly Watcher.Tape _watcherTape;
    private readonly Narrator.Tape _narratorTape;
    private readonly Eye.State _nothing;
    private readonly Watcher.State _watched;
    private readonly Watcher.State _gradients;
    private readonly Narrator.State _state;
    private readonly float[] _windows = new float[Windows.Size * Windows.Count * Clips.Longest];
    private readonly float[] _seen = new float[Eye.OutputSize * Windows.Count * Clips.Longest];

    public ReporterTraining(Reporter reporter, int updates)
    {
        var settings = new AdamW(float.Parse(Environment.GetEnvironmentVariable("VLR") ?? "0.001")) { WeightDecay = float.Parse(Environment.GetEnvironmentVariable("VWD") ?? "0.01"), ClipNorm = 1, Schedule = new CosineSchedule(updates) };
        (_reporter, _eyeOptimizer, _watcherOptimizer, _narratorOptimizer) =
            (reporter, settings.CreateOptimizer(reporter.Eye), settings.CreateOptimizer(reporter.Watcher), settings.CreateOptimizer(reporter.Narrator));
        (_eyeTape, _watcherTape, _narratorTape) = (reporter.Eye.CreateTape(), reporter.Watcher.CreateTape(), reporter.Narrator.CreateTape());
        (_nothing, _watched, _gradients, _state) = (reporter.Eye.CreateState(), reporter.Watcher.CreateState(), reporter.Watcher.CreateState(), reporter.Narrator.CreateState());
    }

    /// <summary>One update.</summary>
    /// <param name="clips">A batch.</param>
    /// <returns>The loss in nats per word.</returns>
    public double Update(IEnumerable<Clip> clips)
    {
        foreach (Clip clip in clips)
        {
            Accumulate(clip);
        }

        double loss = _narratorTape.Loss;
        _eyeOptimizer.Update(_eyeTape, _narratorTape.TargetWeight);
        _watcherOptimizer.Update(_watcherTape, _narratorTape.TargetWeight);
        _narratorOptimizer.Update(_narratorTape);
        return loss;
    }

    private void Accumulate(Clip clip)
    {
        int looks = Windows.Count * clip.Length;
        Windows.Cut(clip.Frames, _windows);
        Span<float> seen = _seen.AsSpan(0, looks * Eye.OutputSize);
        ReadOnlySpan<int> sentence = clip.Words;

        // There: the watcher reads what the eye saw, the narrator starts where the watcher ended.
        _reporter.Eye.Forward(_nothing, _windows.AsSpan(0, looks * Windows.Size), seen, _eyeTape);
        _watched.Reset();
        _reporter.Watcher.Forward(_watched, seen, _watcherTape);
        _state.StartFrom(_watched);
        _reporter.Narrator.Forward(_state, sentence[..^1], _narratorTape);

        // And back: the gradient of the narrator's first state is that of the watcher's last, the gradient of the watcher's inputs that of the eye's outputs.
        _reporter.Narrator.Backward(_narratorTape, sentence[1..]);
        _gradients.StartFrom(_narratorTape.InitialStateGradients);
        _reporter.Watcher.Backward(_watcherTape, [], _gradients);
        _reporter.Eye.Backward(_eyeTape, _watcherTape.InputGradients, finalStateGradients: null);
    }
}
