using RnnGen.Checkpoints;
using RnnGen.Training;

namespace RnnGen;

/// <summary>
/// Trains a model: it owns an optimizer and a tape, and allocates nothing after construction. The trainer of a model with a head
/// also has <c>Train</c>, <c>Accumulate</c>, <c>Fit</c> and <c>Evaluate</c>.
/// </summary>
public class Trainer
{
    private ExponentialMovingAverage? _average;

    /// <summary>Creates a trainer and allocates all memory that training needs.</summary>
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

    /// <summary>The optimizer, with its learning rate, number of updates and last gradient norm.</summary>
    public Optimizer Optimizer { get; }

    /// <summary>
    /// A moving average of the weights, which every update updates and every file of the trainer stores; null, the default, for none:
    /// <c>trainer.Average = new ExponentialMovingAverage(trainer.Model)</c>.
    /// </summary>
    /// <exception cref="ArgumentException">The average belongs to another model.</exception>
    public ExponentialMovingAverage? Average
    {
        get => _average;
        set => _average = value is null || value.IsOf(Model.Weights)
            ? value
            : throw new ArgumentException("The average belongs to another model: expected one of the model in training.", nameof(value));
    }

    /// <summary>
    /// Whether training knows of the rounding of narrow weights (<see cref="WeightFormat"/>; quantization-aware training). Forward and backward passes of <c>Train</c>,
    /// <c>Accumulate</c> and <c>Fit</c> then read the weights as steps do, rounded, as floats; their gradients are applied to the weights themselves, which are not rounded
    /// (straight-through estimator, Bengio et al. 2013) and are what files store. Inputs and states are not rounded. <see langword="false"/> by default. It is a
    /// setting, which files do not store. Setting it allocates a copy of the weights.
    /// </summary>
    /// <exception cref="ArgumentException">Set to <see langword="true"/>, and the steps of the model read no narrow weights.</exception>
    public bool QuantizationAware
    {
        get;
        set
        {
            if (value && !Model.Weights.IsNarrow)
            {
                throw new ArgumentException(
                    $"Expected a model with narrow weights, found '{Model.Weights.Model}', whose steps read floats: there is nothing to round. Declare Weights = WeightFormat.Int8, for example.", nameof(value));
            }

            Model.Weights.PrepareRounding(value);
            field = value;
        }
    }

    /// <summary>The gradients and losses since the last update.</summary>
    public virtual Tape Tape { get; }

    /// <summary>Number of updates that were skipped because the loss, the gradient, or a weight or moment after the update was not finite.</summary>
    public long SkippedUpdates { get; private set; }

    /// <summary>The progress of <c>Fit</c>.</summary>
    internal FitProgress Progress { get; private protected set; } = new();

    /// <summary>
    /// Updates the weights by the mean of the gradients accumulated since the last update. A mini-batch is several calls of
    /// <c>Accumulate</c> and one of <c>Update</c>.
    /// </summary>
    /// <returns>
    /// The mean loss of what was accumulated. NaN if the loss, the gradient, or a weight or moment after the update was not finite: then weights and moments
    /// are unchanged, and <see cref="SkippedUpdates"/> has grown by 1. Also NaN, as the mean over no targets, if there were none or all were ignored: then
    /// the update is done, and <see cref="SkippedUpdates"/> is unchanged.
    /// </returns>
    /// <exception cref="InvalidOperationException">Nothing has been accumulated since the last update.</exception>
    public float Update()
    {
        if (!Tape.HasGradients)
        {
            throw new InvalidOperationException("There are no accumulated gradients; call Accumulate first.");
        }

        EndPasses();
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
    /// Writes everything that training needs to continue as if it had not been interrupted: the model with its metadata, the optimizer's
    /// moments, the schedule, the counters, the <see cref="Average"/>, and the progress of <c>Fit</c>: random numbers, position in the data, carried
    /// states, best weights. The model's <c>Load</c> also reads the file. The file is replaced completely or, on an error, not at all. States that
    /// you carry from window to window yourself are not stored.
    /// </summary>
    /// <param name="path">The file.</param>
    /// <exception cref="CheckpointException">The file cannot be written.</exception>
    /// <exception cref="InvalidOperationException">There are accumulated gradients that were not applied by Update.</exception>
    public void Save(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        Content(path).WriteTo(path);
    }

    /// <summary>Writes the same to a stream. On an error, part of the file may have been written.</summary>
    /// <param name="stream">Receives the file, from its position on. It is neither flushed nor closed.</param>
    /// <exception cref="CheckpointException">The stream threw an exception, which is the inner exception.</exception>
    /// <exception cref="InvalidOperationException">There are accumulated gradients that were not applied by Update.</exception>
    public void Save(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        Content(CheckpointException.StreamPath).WriteTo(stream);
    }

    /// <summary>
    /// Continues from where <see cref="Save(string)"/> was called: with the same data and settings, the weights will be, bit for bit, those of a training
    /// that was not interrupted. The optimizer must be that of the file, and have momentum if that had it. Its other settings are those of this trainer,
    /// except the learning rate, which is that of the file. An <see cref="Average"/> in the file continues with the decay of this trainer's average or, if there
    /// is none, with that of the file. Weights that are not finite are resumed as they are. On an error, nothing is changed.
    /// </summary>
    /// <param name="path">The file.</param>
    /// <exception cref="CheckpointException">
    /// The file cannot be read, belongs to another model or optimizer, contains no training, or lacks the average that this trainer has.
    /// </exception>
    public void Resume(string path) => Resume(SafetensorsFile.Read(path));

    /// <inheritdoc cref="Resume(string)"/>
    /// <param name="stream">Contains the file, from its position to its end. It is not closed.</param>
    public void Resume(Stream stream) => Resume(SafetensorsFile.Read(stream));

    /// <inheritdoc cref="Resume(string)"/>
    /// <param name="file">The content of the file.</param>
    public void Resume(ReadOnlySpan<byte> file) => Resume(SafetensorsFile.Read(file));

    /// <summary>Before a forward pass that is recorded.</summary>
    private protected void BeginPasses()
    {
        if (QuantizationAware)
        {
            Model.Weights.BeginRounded();
        }
    }

    /// <summary>After the backward pass.</summary>
    private protected void EndPasses()
    {
        if (QuantizationAware)
        {
            Model.Weights.EndRounded();
        }
    }

    internal void Resume(SafetensorsFile file)
    {
        EndPasses();
        (SkippedUpdates, Progress, _average) = TrainingFile.Resume(file, Model.Weights, Optimizer, Tape, Model.CreateState, _average);
        Optimizer.MomentsChanged();
        Tape.Clear();
    }

    private SafetensorsContent Content(string path)
    {
        if (Tape.HasGradients)
        {
            throw new InvalidOperationException("There are accumulated gradients, which a file does not store; call Update first.");
        }

        EndPasses();
        return TrainingFile.ContentOf(path, Model.Weights, Optimizer, Tape, SkippedUpdates, Progress, _average);
    }
}
