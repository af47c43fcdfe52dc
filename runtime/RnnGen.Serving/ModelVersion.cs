namespace RnnGen.Serving;

/// <summary>The weights that some streams are served with, and what a step needs beside the row of its stream.</summary>
internal sealed class ModelVersion<TInput>
{
    private readonly State[] _states;
    private readonly Batch[] _batches;

    /// <param name="model">The model, which is copied: it may be trained on.</param>
    /// <param name="number">Its number.</param>
    /// <param name="shards">Number of shards, each of which takes one step, or one batch of steps, at a time.</param>
    /// <param name="hasLanes">Whether steps are taken together.</param>
    /// <exception cref="ArgumentException">A weight is not finite.</exception>
    public ModelVersion(IRnnStreamingModel<TInput> model, int number, int shards, bool hasLanes)
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

        _batches = new Batch[hasLanes ? shards : 0];
        if (hasLanes)
        {
            var lanes = (IRnnStreamingBatchModel<TInput>)Model;
            for (int shard = 0; shard < shards; shard++)
            {
                _batches[shard] = lanes.CreateBatch(lanes.BatchSize);
                lanes.Step(_batches[shard], new TInput[lanes.BatchSize * Model.GetInputLength(1)], new float[lanes.BatchSize * Model.OutputSize]);
            }
        }
    }

    public IRnnStreamingModel<TInput> Model { get; }

    public int Number { get; }

    /// <summary>Whether a state is of the model's class of states.</summary>
    public bool IsOwn(State state) => state.GetType() == _states[0].GetType();

    /// <summary>The state that all streams of a shard take their steps in.</summary>
    public State StateOf(int shard) => _states[shard];

    /// <summary>The batch that streams of a shard take their steps in together; null if they do not.</summary>
    public Batch? BatchOf(int shard) => _batches.Length > 0 ? _batches[shard] : null;
}
