using RnnGen.CompilerServices;

namespace RnnGen;

/// <summary>Generation: each output of a model is its next input.</summary>
public static class Generation
{
    /// <summary>
    /// Generates tokens: reads a token, draws the next one from the probabilities, reads that, and so on. Allocates
    /// nothing.
    /// </summary>
    /// <typeparam name="TModel">A model that reads tokens, has a softmax, and can be streamed.</typeparam>
    /// <param name="model">The model. Its OutputSize is at most its InputSize, so that it can read every token that it writes.</param>
    /// <param name="state">The stream. It is advanced; the last token that was written has not been read.</param>
    /// <param name="first">The token to read first, in 0 .. InputSize - 1.</param>
    /// <param name="tokens">Receives the tokens, until it is full or <paramref name="end"/> was drawn.</param>
    /// <param name="sampler">Draws the tokens; with <see cref="Sampler.Temperature"/> 0, always the most likely one. Its size must be the model's OutputSize.</param>
    /// <param name="end">The token that ends the text and is not part of it; null for none.</param>
    /// <returns>Number of tokens written, without the end token.</returns>
    /// <exception cref="ArgumentException">
    /// The sizes of model and sampler do not fit, or the sampler bans all tokens; nothing was changed. Or all tokens that are not banned have a probability of 0, or an
    /// output of the model is not finite.
    /// </exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="first"/> is not in the vocabulary.</exception>
    public static int Generate<TModel>(this TModel model, State state, int first, Span<int> tokens, Sampler sampler, int? end = null)
        where TModel : class, IRnnModel<int, int>, IRnnStreamingModel<int>
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(state);
        ArgumentNullException.ThrowIfNull(sampler);
        CheckReadsItsOutput(model, model.OutputSize <= model.InputSize);
        Check.Length(sampler.Probabilities.Length, model.OutputSize, nameof(sampler));
        if (sampler.BansAll)
        {
            throw new ArgumentException($"Expected a token that is not banned, found {model.OutputSize} that are.", nameof(sampler));
        }

        Check.Token(first, model.InputSize, nameof(first));
        int token = first;
        for (int count = 0; count < tokens.Length; count++)
        {
            model.Step(state, new ReadOnlySpan<int>(in token), sampler.Probabilities);
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
    /// Generates numbers: reads a row, writes the next one, reads that, and so on. Allocates nothing.
    /// </summary>
    /// <param name="model">The model, with as many outputs as inputs.</param>
    /// <param name="state">The stream. It is advanced; the last row that was written has not been read.</param>
    /// <param name="first">The row to read first, [InputSize].</param>
    /// <param name="rows">Receives [steps x OutputSize]; its length determines the number of steps.</param>
    /// <exception cref="ArgumentException">
    /// The model's numbers of inputs and outputs differ, a span has the wrong length, or spans overlap; nothing was changed.
    /// </exception>
    public static void Generate(this IRnnStreamingModel<float> model, State state, ReadOnlySpan<float> first, Span<float> rows)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(state);
        int size = model.OutputSize;
        CheckReadsItsOutput(model, size == model.InputSize);
        Check.Length(first.Length, size, nameof(first));
        Check.Length(rows.Length, rows.Length / size * size, nameof(rows));
        Check.Apart(first, rows);
        ReadOnlySpan<float> row = first;
        for (int start = 0; start < rows.Length; start += size)
        {
            Span<float> next = rows.Slice(start, size);
            model.Step(state, row, next);
            row = next;
        }
    }

    /// <summary>
    /// Generates points: reads a point, draws the next one from the mixture, reads that, and so on. Allocates nothing.
    /// </summary>
    /// <param name="model">The model, whose only head is a <see cref="MixtureAttribute"/>; its inputs are points.</param>
    /// <param name="state">The stream. It is advanced; the last point that was written has not been read.</param>
    /// <param name="first">The point to read first, [InputSize].</param>
    /// <param name="points">Receives [steps x InputSize]; its length determines the number of steps.</param>
    /// <param name="sampler">Draws the points; with <see cref="MixtureSampler.Temperature"/> 0, always the most likely one.</param>
    /// <exception cref="ArgumentException">
    /// The sizes of model and sampler do not fit, a span has the wrong length, or spans overlap; nothing was changed. Or an output of the model is not finite.
    /// </exception>
    public static void Generate(this IRnnStreamingModel<float> model, State state, ReadOnlySpan<float> first, Span<float> points, MixtureSampler sampler)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(state);
        ArgumentNullException.ThrowIfNull(sampler);
        int size = sampler.PointSize;
        if (model.InputSize != size || model.OutputSize != sampler.OutputSize)
        {
            throw new ArgumentException(
                $"The model must read what is drawn from its outputs: expected {size} inputs and {sampler.OutputSize} outputs, found {model.InputSize} and {model.OutputSize}.",
                nameof(model));
        }

        Check.Length(first.Length, size, nameof(first));
        Check.Length(points.Length, points.Length / size * size, nameof(points));
        Check.Apart(first, points);
        ReadOnlySpan<float> point = first;
        for (int start = 0; start < points.Length; start += size)
        {
            model.Step(state, point, sampler.Outputs);
            Span<float> next = points.Slice(start, size);
            sampler.Next(sampler.Outputs, next);
            point = next;
        }
    }

    /// <summary>Creates a beam search with all the memory that it needs.</summary>
    /// <typeparam name="TModel">A model that reads tokens, has a softmax, and can be streamed.</typeparam>
    /// <param name="model">The model. Its OutputSize is at most its InputSize, so that it can read every token that it writes.</param>
    /// <param name="width">Number of prefixes that are kept, and of continuations that are found, in 1 .. OutputSize.</param>
    /// <param name="longest">The maximum length of a continuation in tokens, including its end token; at least 1.</param>
    /// <returns>The search.</returns>
    /// <exception cref="ArgumentException">The beam is wider than the vocabulary, or the model cannot read what it writes.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="width"/> or <paramref name="longest"/> is less than 1.</exception>
    public static BeamSearch CreateBeamSearch<TModel>(this TModel model, int width, int longest)
        where TModel : class, IRnnModel<int, int>, IRnnStreamingModel<int> => new(model, width, longest);

    internal static void CheckReadsItsOutput(IRnnModel model, bool reads)
    {
        if (!reads)
        {
            throw new ArgumentException(
                $"A model that reads its own outputs needs matching sizes: it has InputSize {model.InputSize} and OutputSize {model.OutputSize}.", nameof(model));
        }
    }
}
