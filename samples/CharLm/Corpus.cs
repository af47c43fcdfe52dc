using System.Text;
using RnnGen;

namespace CharLm;

/// <summary>A text, cut into nine tenths for training and one for validation.</summary>
/// <param name="Vocabulary">Its characters.</param>
/// <param name="Training">A window at every place.</param>
/// <param name="Validation">Windows side by side.</param>
internal sealed record Corpus(Vocabulary Vocabulary, TokenWindows Training, TokenWindows Validation)
{
    /// <summary>Cuts a text.</summary>
    /// <param name="text">The text.</param>
    /// <param name="alphabet">The characters of the model that reads it; null for those of the text.</param>
    public static Corpus Of(string text, string? alphabet)
    {
        try
        {
            Vocabulary vocabulary = alphabet is null ? Vocabulary.Of(text, Sizes.Characters) : new Vocabulary(alphabet);
            int[] tokens = vocabulary.Encode(text);
            int held = (tokens.Length + 9) / 10;
            ReadOnlyMemory<int> all = tokens;
            return new Corpus(vocabulary, TokenWindows.Sliding(all[..^held], Sizes.Steps), TokenWindows.Tiled(all[^held..], Sizes.Steps));
        }
        catch (ArgumentException e) when (e.ParamName == "tokens")
        {
            throw new UsageException($"The text is too short: nine tenths of it must have more than {Sizes.Steps} characters, found {text.Length} in all.");
        }
        catch (ArgumentException e)
        {
            // Without the name of the parameter, which is a programmer's.
            string problem = e.Message.Split(" (Parameter", 2)[0];
            throw new UsageException(alphabet is null ? problem : $"The text does not fit the checkpoint. {problem}");
        }
    }

    /// <summary>Reads a file, or the repository's own C# sources.</summary>
    public static string Read(string? path)
    {
        string text = path is null ? OwnSources() : File.ReadAllText(path);
        return text.Length > 0 ? text : throw new UsageException($"The text '{path}' is empty.");
    }

    private static string OwnSources()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "RnnGen.sln")))
        {
            folder = folder.Parent;
        }

        if (folder is null)
        {
            throw new UsageException("The sources of RnnGen are not above this program; give a text with --text.");
        }

        var text = new StringBuilder();
        foreach (string part in new[] { "generator", "runtime" })
        {
            IEnumerable<string> files = Directory.EnumerateFiles(Path.Combine(folder.FullName, part), "*.cs", SearchOption.AllDirectories)
                .Where(file => !file.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}"))
                .Order(StringComparer.Ordinal);
            foreach (string file in files)
            {
                text.Append(File.ReadAllText(file).ReplaceLineEndings("\n"));
            }
        }

        return text.ToString();
    }
}
