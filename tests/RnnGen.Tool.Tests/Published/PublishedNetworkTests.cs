using System.Collections.Concurrent;

namespace RnnGen.Tool.Tests.Published;

/// <summary>
/// Every entry of the index of published networks comes in and gives its published outputs, or is refused. With RNNGEN_ACCEPT_SNAPSHOTS=1, the tests write the table of docs/published-networks.md.
/// </summary>
public class PublishedNetworkTests
{
    private static readonly Lazy<PublishedNetwork[]> Networks = new(() => [.. ByName.All, .. InOrder.All, .. ByTool.All]);

    private static readonly ConcurrentDictionary<string, Lazy<string>> Rows = new();

    public static TheoryData<string> Names => IndexEntry.All.Count > 0 ? new(IndexEntry.All.Select(entry => entry.Name)) : [""];

    [Theory]
    [MemberData(nameof(Names))]
    public void It_gives_the_published_outputs_as_the_table_says(string name)
    {
        Assert.SkipUnless(name.Length > 0, "Published networks are not here.");
        string row = RowOf(name);
        if (!PublishedTable.IsAccepting)
        {
            PublishedTable.Check(row);
        }
    }

    [Fact]
    public void The_table_has_every_entry_of_the_index()
    {
        Assert.SkipUnless(IndexEntry.All.Count > 0, "Published networks are not here.");
        string[] names = [.. IndexEntry.All.Select(entry => entry.Name)];
        if (PublishedTable.IsAccepting)
        {
            PublishedTable.Write(names.Select(RowOf));
        }

        Assert.Equal(names, PublishedTable.Names());
    }

    private static string RowOf(string name) => Rows.GetOrAdd(name, key => new Lazy<string>(() => Run(Networks.Value.Single(network => network.Entry.Name == key)))).Value;

    private static string Run(PublishedNetwork network)
    {
        IReadOnlyList<Difference> differences = network.Run();
        Assert.All(differences, difference => Assert.True(
            difference.Value <= network.Entry.ToleranceOf(difference.Output), $"{difference.Output}: expected a difference of at most {network.Entry.ToleranceOf(difference.Output)}, found {difference.Value}."));
        return PublishedTable.Row(network, differences);
    }
}
