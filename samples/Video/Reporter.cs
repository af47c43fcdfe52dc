using RnnGen;

/// <summary>Three networks in a row: clips go in, sentences come out.</summary>
internal sealed class Reporter(int seed)
{
    /// <summary>The token that stands before and after a sentence.</summary>
    public const int Mark = 0;

    private readonly float[] _windows = new float[Windows.Size * Windows.Count * Clips.Longest];
    private readonly float[] _seen = new float[Eye.OutputSize * Windows.Count * Clips.Longest];
    private readonly float[] _understood = new float[Watcher.OutputSize];
    private readonly int[] _words = new int[Clips.LongestSentence];
    private readonly Sampler _sampler = new(Narrator.OutputSize, seed) { Temperature = 0 };

    public Eye Eye { get; } = new(seed);

    public Watcher Watcher { get; } = new(seed + 1);

    public Narrator Narrator { get; } = new(seed + 2);

    /// <summary>The sentence about a clip.</summary>
    public string Say(Clip clip)
    {
        int looks = Windows.Count * clip.Length;
        Windows.Cut(clip.Frames, _windows);
        Span<float> seen = _seen.AsSpan(0, looks * Eye.OutputSize);
        Eye.Forward(Eye.CreateState(), _windows.AsSpan(0, looks * Windows.Size), seen);

        Watcher.State watched = Watcher.CreateState();
        Watcher.Forward(watched, seen, _understood);
        Narrator.State state = Narrator.CreateState();
        state.StartFrom(watched);
        int count = Narrator.Generate(state, Mark, _words, _sampler, end: Mark);
        return Clips.Sentence(_words.AsSpan(0, count));
    }
}
