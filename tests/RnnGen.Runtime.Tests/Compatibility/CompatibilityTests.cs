namespace RnnGen.Tests.Compatibility;

/// <summary>
/// Files that earlier versions wrote still load. <c>tests/compatibility</c> has a folder for each version, and says how one is added.
/// </summary>
public class CompatibilityTests
{
    private static string Folder => Path.Combine(AppContext.BaseDirectory, "compatibility");

    public static TheoryData<string, string> Cases
    {
        get
        {
            var cases = new TheoryData<string, string>();
            foreach (string version in Directory.GetDirectories(Folder).Select(folder => Path.GetFileName(folder)).Order(StringComparer.Ordinal))
            {
                foreach (KeptFiles files in In(Path.Combine(Folder, version)))
                {
                    cases.Add(version, files.Model);
                }
            }

            return cases;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_model_loads_and_answers_as_it_did(string version, string model) => Of(model).CheckModel(FilesOf(version));

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_training_goes_on_as_it_would_have(string version, string model) => Of(model).CheckTraining(FilesOf(version));

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_stream_goes_on_as_it_would_have(string version, string model) => Of(model).CheckStream(FilesOf(version));

    [Fact]
    public void Every_file_is_checked()
    {
        foreach (string folder in Directory.GetDirectories(Folder))
        {
            string[] models = [.. Directory.GetFiles(folder).Select(file => Path.GetFileName(file).Split('.')[0]).Distinct().Order(StringComparer.Ordinal)];
            string[] loaded = [.. In(folder).Select(files => files.Model).Order(StringComparer.Ordinal)];
            Assert.Equal(loaded, models);
        }
    }

    /// <summary>Writes the files of the code of today; run it by name, with the new folder in the variable.</summary>
    [Fact(Explicit = true)]
    public void Write()
    {
        string folder = Environment.GetEnvironmentVariable("RNNGEN_COMPATIBILITY_FOLDER")
            ?? throw new InvalidOperationException("RNNGEN_COMPATIBILITY_FOLDER names the folder.");
        Directory.CreateDirectory(folder);
        foreach (KeptFiles files in KeptFiles.All)
        {
            files.Write(folder);
        }
    }

    private static Func<string, byte[]> FilesOf(string version) => name => File.ReadAllBytes(Path.Combine(Folder, version, name));

    private static IEnumerable<KeptFiles> In(string folder) =>
        KeptFiles.All.Where(files => files.AreAmong(Directory.GetFiles(folder).Select(file => Path.GetFileName(file))));

    private static KeptFiles Of(string model) => KeptFiles.All.Single(files => files.Model == model);
}
