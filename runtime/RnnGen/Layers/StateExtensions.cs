namespace RnnGen;

/// <summary>Methods of the states of all models.</summary>
public static class StateExtensions
{
    /// <summary>Creates a second stream of the same model that continues, independently, from the current state.</summary>
    /// <typeparam name="TState">The class of the model's states.</typeparam>
    /// <param name="state">The stream. It is unchanged.</param>
    /// <returns>The second stream, with its own memory.</returns>
    public static TState Fork<TState>(this TState state)
        where TState : State
    {
        ArgumentNullException.ThrowIfNull(state);
        return (TState)state.Copy();
    }
}
