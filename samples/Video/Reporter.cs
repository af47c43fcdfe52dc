using RnnGen;

/// <summary>Three networks in a row: clips go in, sentences come out.</summary>
internal sealed class Reporter
{
    /// <summary>The token that stands before and after a sentence.</summary>
    public const int Mark = 0;

    private readonly float[] _understood = new float[Watcher.OutputSize];
    private readonly int[] _words = new int[Clips.LongestSentence];
    private readonly Sampler _sampler;
    private readonly Sight _sight;

    /// <summary>Creates the networks.</summary>
    /// <param name="seed">Seed of their weights.</param>
    public Reporter(int seed)
    {
        (Retina, Watcher, Narrator) = (new(seed), new(seed + 1), new(seed + 2));
        _sampler = new Sampler(Narrator.OutputSize, seed) { Temperature = 0 };
        _sight = new Sight(Retina);
    }

    public Retina Retina { get; }

    public Watcher Watcher { get; }

    public Narrator Narrator { get; }

    /// <summary>The sentence about a clip.</summary>
    public string Say(Clip clip)
    {
        Watcher.State watched = Watcher.CreateState();
        Watcher.Forward(watched, _sight.Look(clip), _understood);
        Narrator.State state = Narrator.CreateState();
        state.StartFrom(watched);
        int count = Narrator.Generate(state, Mark, _words, _sampler, end: Mark);
        return Clips.Sentence(_words.AsSpan(0, count));
    }
}
