using System.ComponentModel;
using RnnGen.CompilerServices;

namespace RnnGen;

/// <summary>
/// What every generated model has, whatever it reads and whatever comes out. Code that works with any model takes one of these interfaces, and needs
/// neither reflection nor type parameters:
/// <list type="table">
/// <listheader><term>interface</term><description>models</description></listheader>
/// <item><term><see cref="IRnnModel"/></term><description>all: sizes, layers, files, memory, the way back from gradients</description></item>
/// <item><term><see cref="IRnnModel{TInput}"/></term><description>all, by what they read: <see cref="float"/> for numbers, <see cref="int"/> for tokens</description></item>
/// <item><term><see cref="IRnnStreamingModel{TInput}"/></term><description>those that go step by step: all but the ones that need whole windows</description></item>
/// <item><term><see cref="IRnnModel{TInput, TTarget}"/></term><description>those with a head: targets, loss, score</description></item>
/// <item><term><see cref="IRnnBatchModel{TInput}"/></term><description>those with batches; together with the two above, <see cref="IRnnStreamingBatchModel{TInput}"/> and
/// <see cref="IRnnBatchModel{TInput, TTarget}"/></description></item>
/// <item><term><see cref="IRnnModelFactory{TSelf}"/></term><description>all, as classes: a type parameter that can be created and loaded</description></item>
/// </list>
/// States, tapes and batches go by their base classes here; each must be one that the model's class has created. The outputs of several heads stand one
/// behind the other.
/// </summary>
public interface IRnnModel
{
    /// <summary>Number of inputs per step, or the size of the vocabulary.</summary>
    int InputSize { get; }

    /// <summary>Number of outputs per step, of all heads together.</summary>
    int OutputSize { get; }

    /// <summary>The longest window, in steps.</summary>
    int SequenceLength { get; }

    /// <summary>Number of trained parameters.</summary>
    long ParameterCount { get; }

    /// <summary>The layers in the order in which data flows through them.</summary>
    IReadOnlyList<Layer> Layers { get; }

    /// <summary>The weights, packed as the kernels need them.</summary>
    ReadOnlySpan<float> Parameters { get; }

    /// <summary>
    /// Texts that travel in the checkpoint: labels, an alphabet, thresholds. Keys that begin with <c>rnngen.</c> are the library's own and
    /// are not kept.
    /// </summary>
    IDictionary<string, string> Metadata { get; }

    /// <summary>The weights with their layout, for optimizers.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    ModelWeights Weights { get; }

    /// <summary>Length of the inputs of a window: one token per step, or <see cref="InputSize"/> numbers.</summary>
    /// <param name="steps">Steps of the window.</param>
    /// <returns>The length.</returns>
    int GetInputLength(int steps);

    /// <summary>Length of the outputs of a window: <see cref="OutputSize"/> numbers per step, or once where only the last step has outputs.</summary>
    /// <param name="steps">Steps of the window.</param>
    /// <returns>The length.</returns>
    int GetOutputLength(int steps);

    /// <summary>The memory of one stream, all zero or as the layers have learned to start.</summary>
    /// <returns>The state.</returns>
    State CreateState();

    /// <summary>The training memory of one worker.</summary>
    /// <returns>The tape.</returns>
    Tape CreateTape();

    /// <summary>A copy with weights and metadata of its own: what <see cref="ModelExtensions.Clone"/> gives under the model's type.</summary>
    /// <returns>The copy, of the same class.</returns>
    [EditorBrowsable(EditorBrowsableState.Never)]
    IRnnModel Copy();

    /// <summary>Compiles the verbs beforehand, so that the first call takes no longer than the others. Model and states stay as they are.</summary>
    void Warmup();

    /// <summary>
    /// The backward pass through time for a loss of your own, given by its gradients. They are added to the tape's sums, but count no targets: as long as
    /// nothing else is added, an update does not divide them. Allocates nothing.
    /// </summary>
    /// <param name="tape">The recording.</param>
    /// <param name="outputGradients">The gradients of the outputs, as long as these; an empty span stands for zeros.</param>
    /// <param name="finalStateGradients">The gradients of the states after the window; null stands for zero.</param>
    /// <exception cref="ArgumentException">The gradients have the wrong length, or tape or state are another model's; nothing was changed.</exception>
    /// <exception cref="InvalidOperationException">The tape holds no window, or the weights have changed since.</exception>
    void Backward(Tape tape, ReadOnlySpan<float> outputGradients, State? finalStateGradients);

    /// <summary>Writes all parameters and the metadata to a safetensors file. The file is complete or, on an error, as it was before.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="CheckpointException">The file cannot be written.</exception>
    void Save(string path);

    /// <summary>Writes all parameters and the metadata to a stream, as a safetensors file. On an error, a part of it may have been written.</summary>
    /// <param name="stream">Written to from its position on. It is neither flushed nor closed.</param>
    /// <exception cref="CheckpointException">The stream threw an exception, which is the inner one.</exception>
    void Save(Stream stream);

    /// <summary>
    /// Replaces all parameters and the metadata by those of a safetensors file. On an error the model stays as it was. It is not for a model
    /// that other threads stream from: a step that runs meanwhile would read weights of both files. Load another model instead, and let the next
    /// steps be that one's: a state goes on with any model of its class.
    /// </summary>
    /// <param name="path">The file.</param>
    /// <exception cref="CheckpointException">The file cannot be read, or its tensors are not exactly the model's.</exception>
    void LoadWeights(string path);

    /// <inheritdoc cref="LoadWeights(string)"/>
    /// <param name="stream">Holds the file from its position to its end. It is not closed.</param>
    void LoadWeights(Stream stream);

    /// <inheritdoc cref="LoadWeights(string)"/>
    /// <param name="file">The content of the file.</param>
    void LoadWeights(ReadOnlySpan<byte> file);
}

/// <summary>A model by what it reads: whole windows, with and without a recording.</summary>
/// <typeparam name="TInput">What goes in: <see cref="int"/> for tokens, <see cref="float"/> for numbers.</typeparam>
public interface IRnnModel<TInput> : IRnnModel
{
    /// <summary>A window in one call. The state goes on from where it is. Allocates nothing.</summary>
    /// <param name="state">The stream.</param>
    /// <param name="inputs">The window, 1 to <see cref="IRnnModel.SequenceLength"/> steps: [steps x InputSize], or one token per step.</param>
    /// <param name="outputs">Takes the outputs, <see cref="IRnnModel.GetOutputLength"/> of them; those of several heads one behind the other.</param>
    /// <exception cref="ArgumentException">A span has the wrong length, they overlap, or the state is another model's; nothing was changed.</exception>
    void Forward(State state, ReadOnlySpan<TInput> inputs, Span<float> outputs);

    /// <summary>A window that is recorded for Backward. The state goes on from where it is. Allocates nothing.</summary>
    /// <param name="state">The stream.</param>
    /// <param name="inputs">The window.</param>
    /// <param name="tape">Takes the recording; it replaces the one before.</param>
    /// <exception cref="ArgumentException">The inputs have the wrong length, or state or tape are another model's; nothing was changed.</exception>
    void Forward(State state, ReadOnlySpan<TInput> inputs, Tape tape);

    /// <summary>A window that is recorded for Backward, with its outputs. Allocates nothing.</summary>
    /// <param name="state">The stream.</param>
    /// <param name="inputs">The window.</param>
    /// <param name="outputs">Takes the outputs; those of several heads one behind the other.</param>
    /// <param name="tape">Takes the recording; it replaces the one before.</param>
    /// <exception cref="ArgumentException">A span has the wrong length, they overlap, or state or tape are another model's; nothing was changed.</exception>
    void Forward(State state, ReadOnlySpan<TInput> inputs, Span<float> outputs, Tape tape);
}

/// <summary>A model with a head: it has targets, a loss and a score.</summary>
/// <typeparam name="TInput">What goes in: <see cref="int"/> for tokens, <see cref="float"/> for numbers.</typeparam>
/// <typeparam name="TTarget">
/// What the loss compares with: <see cref="int"/> for classes, <see cref="float"/> for numbers; with several heads the model's nested
/// <c>WindowTargets</c>, one for a whole window.
/// </typeparam>
public interface IRnnModel<TInput, TTarget> : IRnnModel<TInput>
{
    /// <summary>Length of the targets of a window.</summary>
    /// <param name="steps">Steps of the window.</param>
    /// <returns>The length.</returns>
    int GetTargetLength(int steps);

    /// <summary>
    /// The loss of the recorded window, or of the windows of the recorded batch, and the backward pass through time. Gradients, loss and number of targets
    /// are added to the tape's sums: the gradients are those of the sum of the losses, which an update divides by the targets. Allocates nothing.
    /// </summary>
    /// <param name="tape">The recording.</param>
    /// <param name="targets">The targets of the window; of a batch lane by lane.</param>
    /// <returns>The mean loss; NaN where every target is ignored.</returns>
    /// <exception cref="ArgumentException">The targets have the wrong length or range, or the tape is another model's; nothing was changed.</exception>
    /// <exception cref="InvalidOperationException">The tape holds no window, or the weights have changed since.</exception>
    float Backward(Tape tape, ReadOnlySpan<TTarget> targets);

    /// <summary>Loss and hits of a window, without a tape. The state goes on from where it is. Allocates nothing.</summary>
    /// <param name="state">The stream.</param>
    /// <param name="inputs">The window.</param>
    /// <param name="targets">Its targets.</param>
    /// <returns>
    /// The score. A window of several heads counts as one target, with the weighted sum of their mean losses and the hits of all; as none if all its
    /// targets are ignored.
    /// </returns>
    /// <exception cref="ArgumentException">A span has the wrong length or range, or the state is another model's; nothing was changed.</exception>
    Score Evaluate(State state, ReadOnlySpan<TInput> inputs, ReadOnlySpan<TTarget> targets);

    /// <summary>Checks a window before anything is changed.</summary>
    /// <param name="inputs">The window.</param>
    /// <param name="targets">Its targets.</param>
    /// <exception cref="ArgumentException">A span has the wrong length or range.</exception>
    [EditorBrowsable(EditorBrowsableState.Never)]
    void CheckWindow(ReadOnlySpan<TInput> inputs, ReadOnlySpan<TTarget> targets);
}
