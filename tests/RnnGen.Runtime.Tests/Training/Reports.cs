namespace RnnGen.Tests.Training;

/// <summary>Does something with every report, at once.</summary>
internal sealed class Reports(Action<TrainingProgress> act) : IProgress<TrainingProgress>
{
    public void Report(TrainingProgress value) => act(value);
}
