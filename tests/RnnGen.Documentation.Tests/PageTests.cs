namespace RnnGen.Documentation.Tests;

/// <summary>All code of the README and of the pages in docs is compiled, without a warning, and run, and writes what the page says.</summary>
public class PageTests
{
    public static TheoryData<string> Pages => new(Page.Paths);

    [Theory]
    [MemberData(nameof(Pages))]
    public void Its_code_runs_and_writes_what_it_says(string path)
    {
        Page page = Page.Read(path);
        string folder = Directory.CreateTempSubdirectory("rnngen-files-").FullName;
        try
        {
            string output = "";
            if (page.Program.Any())
            {
                output += Run([.. page.Program], page.Files);
            }

            foreach (Block program in page.FilePrograms)
            {
                output += Run([program], []);
            }

            CheckOutput(page, output);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }

        string Run(Block[] program, IEnumerable<Block> files)
        {
            var compilation = PageProgram.Compile(path, program, files);
            return page.WhyNotRun is null ? PageProgram.Run(compilation, folder) : "";
        }
    }

    /// <summary>Parts of generated code are lines of a snapshot, in their order; <c>...</c> stands for what is left out.</summary>
    [Theory]
    [MemberData(nameof(Pages))]
    public void Its_generated_code_is_that_of_a_snapshot(string path)
    {
        string[][] snapshots =
        [
            .. Directory.GetFiles(Path.Combine(Page.Root(), "tests", "RnnGen.Generator.Tests"), "*.verified.cs")
                .Select(file => File.ReadAllLines(file).Select(line => line.Trim()).ToArray()),
        ];
        foreach (Block block in Page.Read(path).Blocks("cs"))
        {
            string[] lines = [.. block.Code.Split('\n').Select(line => line.Trim()).Where(line => line.Length > 0 && line != "...")];
            Assert.True(snapshots.Any(snapshot => AreIn(snapshot, lines)), $"{path}, line {block.Line}: no snapshot has these lines.");
        }
    }

    private static void CheckOutput(Page page, string output)
    {
        int position = 0;
        foreach (Block text in page.WhyNotRun is null ? page.Blocks("text") : [])
        {
            int found = output.IndexOf(text.Code, position, StringComparison.Ordinal);
            Assert.True(found >= 0, $"{page.Path}, line {text.Line}: expected\n{text.Code}\nfound\n{output[position..]}");
            position = found + text.Code.Length;
        }
    }

    private static bool AreIn(string[] snapshot, string[] lines)
    {
        int next = 0;
        foreach (string line in snapshot)
        {
            next += next < lines.Length && line == lines[next] ? 1 : 0;
        }

        return next == lines.Length;
    }
}
