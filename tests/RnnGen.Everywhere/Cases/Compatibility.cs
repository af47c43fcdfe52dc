using RnnGen.Tests.Compatibility;

namespace RnnGen.Everywhere;

/// <summary>What earlier versions wrote: <c>tests/compatibility</c>, whose files are resources of this program.</summary>
internal static class Compatibility
{
    private const string Folder = "compatibility/";

    public static IEnumerable<Case> Cases => Versions.SelectMany(version =>
        KeptFiles.All.Where(files => files.AreAmong(NamesOf(version))).SelectMany(files => Of(version, files)));

    private static IEnumerable<string> Names => typeof(Compatibility).Assembly.GetManifestResourceNames().Where(name => name.StartsWith(Folder, StringComparison.Ordinal));

    private static IEnumerable<string> Versions => Names.Select(name => name.Split('/')[1]).Distinct().Order(StringComparer.Ordinal);

    private static IEnumerable<string> NamesOf(string version) => Names.Select(name => name.Split('/')).Where(parts => parts[1] == version).Select(parts => parts[2]);

    private static IEnumerable<Case> Of(string version, KeptFiles files) =>
    [
        new Case($"{version}/{files.Model}/model", values => values.Add(files.CheckModel(name => Read(version, name)))),
        new Case($"{version}/{files.Model}/training", values => values.Add(files.CheckTraining(name => Read(version, name)))),
        new Case($"{version}/{files.Model}/stream", values => values.Add(files.CheckStream(name => Read(version, name)))),
    ];

    private static byte[] Read(string version, string name)
    {
        using Stream stream = typeof(Compatibility).Assembly.GetManifestResourceStream($"{Folder}{version}/{name}")
            ?? throw new FileNotFoundException($"There is no resource '{version}/{name}'.");
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }
}
