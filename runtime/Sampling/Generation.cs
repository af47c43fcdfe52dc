using RnnGen.CompilerServices;

namespace RnnGen;

/// <summary>Models that read what they have just written: each output is the next input.</summary>
public static class Generation
{
    /// <summary>
    /// Lets a model of tokens write. It reads a token, draws the next one from the probabilities, reads that, and so on. Allocates
    /// nothing.
    /// </summary>
    /// <typeparam name="TModel">The model.</typeparam>
    /// <typeparam name="TState">Its streams.</typeparam>
    /// <typeparam name="TTape">Its training memory.</typeparam>
    /// <param name="model">The model. Its OutputSize is at most its InputSize, so that it can read every token that it writes.</param>
    /// <param name="state">The stream. It is moved on; the last token that was written has not been read.</param>
    /// <param name="first">The token to read first, in 0 .. InputSize - 1.</param>
    /// <param name="tokens">Takes the tokens; as many are written as there is room, or up to <paramref name="end"/>.</param>
    /// <param name="sampler">Draws them; <see cref="Sampler.Temperature"/> 0 always takes the most likely one. Its size is the model's OutputSize.</param>
    /// <param name="end">The token that ends the text and is not part of it; null for none.</param>
    /// <returns>Number of tokens written, the end not counted.</returns>
    /// <exception cref="ArgumentException">The sizes of model and sampler do not fit; nothing was changed.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="first"/> is not in the vocabulary.</exception>
    public static int Generate<TModel, TState, TTape>(
        this IRnnModel<TModel, TState, TTape, int, int> model, TState state, int first, Span<int> tokens, Sampler sampler, int? end = null)
        where TModel : class, IRnnModel<TModel, TState, TTape, int, int>
        where TState : State
        where TTape : Tape
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(state);
        ArgumentNullException.ThrowIfNull(sampler);
        CheckReadsItsOutput<TModel, TState, TTape>(TModel.OutputSize <= TModel.InputSize);
        Check.Length(sampler.Probabilities.Length, TModel.OutputSize, nameof(sampler));
        Check.Token(first, TModel.InputSize, nameof(first));
        int token = first;
        for (int count = 0; count < tokens.Length; count++)
        {
            model.Forward(state, new ReadOnlySpan<int>(in token), sampler.Probabilities);
            token = sampler.Next(sampler.Probabilities);
            if (token == end)
            {
                return count;
            }

            tokens[count] = token;
        }

        return tokens.Length;
    }

    /// <summary>
    /// Lets a model of numbers go on by itself: it reads a row of numbers, writes the next one, reads that, and so on. Allocates nothing.
    /// </summary>
    /// <typeparam name="TModel">The model.</typeparam>
    /// <typeparam name="TState">Its streams.</typeparam>
    /// <typeparam name="TTape">Its training memory.</typeparam>
    /// <typeparam name="TTarget">What its loss compares with.</typeparam>
    /// <param name="model">The model, with as many outputs as inputs.</param>
    /// <param name="state">The stream. It is moved on; the last row that was written has not been read.</param>
    /// <param name="first">The row to read first, [InputSize].</param>
    /// <param name="rows">Takes [steps x OutputSize]; its length says how many steps.</param>
    /// <exception cref="ArgumentException">
    /// The model has not as many outputs as inputs, a span has the wrong length, or they overlap; nothing was changed.
    /// </exception>
    public static void Generate<TModel, TState, TTape, TTarget>(
        this IRnnModel<TModel, TState, TTape, float, TTarget> model, TState state, ReadOnlySpan<float> first, Span<float> rows)
        where TModel : class, IRnnModel<TModel, TState, TTape, float, TTarget>
        where TState : State
        where TTape : Tape
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(state);
        int size = TModel.OutputSize;
        CheckReadsItsOutput<TModel, TState, TTape>(size == TModel.InputSize);
        Check.Length(first.Length, size, nameof(first));
        Check.Length(rows.Length, rows.Length / size * size, nameof(rows));
        Check.Apart(first, rows);
        ReadOnlySpan<float> row = first;
        for (int start = 0; start < rows.Length; start += size)
        {
            Span<float> next = rows.Slice(start, size);
            model.Forward(state, row, next);
            row = next;
        }
    }

    internal static void CheckReadsItsOutput<TModel, TState, TTape>(bool reads)
        where TModel : class, IRnnModel<TModel, TState, TTape>
        where TState : State
        where TTape : Tape
    {
        if (!reads)
        {
            throw new ArgumentException(
                $"A model that reads what it writes needs inputs that its outputs fit: it has {TModel.InputSize} inputs and {TModel.OutputSize} outputs.", "model");
        }
    }
}
