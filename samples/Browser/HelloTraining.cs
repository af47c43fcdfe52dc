using RnnGen;

/// <summary>Teaches a network to say "ello" after "hell", a few updates at a time, so that a page can draw between them.</summary>
public sealed class HelloTraining
{
    /// <summary>The loss at which the training ends, in nats per letter.</summary>
    public const float Goal = 0.05f;

    private const string Alphabet = "helo";
    private static readonly int[] Inputs = [0, 1, 2, 2];
    private static readonly int[] Targets = [1, 2, 2, 3];

    private readonly Hello _model;
    private readonly Hello.Trainer _trainer;
    private readonly Hello.State _state;

    /// <param name="seed">Which weights it begins with.</param>
    public HelloTraining(int seed)
    {
        _model = new Hello(seed);
        _trainer = _model.CreateTrainer(new Adam(0.02f) { ClipNorm = 5 });
        _state = _model.CreateState();
    }

    /// <summary>How often the weights were changed.</summary>
    public int Updates { get; private set; }

    /// <summary>The loss before the last update, in nats per letter. It begins near ln 4, which is guessing.</summary>
    public float Loss { get; private set; } = float.PositiveInfinity;

    /// <summary>Whether the goal is reached.</summary>
    public bool IsDone => Loss < Goal;

    /// <summary>Trains for some updates, or until the goal is reached.</summary>
    public void Advance(int updates)
    {
        for (int k = 0; k < updates && !IsDone; k++)
        {
            Loss = _trainer.Train(Inputs, Targets);
            Updates++;
        }
    }

    /// <summary>Reads "hell" letter by letter.</summary>
    /// <param name="probabilities">Of h, e, l and o after each of the four letters: 4 x 4 numbers.</param>
    /// <returns>The four most likely letters.</returns>
    public string Say(Span<float> probabilities)
    {
        _state.Reset();
        Span<char> said = stackalloc char[Inputs.Length];
        for (int step = 0; step < said.Length; step++)
        {
            Span<float> row = probabilities.Slice(step * Hello.OutputSize, Hello.OutputSize);
            _model.Step(_state, Inputs[step], row);
            said[step] = Alphabet[Sampler.MostLikely(row)];
        }

        return new string(said);
    }
}
