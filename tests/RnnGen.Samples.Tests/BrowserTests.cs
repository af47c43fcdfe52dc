namespace RnnGen.Samples.Tests;

/// <summary>The part of the page that needs no browser; <c>.ci/browser</c> tests the page.</summary>
public sealed class BrowserTests
{
    // The page takes the next seed for each training; its chart ends after 50 updates.
    [Fact]
    public void Every_training_says_ello()
    {
        var probabilities = new float[16];
        for (int seed = 7; seed < 107; seed++)
        {
            var training = new HelloTraining(seed);
            training.Advance(50);

            Assert.True(training.IsDone, $"seed {seed}: loss {training.Loss}");
            Assert.InRange(training.Loss, 0, HelloTraining.Goal);
            Assert.Equal("ello", training.Say(probabilities));
        }
    }

    [Fact]
    public void Slices_are_one_training()
    {
        var whole = new HelloTraining(seed: 7);
        var sliced = new HelloTraining(seed: 7);
        var expected = new float[16];
        var actual = new float[16];

        whole.Advance(20);
        for (int slice = 0; slice < 10; slice++)
        {
            sliced.Advance(2);
            sliced.Say(actual);
        }

        Assert.Equal("ello".Length, whole.Say(expected).Length);
        Assert.Equal((20, 20), (whole.Updates, sliced.Updates));
        Assert.Equal(expected, actual);
    }

    [Fact]
    public void It_ends_at_its_goal()
    {
        var training = new HelloTraining(seed: 7);
        training.Advance(400);
        int updates = training.Updates;
        training.Advance(400);

        Assert.InRange(updates, 1, 399);
        Assert.Equal(updates, training.Updates);
    }

    // A link to a file of another folder is not served by dotnet run.
    [Fact]
    public void Its_icon_is_that_of_the_packages() => Assert.Equal(
        File.ReadAllText(Path.Combine(Sample.Root(), "runtime", "icon.svg")),
        File.ReadAllText(Path.Combine(Sample.Root(), "samples", "Browser", "wwwroot", "icon.svg")));

    [Fact]
    public void It_is_described_and_linked()
    {
        string folder = Path.Combine(Sample.Root(), "samples");

        Assert.Contains("dotnet run -c Release --project samples/Browser", File.ReadAllText(Path.Combine(folder, "Browser", "README.md")), StringComparison.Ordinal);
        Assert.True(File.Exists(Path.Combine(folder, "Browser", "browser.png")));
        Assert.Contains("[Browser](Browser)", File.ReadAllText(Path.Combine(folder, "README.md")), StringComparison.Ordinal);
        Assert.Contains("(samples/Browser)", File.ReadAllText(Path.Combine(Sample.Root(), "README.md")), StringComparison.Ordinal);
    }
}
