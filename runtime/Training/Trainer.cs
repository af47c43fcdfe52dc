using RnnGen.Checkpoints;
using RnnGen.Training;

namespace RnnGen;

/// <summary>
/// Trains a model: it owns an optimizer and a tape, and takes no memory after it was created. A model with a head has a trainer
/// that adds <c>Train</c>, <c>Accumulate</c>, <c>Fit</c> and <c>Evaluate</c>.
/// </summary>
public class Trainer
{
    private ExponentialMovingAverage? _average;

    /// <summary>Takes all memory that training needs.</summary>
    /// <param name="model">The model to train.</param>
    /// <param name="settings">The optimizer's settings.</param>
    public Trainer(IRnnModel model, OptimizerSettings settings)
        : this(model, settings, (model ?? throw new ArgumentNullException(nameof(model))).CreateTape())
    {
    }

    private protected Trainer(IRnnModel model, OptimizerSettings settings, Tape tape)
    {
        ArgumentNullException.ThrowIfNull(settings);
        Model = model;
        Optimizer = settings.CreateOptimizer(model);
        Tape = tape;
    }

    /// <summary>The model in training.</summary>
    public virtual IRnnModel Model { get; }

    /// <summary>The optimizer, with its learning rate, its number of updates and the last norm of the gradient.</summary>
    public Optimizer Optimizer { get; }

    /// <summary>
    /// A moving average of the weights, which every update takes in and every file of the trainer keeps; null, the default, for none:
    /// <c>trainer.Average = new ExponentialMovingAverage(trainer.Model)</c>.
    /// </summary>
    /// <exception cref="ArgumentException">It is another model's.</exception>
    public ExponentialMovingAverage? Average
    {
        get => _average;
        set => _average = value is null || value.IsOf(Model.Weights)
            ? value
            : throw new ArgumentException("The average is one of another model's weights: expected that of the model in training.", nameof(value));
    }

    /// <summary>The gradients and losses since the last update.</summary>
    public virtual Tape Tape { get; }

    /// <summary>Updates that were left out because the loss, the gradient, or a weight or moment after the update was not finite.</summary>
    public long SkippedUpdates { get; private set; }

    /// <summary>Where <c>Fit</c> is.</summary>
    internal FitProgress Progress { get; private protected set; } = new();

    /// <summary>
    /// Updates the weights by the mean gradient of everything accumulated since the last update: a mini-batch is several calls of
    /// <c>Accumulate</c> and one of <c>Update</c>.
    /// </summary>
    /// <returns>
    /// The mean loss of what was accumulated. NaN if the loss, the gradient, or a weight or moment after the update was not finite: then weights and moments
    /// are as they were, and <see cref="SkippedUpdates"/> has grown. NaN, too, as the mean over nothing is, where there was no target or all were ignored: then
    /// the update is done, and <see cref="SkippedUpdates"/> stays as it was.
    /// </returns>
    /// <exception cref="InvalidOperationException">Nothing has been accumulated since the last update.</exception>
    public float Update()
    {
        if (!Tape.HasGradients)
        {
            throw new InvalidOperationException("There is nothing to update from; call Accumulate first.");
        }

        float loss = Tape.Loss;
        if (Optimizer.Update(Tape))
        {
            _average?.Update();
            return loss;
        }

        SkippedUpdates++;
        return float.NaN;
    }

    /// <summary>
    /// Writes everything that training needs to go on as if it had not been interrupted: the model with its metadata, the optimizer's
    /// moments, the schedule, the counters, the <see cref="Average"/>, and where <c>Fit</c> is: random numbers, position in the data, carried
    /// states, best weights. The model's <c>Load</c> reads the file, too. The file is complete or, on an error, as it was before. States of
    /// your own that you carry from window to window are not in it.
    /// </summary>
    /// <param name="path">The file.</param>
    /// <exception cref="CheckpointException">The file cannot be written.</exception>
    /// <exception cref="InvalidOperationException">Gradients are accumulated that no update has used yet.</exception>
    public void Save(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        Content(path).WriteTo(path);
    }

    /// <summary>Writes the same to a stream. On an error, a part of it may have been written.</summary>
    /// <param name="stream">Written to from its position on. It is neither flushed nor closed.</param>
    /// <exception cref="CheckpointException">The stream threw an exception, which is the inner one.</exception>
    /// <exception cref="InvalidOperationException">Gradients are accumulated that no update has used yet.</exception>
    public void Save(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        Content(CheckpointException.StreamPath).WriteTo(stream);
    }

    /// <summary>
    /// Goes on where <see cref="Save(string)"/> was called: with the same data and settings the weights will be, bit for bit, those of a training
    /// that was not interrupted. The optimizer must be the one of the file, and with momentum if that had it; its other settings are those
    /// that this trainer was created with, but for the learning rate, which is the file's. An <see cref="Average"/> in the file goes on with
    /// the decay of this trainer's, or of the file if this has none. On an error everything stays as it was.
    /// </summary>
    /// <param name="path">The file.</param>
    /// <exception cref="CheckpointException">
    /// The file cannot be read, is another model's or optimizer's, holds no training, or lacks the average that this trainer keeps.
    /// </exception>
    public void Resume(string path) => Resume(SafetensorsFile.Read(path));

    /// <inheritdoc cref="Resume(string)"/>
    /// <param name="stream">Holds the file from its position to its end. It is not closed.</param>
    public void Resume(Stream stream) => Resume(SafetensorsFile.Read(stream));

    /// <inheritdoc cref="Resume(string)"/>
    /// <param name="file">The content of the file.</param>
    public void Resume(ReadOnlySpan<byte> file) => Resume(SafetensorsFile.Read(file));

    internal void Resume(SafetensorsFile file)
    {
        (SkippedUpdates, Progress, _average) = TrainingFile.Resume(file, Model.Weights, Optimizer, Tape, Model.CreateState, _average);
        Optimizer.MomentsChanged();
        Tape.Clear();
    }

    private SafetensorsContent Content(string path)
    {
        if (Tape.HasGradients)
        {
            throw new InvalidOperationException("There are gradients that no update has used yet, and a file does not keep them; call Update first.");
        }

        return TrainingFile.ContentOf(path, Model.Weights, Optimizer, Tape, SkippedUpdates, Progress, _average);
    }
}
