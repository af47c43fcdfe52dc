namespace RnnGen;

/// <summary>
/// Trains a model: it owns an optimizer, a tape and a state, and takes no memory after it was created. Every generated model has a
/// nested <c>Trainer</c> that adds <c>Accumulate</c> and <c>Step</c> for its kind of inputs and targets.
/// </summary>
/// <typeparam name="TModel">The model.</typeparam>
/// <typeparam name="TState">Its streams.</typeparam>
/// <typeparam name="TTape">Its training memory.</typeparam>
public abstract class Trainer<TModel, TState, TTape>
    where TModel : class, IRnnModel<TModel, TState, TTape>
    where TState : State
    where TTape : Tape
{
    /// <summary>Takes all memory that training needs.</summary>
    /// <param name="model">The model to train.</param>
    /// <param name="settings">The optimizer's settings.</param>
    protected Trainer(TModel model, OptimizerSettings settings)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(settings);
        Model = model;
        Optimizer = settings.CreateOptimizer(model);
        Tape = model.CreateTape();
        State = model.CreateState();
    }

    /// <summary>The model in training.</summary>
    public TModel Model { get; }

    /// <summary>The optimizer, with its learning rate, its number of updates and the last norm of the gradient.</summary>
    public Optimizer Optimizer { get; }

    /// <summary>The gradients and losses since the last update.</summary>
    public TTape Tape { get; }

    /// <summary>Updates that were left out because the loss or the gradient was not finite.</summary>
    public long SkippedUpdates { get; private set; }

    /// <summary>The state for windows that start at zero.</summary>
    protected TState State { get; }

    /// <summary>
    /// Updates the weights by the mean gradient of everything accumulated since the last update: a mini-batch is several calls of
    /// <c>Accumulate</c> and one of <c>Update</c>.
    /// </summary>
    /// <returns>
    /// The mean loss of what was accumulated; 0 where every target was ignored. NaN if the loss or the gradient was not finite: then the
    /// weights are as they were, and <see cref="SkippedUpdates"/> has grown.
    /// </returns>
    /// <exception cref="InvalidOperationException">Nothing has been accumulated since the last update.</exception>
    public float Update()
    {
        if (!Tape.HasGradients)
        {
            throw new InvalidOperationException("There is nothing to update from; call Accumulate first.");
        }

        float loss = Tape.TargetCount == 0 ? 0 : Tape.Loss;
        if (Optimizer.Update(Tape))
        {
            return loss;
        }

        SkippedUpdates++;
        return float.NaN;
    }
}
