using RnnGen;

/// <summary>The dancer dances: it reads each pose that it drew, and the music goes on.</summary>
internal sealed class Performance(Dancer dancer, int seed)
{
    // Neat poses: a seventh of the deviations that were learned. Decisions are drawn as they were learned.
    private readonly MixtureSampler _sampler = new(dancer.Next, seed) { Bias = 2 };
    private readonly Dancer.State _state = dancer.CreateState();
    private readonly float[] _input = new float[Dancer.InputSize];
    private readonly float[] _output = new float[Dancer.OutputSize];

    /// <summary>Makes up a dance of any length.</summary>
    /// <param name="style">The style.</param>
    /// <param name="beat">Poses per beat of the music.</param>
    /// <param name="count">Number of steps.</param>
    public Dance Perform(int style, double beat, int count)
    {
        _state.Reset();
        Dance.Start.CopyTo(_input, 0);
        var dance = new Dance(style, beat, new float[count * Dance.StepSize]);
        Dance.Start.CopyTo(dance.Steps, 0);
        for (int step = 1; step < count; step++)
        {
            Dance.Hear(style, beat, step, _input.AsSpan(Dance.StepSize));
            dancer.Step(_state, _input, _output);
            Span<float> next = dance.Steps.AsSpan(step * Dance.StepSize, Dance.StepSize);
            _sampler.Next(_output, next);

            // What is decided at the beginning of a bar holds to its end.
            if (!Dance.BeginsBar(style, beat, step))
            {
                _input.AsSpan(Figure.PoseSize, Dance.Decisions).CopyTo(next[Figure.PoseSize..]);
            }

            next.CopyTo(_input);
        }

        return dance;
    }
}
