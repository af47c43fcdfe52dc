namespace RnnGen.Benchmarks;

/// <summary>Single streams in turn, and the same as lanes of a batch: a step, windows for the outputs, windows in training.</summary>
internal static class LanePairs
{
    public const int Lanes = 8;

    public static IReadOnlyList<Pair> Of<TModel, TState>()
        where TModel : class, IRnnStreamingBatchModel<float>, IRnnModelFactory<TModel>, IStreamed<TState>
        where TState : State
    {
        TModel model = TModel.Create(seed: 1);
        TState[] states = [.. Enumerable.Range(0, Lanes).Select(_ => (TState)model.CreateState())];
        Batch batch = model.CreateBatch(Lanes);
        Tape tape = model.CreateTape();
        Tape batchTape = model.CreateBatchTape();
        int inputSize = model.SequenceLength * model.InputSize;
        int outputSize = model.SequenceLength * model.OutputSize;
        var random = new Random(1);
        float[] inputs = random.Uniform(Lanes * inputSize);
        float[] gradients = random.Uniform(Lanes * outputSize);
        var outputs = new float[gradients.Length];
        var singles = new Tour<TState>(states, inputs, model.InputSize, model.OutputSize);
        var together = new Tour<Batch>([batch], inputs, Lanes * model.InputSize, Lanes * model.OutputSize);
        return
        [
            new Pair("Step", count => model.Stream(singles, Lanes * count), StepTogether),
            new Pair("Forward", ForwardSingly, ForwardTogether),
            new Pair("training", TrainSingly, TrainTogether),
        ];

        void StepTogether(int count)
        {
            for (; count > 0; count--)
            {
                model.Step(together.NextState(), together.NextInput(), together.Outputs);
            }
        }

        void ForwardSingly(int count)
        {
            for (; count > 0; count--)
            {
                for (int lane = 0; lane < Lanes; lane++)
                {
                    states[lane].Reset();
                    model.Forward(states[lane], inputs.AsSpan(lane * inputSize, inputSize), outputs.AsSpan(lane * outputSize, outputSize));
                }
            }
        }

        void ForwardTogether(int count)
        {
            for (; count > 0; count--)
            {
                batch.Reset();
                model.Forward(batch, inputs, outputs);
            }
        }

        void TrainSingly(int count)
        {
            for (; count > 0; count--)
            {
                for (int lane = 0; lane < Lanes; lane++)
                {
                    states[lane].Reset();
                    model.Forward(states[lane], inputs.AsSpan(lane * inputSize, inputSize), tape);
                    model.Backward(tape, gradients.AsSpan(lane * outputSize, outputSize), (State?)null);
                }

                tape.Clear();
            }
        }

        void TrainTogether(int count)
        {
            for (; count > 0; count--)
            {
                batch.Reset();
                model.Forward(batch, inputs, batchTape);
                model.Backward(batchTape, gradients, (Batch?)null);
                batchTape.Clear();
            }
        }
    }
}
