using System.Globalization;
using System.Text;
using RnnGen.Training;

namespace RnnGen
{
    /// <summary>What can be done with any generated model.</summary>
    public static class ModelExtensions
    {
        /// <summary>
        /// Scores a model on data, of a model with batches as many windows at a time as a batch has lanes; every window starts at the zero state.
        /// </summary>
        /// <typeparam name="TInput">What goes in.</typeparam>
        /// <typeparam name="TTarget">What the loss compares with.</typeparam>
        /// <param name="model">The model.</param>
        /// <param name="data">The data.</param>
        /// <returns>The score.</returns>
        /// <exception cref="ArgumentException">There are no data, or a window, whose number is in the message, does not fit the model.</exception>
        public static Score Evaluate<TInput, TTarget>(this IRnnModel<TInput, TTarget> model, Dataset<TInput, TTarget> data)
        {
            ArgumentNullException.ThrowIfNull(model);
            Evaluation.Check(data);
            WindowRunner<TInput, TTarget> runner = model is IRnnBatchModel<TInput, TTarget> batches
                ? new LaneRunner<TInput, TTarget>(batches)
                : new WindowRunner<TInput, TTarget>(model);
            return runner.Evaluate(data, 0, data.Count);
        }

        /// <summary>A copy with weights and metadata of its own, for code that knows the model by an interface.</summary>
        /// <typeparam name="TModel">What the model is known as.</typeparam>
        /// <param name="model">The model.</param>
        /// <returns>The copy.</returns>
        public static TModel Clone<TModel>(this TModel model)
            where TModel : class, IRnnModel
        {
            ArgumentNullException.ThrowIfNull(model);
            return (TModel)model.Copy();
        }

        /// <summary>What a model is: sizes, and one line for each layer with the names and shapes of its parameters.</summary>
        /// <param name="model">The model.</param>
        /// <returns>The text, the same in every culture.</returns>
        public static string Summary(this IRnnModel model)
        {
            ArgumentNullException.ThrowIfNull(model);
            var text = new StringBuilder();
            text.Append(CultureInfo.InvariantCulture, $"{model.Weights.Model}: {model.InputSize} -> {model.OutputSize}, windows of up to {model.SequenceLength} steps, {model.ParameterCount} parameters");
            foreach (Layer layer in model.Layers)
            {
                text.Append("\n  ").Append(layer);
            }

            return text.ToString();
        }

        /// <summary>Draws all parameters of a model anew.</summary>
        /// <param name="model">The model.</param>
        /// <param name="initialization">Their distributions.</param>
        /// <param name="seed">The same seed gives the same weights on every machine.</param>
        public static void Initialize(this IRnnModel model, WeightInitialization initialization, int seed)
        {
            ArgumentNullException.ThrowIfNull(model);
            ArgumentNullException.ThrowIfNull(initialization);
            model.Weights.Initialize(initialization, seed);
        }
    }
}

namespace RnnGen.Training
{
    /// <summary>What all that scores data has in common.</summary>
    internal static class Evaluation
    {
        public static void Check<TInput, TTarget>(Dataset<TInput, TTarget> data)
        {
            ArgumentNullException.ThrowIfNull(data);
            if (data.Count == 0)
            {
                throw new ArgumentException("There are no windows to evaluate.", nameof(data));
            }
        }
    }
}
