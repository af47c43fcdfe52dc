namespace RnnGen.Tests.Models;

/// <summary>The generated trainer of any model with a head.</summary>
internal sealed class TestTrainer
{
    public required Optimizer Optimizer { get; init; }

    public required Tape Tape { get; init; }

    public required Func<long> SkippedUpdates { get; init; }

    public required Func<Data, Data, float> Step { get; init; }

    public required Func<State?, Data, Data, float> StepCarried { get; init; }

    public required Func<Data, Data, float> Accumulate { get; init; }

    public required Func<State?, Data, Data, float> AccumulateCarried { get; init; }

    public required Func<float> Update { get; init; }
}
