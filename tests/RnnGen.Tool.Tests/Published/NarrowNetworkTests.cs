using RnnGen.Tests;

namespace RnnGen.Tool.Tests.Published;

/// <summary>
/// What narrow weights cost every published network, as the table of docs/narrow.md says. With RNNGEN_ACCEPT_SNAPSHOTS=1, the test writes the table.
/// </summary>
public class NarrowNetworkTests
{
    private static readonly WeightFormat[] Formats = [WeightFormat.BFloat16, WeightFormat.Int8, WeightFormat.Int4];

    // Those that come in at all.
    private static readonly Lazy<PublishedNetwork[]> Networks = new(() => [.. IndexEntry.All
        .Select(entry => ((IEnumerable<PublishedNetwork>)[.. ByName.All, .. InOrder.All, .. ByTool.All]).Single(network => network.Entry.Name == entry.Name)).Where(network => network.Code.Length > 0)]);

    [Fact]
    public void Errors_of_narrow_weights_are_those_of_the_table()
    {
        LongTests.SkipUnlessAllAreAskedFor();
        Assert.SkipUnless(IndexEntry.All.Count > 0, "Published networks are not here.");
        (string Name, NarrowRun[] Runs)[] all = [.. Networks.Value.Select(network => (network.Entry.Name, Formats.Select(format => NarrowRun.Of(network, format)).ToArray()))];
        all = [.. all.Where(network => network.Runs[0].Layers.Count > 0)];
        NarrowTable.CheckOrWrite(all);
        Assert.True(all.Length > 20);
        Assert.All(all, network => Assert.All(network.Runs, run => Assert.True(run.Outputs.Largest > 0, network.Name)));

        // Decisions about speech and words are the same, but for those of four bits, which the table tells.
        Assert.All(all.Where(network => network.Runs[0].Decisions.Count > 0), network => Assert.All(network.Runs[..2], run => Assert.Equal(0, run.Decisions.Changed)));
        Assert.Contains(all, network => network.Name == "silero_vad_16k" && network.Runs[1].Decisions.Count > 0);
    }
}
