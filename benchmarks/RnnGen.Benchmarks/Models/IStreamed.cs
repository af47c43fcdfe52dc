namespace RnnGen.Benchmarks;

/// <summary>A loop of steps as a user would write it: each model's own code, because a call through an interface takes as long as a step of the smallest models.</summary>
internal interface IStreamed<TState>
    where TState : State
{
    void Stream(Tour<TState> tour, int steps);

    /// <summary>The model's own method.</summary>
    TState[] CreateStates(int count);

    /// <summary>A step of each of many streams: the model's own method, with the states of its own class.</summary>
    void Step(ReadOnlySpan<TState> states, ReadOnlySpan<float> inputs, Span<float> outputs);
}
