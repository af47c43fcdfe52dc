using System.ComponentModel;
using RnnGen.CompilerServices;

namespace RnnGen;

/// <summary>
/// The members that all generated models have. Code that works with any model takes one of these interfaces; it needs no reflection.
/// <list type="table">
/// <listheader><term>interface</term><description>models</description></listheader>
/// <item><term><see cref="IRnnModel"/></term><description>all: sizes, layers, files, states and tapes, <c>Backward</c> from gradients</description></item>
/// <item><term><see cref="IRnnModel{TInput}"/></term><description>all, by their inputs: <see cref="float"/> for numbers, <see cref="int"/> for tokens</description></item>
/// <item><term><see cref="IRnnStreamingModel{TInput}"/></term><description>models that can be streamed step by step: all but those that need whole windows</description></item>
/// <item><term><see cref="IRnnModel{TInput, TTarget}"/></term><description>models with a head: targets, loss, score</description></item>
/// <item><term><see cref="IRnnBatchModel{TInput}"/></term><description>models with batches; combined with the two above, <see cref="IRnnStreamingBatchModel{TInput}"/> and
/// <see cref="IRnnBatchModel{TInput, TTarget}"/></description></item>
/// <item><term><see cref="IRnnModelFactory{TSelf}"/></term><description>all, as classes: a type parameter that can be created and loaded</description></item>
/// </list>
/// States, tapes and batches are passed as their base classes; each must have been created by a model of the same class. The outputs of several heads are
/// concatenated.
/// </summary>
public interface IRnnModel
{
    /// <summary>Number of inputs per step, or the size of the vocabulary for a model that reads tokens.</summary>
    int InputSize { get; }

    /// <summary>Number of outputs per step, of all heads together.</summary>
    int OutputSize { get; }

    /// <summary>The longest window of Forward and Backward, in steps.</summary>
    int SequenceLength { get; }

    /// <summary>Number of trained parameters.</summary>
    long ParameterCount { get; }

    /// <summary>The layers in the order in which data flows through them.</summary>
    IReadOnlyList<Layer> Layers { get; }

    /// <summary>The weights as the kernels read them, packed and padded; <see cref="Layers"/> has them tensor by tensor.</summary>
    ReadOnlySpan<float> Parameters { get; }

    /// <summary>
    /// Strings that are stored in checkpoints, such as labels, an alphabet or thresholds. Keys that begin with <c>rnngen.</c> are
    /// reserved and are not stored.
    /// </summary>
    IDictionary<string, string> Metadata { get; }

    /// <summary>The weights with their layout, for optimizers.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    ModelWeights Weights { get; }

    /// <summary>The length of the inputs of a window: one token per step, or <see cref="InputSize"/> numbers per step.</summary>
    /// <param name="steps">Number of steps.</param>
    /// <returns>The length.</returns>
    int GetInputLength(int steps);

    /// <summary>The length of the outputs of a window: <see cref="OutputSize"/> numbers per step or, if only the last step has outputs, per window.</summary>
    /// <param name="steps">Number of steps.</param>
    /// <returns>The length.</returns>
    int GetOutputLength(int steps);

    /// <summary>Creates the state of one stream, initially zero or, where the layers learn it, the initial state.</summary>
    /// <returns>The state.</returns>
    State CreateState();

    /// <summary>Creates the training memory of one worker.</summary>
    /// <returns>The tape.</returns>
    Tape CreateTape();

    /// <summary>Creates a copy with its own weights and metadata; <see cref="ModelExtensions.Clone"/> returns it with the model's type.</summary>
    /// <returns>The copy, of the same class.</returns>
    [EditorBrowsable(EditorBrowsableState.Never)]
    IRnnModel Copy();

    /// <summary>Compiles the verbs in advance, so that the first call takes no longer than later ones. Changes neither the model nor any state.</summary>
    void Warmup();

    /// <summary>
    /// Back-propagates the gradients of your own loss through time. Gradients are added to the tape's sums and count as no targets: unless targets are added
    /// as well, an update does not divide them. Allocates nothing.
    /// </summary>
    /// <param name="tape">The recording.</param>
    /// <param name="outputGradients">The gradients of the outputs, in the same order and of the same length as the outputs; empty for zeros.</param>
    /// <param name="finalStateGradients">The gradients of the states after the window; null for zeros.</param>
    /// <exception cref="ArgumentException">The gradients have the wrong length, or the tape or the state belongs to another model; nothing was changed.</exception>
    /// <exception cref="InvalidOperationException">The tape holds no window, or the weights have changed since.</exception>
    void Backward(Tape tape, ReadOnlySpan<float> outputGradients, State? finalStateGradients);

    /// <summary>Writes all weights and the metadata to a safetensors file. The file is replaced completely or, on an error, not at all.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="CheckpointException">The file cannot be written.</exception>
    void Save(string path);

    /// <summary>Writes all weights and the metadata to a stream, as a safetensors file. On an error, part of the file may have been written.</summary>
    /// <param name="stream">Receives the file, from its position on. It is neither flushed nor closed.</param>
    /// <exception cref="CheckpointException">The stream threw an exception, which is the inner exception.</exception>
    void Save(Stream stream);

    /// <summary>
    /// Replaces all weights and the metadata by those of a safetensors file. On an error, the model is unchanged. Do not call this
    /// while streams are running, which would see a mix of old and new weights: load a second model and continue with the same states.
    /// <see cref="ModelFiles.LoadWeights(IRnnModel, string, LoadOptions)"/> takes files of other programs.
    /// </summary>
    /// <param name="path">The file.</param>
    /// <exception cref="CheckpointException">The file cannot be read, its tensors do not match the model's exactly, or a weight is NaN or infinite.</exception>
    void LoadWeights(string path);

    /// <inheritdoc cref="LoadWeights(string)"/>
    /// <param name="stream">Contains the file, from its position to its end. It is not closed.</param>
    void LoadWeights(Stream stream);

    /// <inheritdoc cref="LoadWeights(string)"/>
    /// <param name="file">The content of the file.</param>
    void LoadWeights(ReadOnlySpan<byte> file);
}

/// <summary>A model by the type of its inputs. It runs windows, with and without a recording.</summary>
/// <typeparam name="TInput">The element type of the inputs: <see cref="int"/> for tokens, <see cref="float"/> for numbers.</typeparam>
public interface IRnnModel<TInput> : IRnnModel
{
    /// <summary>Runs a window. Continues from the current state; reset it to start a new sequence. Allocates nothing.</summary>
    /// <param name="state">The stream.</param>
    /// <param name="inputs">The window, 1 to <see cref="IRnnModel.SequenceLength"/> steps: [steps x InputSize], or one token per step.</param>
    /// <param name="outputs">Receives the outputs, <see cref="IRnnModel.GetOutputLength"/> numbers; with several heads, those of the first head, then those of the next.</param>
    /// <exception cref="ArgumentException">A span has the wrong length or an invalid token, spans overlap, or the state belongs to another model; nothing was changed.</exception>
    void Forward(State state, ReadOnlySpan<TInput> inputs, Span<float> outputs);

    /// <summary>Records a window. Continues from the current state; reset it to start a new sequence. Allocates nothing.</summary>
    /// <param name="state">The stream.</param>
    /// <param name="inputs">The window, 1 to <see cref="IRnnModel.SequenceLength"/> steps: [steps x InputSize], or one token per step.</param>
    /// <param name="tape">Receives the recording for Backward, in place of an earlier one.</param>
    /// <exception cref="ArgumentException">The inputs have the wrong length or an invalid token, or the state or the tape belongs to another model; nothing was changed.</exception>
    void Forward(State state, ReadOnlySpan<TInput> inputs, Tape tape);

    /// <summary>Records a window, and writes the outputs. Continues from the current state; reset it to start a new sequence. Allocates nothing.</summary>
    /// <param name="state">The stream.</param>
    /// <param name="inputs">The window, 1 to <see cref="IRnnModel.SequenceLength"/> steps: [steps x InputSize], or one token per step.</param>
    /// <param name="outputs">Receives the outputs, as without a tape.</param>
    /// <param name="tape">Receives the recording for Backward, in place of an earlier one.</param>
    /// <exception cref="ArgumentException">A span has the wrong length or an invalid token, spans overlap, or the state or the tape belongs to another model; nothing was changed.</exception>
    void Forward(State state, ReadOnlySpan<TInput> inputs, Span<float> outputs, Tape tape);

    /// <summary>
    /// Runs a window, and writes the values before softmax and logistic functions. Continues from the current state; reset it to start a new sequence. Allocates
    /// nothing. <see cref="PredictExtensions.PredictLogits"/> returns those of one head as an array.
    /// </summary>
    /// <param name="state">The stream.</param>
    /// <param name="inputs">The window, 1 to <see cref="IRnnModel.SequenceLength"/> steps: [steps x InputSize], or one token per step.</param>
    /// <param name="logits">
    /// Receives <see cref="IRnnModel.GetOutputLength"/> numbers, in the order of the outputs: the logits of a <see cref="SoftmaxAttribute"/>, <see cref="SigmoidAttribute"/>
    /// or <see cref="CtcAttribute"/>, the outputs of any other head.
    /// </param>
    /// <exception cref="ArgumentException">A span has the wrong length or an invalid token, spans overlap, or the state belongs to another model; nothing was changed.</exception>
    void ForwardLogits(State state, ReadOnlySpan<TInput> inputs, Span<float> logits) => Forward(state, inputs, logits);

    int IRnnModel.GetInputLength(int steps) => typeof(TInput) == typeof(int) ? steps : steps * InputSize;
}

/// <summary>A model with a head: it has targets, a loss and a score.</summary>
/// <typeparam name="TInput">The element type of the inputs: <see cref="int"/> for tokens, <see cref="float"/> for numbers.</typeparam>
/// <typeparam name="TTarget">
/// The element type of the targets: <see cref="int"/> for classes and labels, <see cref="float"/> for numbers; with several heads, the model's nested
/// <c>WindowTargets</c>, one value per window.
/// </typeparam>
public interface IRnnModel<TInput, TTarget> : IRnnModel<TInput>
{
    /// <summary>The length of the targets of a window; with a <see cref="CtcAttribute"/>, of those in a batch.</summary>
    /// <param name="steps">Number of steps.</param>
    /// <returns>The length.</returns>
    int GetTargetLength(int steps);

    /// <summary>Copies the targets of a window to their place among those of a batch.</summary>
    /// <param name="targets">The targets, which are checked.</param>
    /// <param name="places">Their place, of the length that <see cref="GetTargetLength"/> gives.</param>
    [EditorBrowsable(EditorBrowsableState.Never)]
    void CopyTargets(ReadOnlySpan<TTarget> targets, Span<TTarget> places) => targets.CopyTo(places);

    /// <summary>
    /// Computes the loss of the recorded window or batch, and back-propagates it through time. Gradients, loss and number of targets are added to the tape's
    /// sums; the gradients are those of the sum of the losses, which an update divides by the number of targets. Allocates nothing.
    /// </summary>
    /// <param name="tape">The recording.</param>
    /// <param name="targets">The targets of the window, or of the batch, lane by lane.</param>
    /// <returns>The mean loss; NaN if all targets are ignored.</returns>
    /// <exception cref="ArgumentException">The targets have the wrong length or an invalid value, or the tape belongs to another model; nothing was changed.</exception>
    /// <exception cref="InvalidOperationException">The tape holds no window, or the weights have changed since.</exception>
    float Backward(Tape tape, ReadOnlySpan<TTarget> targets);

    /// <summary>Loss and hits of a window. Continues from the current state; reset it to start a new sequence. Needs no tape and allocates nothing.</summary>
    /// <param name="state">The stream.</param>
    /// <param name="inputs">The window, 1 to <see cref="IRnnModel.SequenceLength"/> steps: [steps x InputSize], or one token per step.</param>
    /// <param name="targets">The targets.</param>
    /// <returns>
    /// The score; scores of several windows can be added. With several heads, a window counts as one target, whose loss is the weighted sum of the heads' mean
    /// losses, and hits are those of all heads; if all of its targets are ignored, it counts as none.
    /// </returns>
    /// <exception cref="ArgumentException">A span has the wrong length or an invalid value, or the state belongs to another model; nothing was changed.</exception>
    Score Evaluate(State state, ReadOnlySpan<TInput> inputs, ReadOnlySpan<TTarget> targets);

    /// <summary>The score of each head, as <see cref="Evaluate"/> has them together. <see cref="ModelExtensions.EvaluateHeads"/> does it for data.</summary>
    /// <param name="state">The stream.</param>
    /// <param name="inputs">The window, 1 to <see cref="IRnnModel.SequenceLength"/> steps: [steps x InputSize], or one token per step.</param>
    /// <param name="targets">The targets.</param>
    /// <param name="scores">Receives a score for each head, in the order of <see cref="IRnnModel.Layers"/>, without its weight.</param>
    /// <exception cref="ArgumentException">A span has the wrong length or an invalid value, or the state belongs to another model; nothing was changed.</exception>
    [EditorBrowsable(EditorBrowsableState.Never)]
    void EvaluateHeads(State state, ReadOnlySpan<TInput> inputs, ReadOnlySpan<TTarget> targets, Span<Score> scores) => scores[0] = Evaluate(state, inputs, targets);

    /// <summary>Checks the inputs and targets of a window, and changes nothing.</summary>
    /// <param name="inputs">The window, 1 to <see cref="IRnnModel.SequenceLength"/> steps: [steps x InputSize], or one token per step.</param>
    /// <param name="targets">The targets.</param>
    /// <exception cref="ArgumentException">A span has the wrong length or an invalid value.</exception>
    [EditorBrowsable(EditorBrowsableState.Never)]
    void CheckWindow(ReadOnlySpan<TInput> inputs, ReadOnlySpan<TTarget> targets);
}
