using RnnGen.Training;

namespace RnnGen
{
    /// <summary>Methods of all generated models.</summary>
    public static class ModelExtensions
    {
        /// <summary>
        /// Scores a model on data. Every window starts from the initial state. If the model has batches, they are used. <see cref="EvaluateHeads"/> scores each of several heads.
        /// </summary>
        /// <typeparam name="TInput">The element type of the inputs.</typeparam>
        /// <typeparam name="TTarget">The element type of the targets.</typeparam>
        /// <param name="model">The model.</param>
        /// <param name="data">The data, at least one window.</param>
        /// <returns>The score.</returns>
        /// <exception cref="ArgumentException">There are no windows, or one does not fit the model; the message has its number.</exception>
        public static Score Evaluate<TInput, TTarget>(this IRnnModel<TInput, TTarget> model, Dataset<TInput, TTarget> data)
        {
            ArgumentNullException.ThrowIfNull(model);
            Evaluation.Check(data);
            WindowRunner<TInput, TTarget> runner = model is IRnnBatchModel<TInput, TTarget> batches
                ? new LaneRunner<TInput, TTarget>(batches)
                : new WindowRunner<TInput, TTarget>(model);
            return runner.Evaluate(data, 0, data.Count);
        }

        /// <summary>
        /// Scores each head of a model on data: the loss without the head's weight, and the accuracy, which is NaN for a head that has neither hits nor misses, such as
        /// a regression. Every window starts from the initial state.
        /// </summary>
        /// <typeparam name="TInput">The element type of the inputs.</typeparam>
        /// <typeparam name="TTarget">The element type of the targets; with several heads, the model's <c>WindowTargets</c>.</typeparam>
        /// <param name="model">The model.</param>
        /// <param name="data">The data, at least one window.</param>
        /// <returns>The scores by the names of the heads, in the order of <see cref="IRnnModel.Layers"/>.</returns>
        /// <exception cref="ArgumentException">There are no windows, or one does not fit the model; the message has its number.</exception>
        public static IReadOnlyDictionary<string, Score> EvaluateHeads<TInput, TTarget>(this IRnnModel<TInput, TTarget> model, Dataset<TInput, TTarget> data)
        {
            ModelHead[] heads = ModelHead.AllOf(model);
            Evaluation.Check(data);
            State state = model.CreateState();
            var sums = new Score[heads.Length];
            var scores = new Score[heads.Length];
            for (int window = 0; window < data.Count; window++)
            {
                DataChecks<TInput, TTarget>.Read(model, data, window, out ReadOnlySpan<TInput> inputs, out ReadOnlySpan<TTarget> targets);
                state.Reset();
                model.EvaluateHeads(state, inputs, targets, scores);
                for (int k = 0; k < heads.Length; k++)
                {
                    sums[k] += scores[k];
                }
            }

            return new OrderedDictionary<string, Score>(heads.Select(head => KeyValuePair.Create(head.Layer.Name, sums[head.Index])));
        }

        /// <summary>Creates a copy with its own weights and metadata, for code that has the model as an interface.</summary>
        /// <typeparam name="TModel">The class or an interface of the model.</typeparam>
        /// <param name="model">The model.</param>
        /// <returns>The copy.</returns>
        public static TModel Clone<TModel>(this TModel model)
            where TModel : class, IRnnModel
        {
            ArgumentNullException.ThrowIfNull(model);
            return (TModel)model.Copy();
        }

        /// <summary>
        /// Describes a model as a table: for each layer its kind, its number of parameters, the multiply-adds of a step (not those of element-wise operations)
        /// and the shapes of its parameters; then the bytes of the weights in memory with the level of a typical cache that they fit.
        /// </summary>
        /// <param name="model">The model.</param>
        /// <param name="measure">Whether the time of a step is measured on this machine, which takes about 0.1 s and allocates. <see langword="false"/> by default.</param>
        /// <returns>The text, the same in every culture.</returns>
        public static string Summary(this IRnnModel model, bool measure = false)
        {
            ArgumentNullException.ThrowIfNull(model);
            return ModelSummary.Of(model, measure);
        }

        /// <summary>Draws new values for all parameters of a model.</summary>
        /// <param name="model">The model.</param>
        /// <param name="initialization">Their distributions.</param>
        /// <param name="seed">The same seed gives the same weights on every machine.</param>
        /// <exception cref="ArgumentException">A distribution for matrices is given for a vector; nothing was changed.</exception>
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
    /// <summary>The checks that are common to everything that scores data.</summary>
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
