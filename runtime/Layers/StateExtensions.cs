namespace RnnGen;

/// <summary>What can be done with the states of any model.</summary>
public static class StateExtensions
{
    /// <summary>A second stream of the same model that goes on from where this one is, and on its own from there.</summary>
    /// <typeparam name="TState">The model's streams.</typeparam>
    /// <param name="state">The stream. It stays as it is.</param>
    /// <returns>The second stream, with memory of its own.</returns>
    public static TState Fork<TState>(this TState state)
        where TState : State
    {
        ArgumentNullException.ThrowIfNull(state);
        return (TState)state.Copy();
    }
}
