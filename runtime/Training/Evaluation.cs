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
        /// <exception cref="ArgumentException">There are no data, or a window does not fit the model.</exception>
        public static Score Evaluate<TModel, TState, TTape, TInput, TTarget>(
            this IRnnModel<TModel, TState, TTape, TInput, TTarget> model, Dataset<TInput, TTarget> data)
            where TModel : class, IRnnModel<TModel, TState, TTape, TInput, TTarget>
            where TState : State
            where TTape : Tape
        {
            ArgumentNullException.ThrowIfNull(model);
            return Evaluation.Run((TModel)model, model.CreateState(), data);
        }

        /// <summary>Draws all parameters of a model anew.</summary>
        /// <param name="model">The model.</param>
        /// <param name="seed">The same seed gives the same weights on every machine.</param>
        /// <param name="initialization">Their distributions.</param>
        public static void Initialize(this IRnnModel model, int seed, Initialization initialization)
        {
            ArgumentNullException.ThrowIfNull(model);
            ArgumentNullException.ThrowIfNull(initialization);
            model.Weights.Initialize(seed, initialization);
        }
    }
}

namespace RnnGen.Training
{
    /// <summary>Scores a model.</summary>
    internal static class Evaluation
    {
        public static Score Run<TModel, TState, TTape, TInput, TTarget>(
            IRnnModel<TModel, TState, TTape, TInput, TTarget> model, TState state, Dataset<TInput, TTarget> data)
            where TModel : class, IRnnModel<TModel, TState, TTape, TInput, TTarget>
            where TState : State
            where TTape : Tape
        {
            ArgumentNullException.ThrowIfNull(data);
            if (data.Count == 0)
            {
                throw new ArgumentException("There are no windows to evaluate.", nameof(data));
            }

            Score score = default;
            for (int k = 0; k < data.Count; k++)
            {
                state.Reset();
                score += model.Evaluate(state, data.Inputs(k), data.Targets(k));
            }

            return score;
        }
    }
}
