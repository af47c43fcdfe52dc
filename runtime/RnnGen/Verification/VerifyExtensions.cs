using RnnGen.Verification;

namespace RnnGen;

/// <summary>Compares models with the known outputs of other programs.</summary>
public static class VerifyExtensions
{
    /// <summary>
    /// Runs a model, and compares its outputs with those of the program that trained it. Where the outputs
    /// differ, the conventions in which libraries differ are tried on a copy of the model in double precision: gate orders, transposition, biases, peepholes, reset and update gate, forget bias,
    /// functions, initial states, directions and their merging, the order of several sequences and heads; each alone, then in pairs. The result says which ones would be right. The model is unchanged.
    /// </summary>
    /// <param name="model">The model.</param>
    /// <param name="inputs">
    /// The sequences, one after the other: [sequences x steps x InputSize]. A sequence may be longer than <see cref="IRnnModel.SequenceLength"/> if the model can be streamed and has one
    /// head at most.
    /// </param>
    /// <param name="expected">
    /// The known outputs of each sequence: [sequences x <see cref="IRnnModel.GetOutputLength"/>]. With several heads, all steps of the first one, then all of the next one.
    /// </param>
    /// <param name="tolerance">The largest difference of an output that is right. At least 0.</param>
    /// <param name="sequences">Number of sequences, at least 1. They have equal lengths.</param>
    /// <param name="initialState">The state from which every sequence starts, unchanged; null for the model's initial state.</param>
    /// <returns>The result.</returns>
    /// <exception cref="ArgumentException">A length does not fit the model or the number of sequences, the state belongs to another model, or a token is not in the vocabulary.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The tolerance is negative or not a number, or there are no sequences.</exception>
    public static VerifyResult Verify(this IRnnModel<float> model, ReadOnlySpan<float> inputs, ReadOnlySpan<float> expected, float tolerance = 1e-5f, int sequences = 1, State? initialState = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        return new Verification<float>(model, tolerance, sequences, initialState).Run(inputs, expected);
    }

    /// <inheritdoc cref="Verify(IRnnModel{float}, ReadOnlySpan{float}, ReadOnlySpan{float}, float, int, State?)"/>
    /// <param name="model">The model.</param>
    /// <param name="inputs">The sequences, one after the other: [sequences x steps] tokens.</param>
    /// <param name="expected">The known outputs of each sequence, in the order of <c>Forward</c>.</param>
    /// <param name="tolerance">The largest difference of an output that is right. At least 0.</param>
    /// <param name="sequences">Number of sequences, at least 1. They have equal lengths.</param>
    /// <param name="initialState">The state from which every sequence starts, unchanged; null for the model's initial state.</param>
    public static VerifyResult Verify(this IRnnModel<int> model, ReadOnlySpan<int> inputs, ReadOnlySpan<float> expected, float tolerance = 1e-5f, int sequences = 1, State? initialState = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        return new Verification<int>(model, tolerance, sequences, initialState).Run(inputs, expected);
    }
}
