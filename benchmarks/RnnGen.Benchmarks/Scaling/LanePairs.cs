namespace RnnGen.Benchmarks;

/// <summary>Single streams in turn, and the same as lanes of a batch: a step, windows for the outputs, windows in training.</summary>
internal static class LanePairs
{
    public const int Lanes = 8;

    public static IReadOnlyList<Pair> Of<TModel, TState, TTape, TBatch>()
        where TModel : class, IMeasuredInBatches<TModel, TState, TTape, TBatch>
        where TState : State
        where TTape : Tape
        where TBatch : Batch
    {
        TModel model = TModel.Create(seed: 1);
        TState[] states = [.. Enumerable.Range(0, Lanes).Select(_ => model.CreateState())];
        TBatch batch = model.CreateBatch(Lanes);
        TTape tape = model.CreateTape();
        TTape batchTape = model.CreateBatchTape();
        int inputSize = TModel.SequenceLength * TModel.InputSize;
        int outputSize = TModel.SequenceLength * TModel.OutputSize;
        var random = new Random(1);
        float[] inputs = random.Uniform(Lanes * inputSize);
        float[] gradients = random.Uniform(Lanes * outputSize);
        var outputs = new float[gradients.Length];
        var singles = new Tour<TState>(states, inputs, TModel.InputSize, TModel.OutputSize);
        var together = new Tour<TBatch>([batch], inputs, Lanes * TModel.InputSize, Lanes * TModel.OutputSize);
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
                    model.Backward(tape, gradients.AsSpan(lane * outputSize, outputSize), (TState?)null);
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
                model.Backward(batchTape, gradients, (TBatch?)null);
                batchTape.Clear();
            }
        }
    }
}
