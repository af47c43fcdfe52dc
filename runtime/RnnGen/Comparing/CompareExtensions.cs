using RnnGen.Comparing;

namespace RnnGen;

/// <summary>Compares two models of the same layers, usually one that reads floats and one that reads narrow weights (<see cref="WeightFormat"/>).</summary>
public static class CompareExtensions
{
    /// <summary>
    /// Runs two models over the same data, and tells how far the second is from the first: outputs, states over time, loss, decisions; and what comes of rounding the weights
    /// of one layer alone, for each layer that the second one reads in a narrow format. Load the same file into both. The models are unchanged. The targets of
    /// models with several heads are those of one class: compare these over inputs alone.
    /// </summary>
    /// <typeparam name="TInput">The element type of the inputs.</typeparam>
    /// <typeparam name="TTarget">The element type of the targets.</typeparam>
    /// <param name="model">What is right: the model that reads floats.</param>
    /// <param name="narrow">The other one: a class with the same layers, of the same names and sizes.</param>
    /// <param name="data">The data, at least one window that fits both models.</param>
    /// <param name="options">The settings; null, the default, for the defaults.</param>
    /// <returns>The result.</returns>
    /// <exception cref="ArgumentException">The layers, states or sizes of the models differ, the message has both; or there are no windows, or one does not fit a model.</exception>
    public static CompareResult Compare<TInput, TTarget>(
        this IRnnModel<TInput, TTarget> model, IRnnModel<TInput, TTarget> narrow, Dataset<TInput, TTarget> data, CompareOptions? options = null)
    {
        SameLayers.Check(model, narrow);
        ArgumentNullException.ThrowIfNull(data);
        if (data.Count == 0)
        {
            throw new ArgumentException("There are no windows to compare the models on.", nameof(data));
        }

        options ??= new CompareOptions();
        return new ModelComparison<TInput>(model, narrow, new ComparedWindows<TInput, TTarget>(data, options.CarryState), options).Run();
    }

    /// <summary>As <see cref="Compare{TInput, TTarget}"/>, over one sequence of any length, without targets and so without a loss.</summary>
    /// <param name="model">What is right: the model that reads floats.</param>
    /// <param name="narrow">The other one: a class with the same layers, of the same names and sizes.</param>
    /// <param name="inputs">
    /// The sequence, [steps x InputSize]. It may be longer than <see cref="IRnnModel.SequenceLength"/>: it is then a stream of windows, unless the models need whole windows.
    /// </param>
    /// <param name="options">The settings; null, the default, for the defaults.</param>
    /// <returns>The result.</returns>
    /// <exception cref="ArgumentException">
    /// The layers, states or sizes of the models differ, the message has both; or the length does not fit them; or the options ask for a loss.
    /// </exception>
    public static CompareResult Compare(this IRnnModel<float> model, IRnnModel<float> narrow, ReadOnlySpan<float> inputs, CompareOptions? options = null) =>
        Run(model, narrow, inputs, options);

    /// <inheritdoc cref="Compare(IRnnModel{float}, IRnnModel{float}, ReadOnlySpan{float}, CompareOptions?)"/>
    /// <param name="model">What is right: the model that reads floats.</param>
    /// <param name="narrow">The other one: a class with the same layers, of the same names and sizes.</param>
    /// <param name="inputs">The tokens of the sequence, which may be longer than <see cref="IRnnModel.SequenceLength"/> unless the models need whole windows.</param>
    /// <param name="options">The settings; null, the default, for the defaults.</param>
    public static CompareResult Compare(this IRnnModel<int> model, IRnnModel<int> narrow, ReadOnlySpan<int> inputs, CompareOptions? options = null) =>
        Run(model, narrow, inputs, options);

    private static CompareResult Run<TInput>(IRnnModel<TInput> model, IRnnModel<TInput> narrow, ReadOnlySpan<TInput> inputs, CompareOptions? options)
    {
        SameLayers.Check(model, narrow);
        if (options?.LossIncrease is not null)
        {
            throw new ArgumentException("LossIncrease needs targets: expected a data set, found inputs alone.", nameof(options));
        }

        return new ModelComparison<TInput>(model, narrow, ComparedSequence<TInput>.Of(model, narrow, inputs), options ?? new CompareOptions()).Run();
    }
}
