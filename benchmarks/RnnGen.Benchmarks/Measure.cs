using System.Diagnostics;

namespace RnnGen.Benchmarks;

internal delegate void StepOnce<TModel, TState>(TModel model, TState state, ReadOnlySpan<float> inputs, Span<float> outputs);

internal delegate void Record<TModel, TState, TTape>(TModel model, TState state, ReadOnlySpan<float> inputs, TTape tape);

internal delegate void Pull<TModel, TTape>(TModel model, TTape tape, ReadOnlySpan<float> outputGradients);

/// <summary>One model's times.</summary>
internal sealed record Measurement(string Name, Times Step, Times Train, Times Update)
{
    public void Run()
    {
        Step.Run();
        Train.Run();
        Update.Run();
    }
}

/// <summary>Short rounds of one piece of work.</summary>
/// <param name="work">The work, so many times.</param>
/// <param name="steps">Steps that it makes each time.</param>
internal sealed class Times(Action<int> work, int steps)
{
    private const double RoundSeconds = 0.004;

    private readonly List<double> _rounds = [];
    private int _count = 1;

    public double Best => _rounds.Min();

    public double Median => _rounds.Order().ElementAt(_rounds.Count / 2);

    public void Run()
    {
        long start = Stopwatch.GetTimestamp();
        work(_count);
        double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        if (seconds < RoundSeconds / 2)
        {
            // Still finding how often the work fits into a round; the same calls let the JIT finish its own.
            _count *= 2;
            Run();
            return;
        }

        _rounds.Add(seconds * 1e9 / _count / steps);
    }
}

internal static class Measure
{
    public static Measurement Model<TModel, TState, TTape>(
        string name, StepOnce<TModel, TState> step, Record<TModel, TState, TTape> record, Pull<TModel, TTape> pull)
        where TModel : class, IRnnModel<TModel, TState, TTape>
        where TState : State
        where TTape : Tape
    {
        TModel model = TModel.Create(seed: 1);
        TState state = model.CreateState();
        TTape tape = model.CreateTape();
        var random = new Random(1);
        float[] inputs = [.. Enumerable.Range(0, TModel.SequenceLength * TModel.InputSize).Select(_ => (float)(random.NextDouble() - 0.5))];
        float[] gradients = [.. Enumerable.Range(0, TModel.SequenceLength * TModel.OutputSize).Select(_ => (float)(random.NextDouble() - 0.5))];
        Optimizer optimizer = new Adam(1e-3f) { ClipNorm = 1 }.CreateOptimizer(model);
        var outputs = new float[TModel.OutputSize];
        return new Measurement(
            name,
            new Times(
                count =>
                {
                    for (int k = 0; k < count; k++)
                    {
                        step(model, state, inputs.AsSpan(0, TModel.InputSize), outputs);
                    }
                },
                steps: 1),
            new Times(
                count =>
                {
                    for (int k = 0; k < count; k++)
                    {
                        state.Reset();
                        record(model, state, inputs, tape);
                        pull(model, tape, gradients);
                        tape.Clear();
                    }
                },
                TModel.SequenceLength),
            new Times(
                count =>
                {
                    for (int k = 0; k < count; k++)
                    {
                        optimizer.Update(tape);
                    }
                },
                steps: 1));
    }
}
