using System.ComponentModel;

namespace RnnGen.CompilerServices;

/// <summary>
/// A model by the classes of its own memory. A generated class implements it by its public verbs, and with it <see cref="IRnnModel{TInput}"/>, whose states
/// and tapes are checked here, at one place for all models.
/// </summary>
/// <typeparam name="TInput">What goes in: <see cref="int"/> for tokens, <see cref="float"/> for numbers.</typeparam>
/// <typeparam name="TState">The model's class of states.</typeparam>
/// <typeparam name="TTape">The model's class of tapes.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public interface ITypedModel<TInput, TState, TTape> : IRnnModel<TInput>
    where TState : State
    where TTape : Tape
{
    /// <inheritdoc cref="IRnnModel.CreateState"/>
    new TState CreateState();

    /// <inheritdoc cref="IRnnModel.CreateTape"/>
    new TTape CreateTape();

    /// <inheritdoc cref="IRnnModel{TInput}.Forward(State, ReadOnlySpan{TInput}, Span{float})"/>
    void Forward(TState state, ReadOnlySpan<TInput> inputs, Span<float> outputs);

    /// <inheritdoc cref="IRnnModel{TInput}.Forward(State, ReadOnlySpan{TInput}, Tape)"/>
    void Forward(TState state, ReadOnlySpan<TInput> inputs, TTape tape);

    /// <inheritdoc cref="IRnnModel{TInput}.Forward(State, ReadOnlySpan{TInput}, Span{float}, Tape)"/>
    void Forward(TState state, ReadOnlySpan<TInput> inputs, Span<float> outputs, TTape tape);

    /// <inheritdoc cref="IRnnModel.Backward"/>
    void Backward(TTape tape, ReadOnlySpan<float> outputGradients, TState? finalStateGradients);

    State IRnnModel.CreateState() => CreateState();

    Tape IRnnModel.CreateTape() => CreateTape();

    void IRnnModel<TInput>.Forward(State state, ReadOnlySpan<TInput> inputs, Span<float> outputs) =>
        Forward(Check.Own<TState>(state, nameof(state)), inputs, outputs);

    void IRnnModel<TInput>.Forward(State state, ReadOnlySpan<TInput> inputs, Tape tape) =>
        Forward(Check.Own<TState>(state, nameof(state)), inputs, Check.Own<TTape>(tape, nameof(tape)));

    void IRnnModel<TInput>.Forward(State state, ReadOnlySpan<TInput> inputs, Span<float> outputs, Tape tape) =>
        Forward(Check.Own<TState>(state, nameof(state)), inputs, outputs, Check.Own<TTape>(tape, nameof(tape)));

    void IRnnModel.Backward(Tape tape, ReadOnlySpan<float> outputGradients, State? finalStateGradients) =>
        Backward(Check.Own<TTape>(tape, nameof(tape)), outputGradients, Check.OwnOrNone<TState>(finalStateGradients, nameof(finalStateGradients)));
}

/// <summary>The same of a model with a head: <see cref="IRnnModel{TInput, TTarget}"/> by the classes of its own memory.</summary>
/// <typeparam name="TInput">What goes in: <see cref="int"/> for tokens, <see cref="float"/> for numbers.</typeparam>
/// <typeparam name="TTarget">What the loss compares with.</typeparam>
/// <typeparam name="TState">The model's class of states.</typeparam>
/// <typeparam name="TTape">The model's class of tapes.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public interface ITypedModel<TInput, TTarget, TState, TTape> : ITypedModel<TInput, TState, TTape>, IRnnModel<TInput, TTarget>
    where TState : State
    where TTape : Tape
{
    /// <inheritdoc cref="IRnnModel{TInput, TTarget}.Backward(Tape, ReadOnlySpan{TTarget})"/>
    float Backward(TTape tape, ReadOnlySpan<TTarget> targets);

    /// <inheritdoc cref="IRnnModel{TInput, TTarget}.Evaluate(State, ReadOnlySpan{TInput}, ReadOnlySpan{TTarget})"/>
    Score Evaluate(TState state, ReadOnlySpan<TInput> inputs, ReadOnlySpan<TTarget> targets);

    float IRnnModel<TInput, TTarget>.Backward(Tape tape, ReadOnlySpan<TTarget> targets) =>
        Backward(Check.Own<TTape>(tape, nameof(tape)), targets);

    Score IRnnModel<TInput, TTarget>.Evaluate(State state, ReadOnlySpan<TInput> inputs, ReadOnlySpan<TTarget> targets) =>
        Evaluate(Check.Own<TState>(state, nameof(state)), inputs, targets);
}
