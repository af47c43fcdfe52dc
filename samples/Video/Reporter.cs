using RnnGen;

/// <summary>Three networks in a row: clips go in, sentences come out.</summary>
internal sealed class Reporter(int seed)
{
    /// <summary>The token that stands before and after a sentence.</summary>
    public const int Mark = 0;

    private readonly float[] _windows = new float[Windows.Size * Windows.Count * Clips.Longest];
    private readonly float[] _seen = new float[Views.Features * Windows.Count * Clips.Longest];
    private readonly float[] _colors = new float[Windows.Glance * Windows.Count * Clips.Longest];
    private readonly float[] _views = new float[Views.Size * Clips.Longest];
    private readonly float[] _understood = new float[Watcher.OutputSize];
    private readonly int[] _words = new int[Clips.LongestSentence];
    private readonly Sampler _sampler = new(Narrator.OutputSize, seed) { Temperature = 0 };

    public Retina Retina { get; } = new(seed);

    public Watcher Watcher { get; } = new(seed + 1);

    public Narrator Narrator { get; } = new(seed + 2);

    /// <summary>The sentence about a clip.</summary>
    public string Say(Clip clip)
    {
        int looks = Windows.Count * clip.Length;
        Span<float> seen = _seen.AsSpan(0, looks * Views.Features);
        Span<float> views = _views.AsSpan(0, clip.Length * Views.Size);
        Windows.Cut(clip.Frames, _windows, _colors);
        Retina.Forward(Retina.CreateState(), _windows.AsSpan(0, looks * Windows.Size), seen);
        Views.Join(seen, _colors, views);

        Watcher.State watched = Watcher.CreateState();
        Watcher.Forward(watched, views, _understood);
        Narrator.State state = Narrator.CreateState();
        state.StartFrom(watched);
        int count = Narrator.Generate(state, Mark, _words, _sampler, end: Mark);
        return Clips.Sentence(_words.AsSpan(0, count));
    }
}
