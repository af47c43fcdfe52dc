namespace RnnGen.Serving;

/// <summary>The weights that some streams are served with, and what a step needs beside the row of its stream.</summary>
internal sealed class ModelVersion<TInput>
{
    private readonly State[] _states;

    /// <param name="model">The model, which is copied: it may be trained on.</param>
    /// <param name="number">Its number.</param>
    /// <param name="shards">Number of shards, each of which takes one step at a time.</param>
    /// <exception cref="ArgumentException">A weight is not finite.</exception>
    public ModelVersion(IRnnStreamingModel<TInput> model, int number, int shards)
    {
        Model = model.Clone();
        Number = number;
        if (!Model.Weights.AreBounded)
        {
            throw new ArgumentException($"The weights of the model are not finite, or not of a size that can be computed with.", nameof(model));
        }

        Model.Warmup();
        _states = new State[shards];
        for (int shard = 0; shard < shards; shard++)
        {
            _states[shard] = Model.CreateState();
        }
    }

    public IRnnStreamingModel<TInput> Model { get; }

    public int Number { get; }

    /// <summary>Whether a state is of the model's class of states.</summary>
    public bool IsOwn(State state) => state.GetType() == _states[0].GetType();

    /// <summary>The state that all streams of a shard take their steps in.</summary>
    public State StateOf(int shard) => _states[shard];
}
