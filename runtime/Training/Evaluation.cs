using RnnGen.Training;

namespace RnnGen
{
    /// <summary>What can be done with any generated model.</summary>
    public static class ModelExtensions
    {
        /// <summary>Scores a model on data; every window starts at the zero state.</summary>
        /// <typeparam name="TModel">The model.</typeparam>
        /// <typeparam name="TState">Its streams.</typeparam>
        /// <typeparam name="TTape">Its training memory.</typeparam>
        /// <typeparam name="TInput">What goes in.</typeparam>
        /// <typeparam name="TTarget">What the loss compares with.</typeparam>
        /// <param name="model">The model.</param>
        /// <param name="data">The data.</param>
        /// <returns>The score.</returns>
        /// <exception cref="ArgumentException">There are no data, or a window, whose number is in the message, does not fit the model.</exception>
        public static Score Evaluate<TModel, TState, TTape, TInput, TTarget>(
            this IRnnModel<TModel, TState, TTape, TInput, TTarget> model, Dataset<TInput, TTarget> data)
            where TModel : class, IRnnModel<TModel, TState, TTape, TInput, TTarget>
            where TState : State
            where TTape : Tape
        {
            ArgumentNullException.ThrowIfNull(model);
            Evaluation.Check(data);
            return new WindowRunner<TModel, TState, TTape, TInput, TTarget>((TModel)model).Evaluate(data, 0, data.Count);
        }

        /// <summary>Scores a model with batches on data, as many windows at a time as a batch has lanes; every window starts at the zero state.</summary>
        /// <typeparam name="TModel">The model.</typeparam>
        /// <typeparam name="TState">Its streams.</typeparam>
        /// <typeparam name="TTape">Its training memory.</typeparam>
        /// <typeparam name="TBatch">Its batches of streams.</typeparam>
        /// <typeparam name="TInput">What goes in.</typeparam>
        /// <typeparam name="TTarget">What the loss compares with.</typeparam>
        /// <param name="model">The model.</param>
        /// <param name="data">The data.</param>
        /// <returns>The score.</returns>
        /// <exception cref="ArgumentException">There are no data, or a window, whose number is in the message, does not fit the model.</exception>
        public static Score Evaluate<TModel, TState, TTape, TBatch, TInput, TTarget>(
            this IRnnBatchModel<TModel, TState, TTape, TBatch, TInput, TTarget> model, Dataset<TInput, TTarget> data)
            where TModel : class, IRnnBatchModel<TModel, TState, TTape, TBatch, TInput, TTarget>
            where TState : State
            where TTape : Tape
            where TBatch : Batch
        {
            ArgumentNullException.ThrowIfNull(model);
            Evaluation.Check(data);
            return new LaneRunner<TModel, TState, TTape, TBatch, TInput, TTarget>((TModel)model).Evaluate(data, 0, data.Count);
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
