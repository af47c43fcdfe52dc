using RnnGen.Fuzz;

namespace RnnGen.Tests.Checkpoints;

/// <summary>A short run of <c>tests/RnnGen.Fuzz</c>. A finding is an exception with the file.</summary>
public sealed class FuzzTests
{
    [Fact]
    public void Damaged_model_files_are_read_or_refused()
    {
        FileTally tally = new FileFuzzer(Targets.Models(), seed: 1).Run(20_000);

        AssertVaried(tally);
        Assert.True(tally[nameof(CheckpointReason.NotFinite)] > 10 && tally[nameof(CheckpointReason.Answers)] > 100, tally.ToString());
    }

    [Fact]
    public void Damaged_trainer_files_are_read_or_refused()
    {
        FileTally tally = new FileFuzzer(Targets.Trainers(), seed: 1).Run(10_000);

        AssertVaried(tally);
        Assert.True(tally[nameof(CheckpointReason.TrainingState)] > 10, tally.ToString());
    }

    [Fact]
    public async Task Processes_that_are_killed_while_they_save_leave_a_whole_file()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "A process that is killed there may take its time to let go of its files.");

        Assert.StartsWith("20 kills", await KillRuns.RunAsync(20, seed: 1, TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    /// <summary>The files meet every check, and not only the first.</summary>
    private static void AssertVaried(FileTally tally)
    {
        foreach (CheckpointReason reason in (CheckpointReason[])
        [
            CheckpointReason.Container, CheckpointReason.MissingTensor, CheckpointReason.SurplusTensor, CheckpointReason.Shape, CheckpointReason.Type,
            CheckpointReason.Digest,
        ])
        {
            Assert.True(tally[reason.ToString()] > 100, tally.ToString());
        }

        Assert.True(tally["read"] > 100, tally.ToString());
    }
}
