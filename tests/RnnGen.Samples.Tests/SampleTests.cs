using System.Globalization;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using RnnGen.Tests;

namespace RnnGen.Samples.Tests;

/// <summary>Every sample as its users run it: without arguments and without a terminal. The last line is its figure of merit.</summary>
public sealed class SampleTests(SampleRuns runs) : IClassFixture<SampleRuns>
{
    // Trainings of up to a quarter of a minute, and longer ones.
    private static readonly string[] Long = ["Dialogue", "Translate", "Music", "Pixels"];
    private static readonly string[] Longest = ["Video", "Pen", "Dance", "Power", "Speech"];

    /// <summary>The sample, its last line, what the first number of that line must be at least and at most.</summary>
    public static TheoryData<string, string, double, double> Full => new()
    {
        { "OneCell", @"^largest difference from PyTorch (\d\.\d+)$", 0, 1e-6 },
        { "Restaurant", @"^right (\d) of 6$", 6, 6 },
        { "Classifier", @"^accuracy ([\d.]+) ?% on 600 held-out points$", 98, 100 },
        { "Sentiment", @"^accuracy ([\d.]+) ?% on 1000 held-out sentences$", 99, 100 },
        { "Complete", @"^after 3 letters ([\d.]+) ?% of 195 phrases are among the five completions$", 97, 100 },
        { "Caption", @"^exact ([\d.]+) ?% of 2000 held-out pictures$", 98, 100 },
        { "Translate", @"^exact ([\d.]+) ?% of 2000 dates on held-out days$", 98, 100 },
        { "Names", @"^accuracy ([\d.]+) ?% on 812 held-out names$", 97, 100 },
        { "Forecast", @"^error ([\d.]+), seasonal naive 51\.5$", 0, 30 },
        { "Power", @"^coverage ([\d.]+) %, better than seasonal naive in 7 of 7 columns$", 77, 83 },
        { "Activity", @"^frame accuracy ([\d.]+) ?% on 12000 held-out frames$", 96, 100 },
        { "Music", @"^negative log-likelihood ([\d.]+) nats per eighth, 10\.38 from how often each key is played$", 0, 2.5 },
        { "Video", @"^exact ([\d.]+) ?% of 2000 clips with combinations of color, shape and motion that were not$", 98, 100 },
        { "Pixels", @"^([\d.]+) ?% of the nats of independent pixels: [\d.]+ and [\d.]+ per held-out picture$", 0, 40 },
        { "Pen", @"^recognized ([\d.]+) ?% of 240 drawings$", 90, 100 },
        { "Dialogue", @"^accuracy ([\d.]+) ?% on \d+ questions in new stories$", 90, 100 },
        { "Speech", @"^label error ([\d.]+) ?% \(streaming [0-2]\.\d ?%\) on 300 utterances of voices never heard$", 0, 2.9 },
        { "Dance", @"^style recognized in ([\d.]+) % of 200 dances, 95 % of limbs within [01]\.\d % of their length$", 95, 100 },
    };

    public static TheoryData<string> Names => new(Full.Select(row => row.Data.Item1));

    [Theory]
    [MemberData(nameof(Full))]
    public void It_meets_its_figure(string name, string figure, double least, double most)
    {
        if (Longest.Contains(name))
        {
            LongTests.SkipUnlessAllAreAskedFor();
        }
        else if (Long.Contains(name))
        {
            LongTests.SkipUnlessAskedFor();
        }

        string last = runs.Full(name).Lines[^1];

        Match match = Regex.Match(last, figure);
        Assert.True(match.Success, last);
        Assert.InRange(double.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture), least, most);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Two_runs_give_the_same(string name)
    {
        Assert.Equal(WithoutTimes(runs.Quick(name).Lines), WithoutTimes(runs.Run(name, isQuick: true).Lines));

        // Without how long it took, and without the reports on the way, of which a slow run shows more; those with a validation are always there.
        static string[] WithoutTimes(string[] lines) =>
        [
            .. lines.Where(line => !Regex.IsMatch(line, @"\d+:\d\d left(?!.*validation)")).Select(line => Regex.Replace(line, @"\d+:\d\d left|^\d+\.\d s$", "")),
        ];
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void It_draws_a_picture(string name)
    {
        XDocument picture = XDocument.Load(Path.Combine(runs.Quick(name).Folder, name.ToLowerInvariant() + ".svg"));

        Assert.Equal("svg", picture.Root!.Name.LocalName);
        Assert.DoesNotContain("NaN", picture.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void OneCell_equals_PyTorch_and_itself()
    {
        string[] lines = runs.Full("OneCell").Lines;

        Assert.Equal(5, lines.Count(line => line.EndsWith("step by step the same", StringComparison.Ordinal)));
        Assert.Contains("[0.3799, 0.6044], [-0.0415, 0.8914], [-0.1493, 0.0058], [0.4309, -0.5378], [0.6157, 0.7526]]", lines[7], StringComparison.Ordinal);
    }

    [Fact]
    public void The_restaurant_brings_bokkeumbap()
    {
        string output = string.Join('\n', runs.Full("Restaurant").Lines);

        Assert.Contains("today jjajang\n  in 1 day  [0, 1, 0]  jjamppong", output, StringComparison.Ordinal);
        Assert.Contains("  in 2 days [0, 0, 1]  bokkeumbap", output, StringComparison.Ordinal);
    }

    [Fact]
    public void Completions_are_those_of_an_exhaustive_search() =>
        Assert.Contains("Two more letters: the beam finds what an exhaustive search finds.", runs.Full("Complete").Lines);

    [Fact]
    public void Music_is_a_MIDI_file()
    {
        byte[] file = File.ReadAllBytes(Path.Combine(runs.Quick("Music").Folder, "music.mid"));

        Assert.Equal([.. "MThd"u8, 0, 0, 0, 6, 0, 0, 0, 1, 1, 0xE0, .. "MTrk"u8], file[..18]);
        int length = (file[18] << 24) | (file[19] << 16) | (file[20] << 8) | file[21];
        Assert.Equal(file.Length, 22 + length);
        Assert.Equal([0, 0xFF, 0x2F, 0], file[^4..]);
    }

    [Fact]
    public void Pen_finishes_what_was_begun()
    {
        XDocument sheet = XDocument.Load(Path.Combine(runs.Quick("Pen").Folder, "pen.svg"));
        ILookup<string, string> strokes = sheet.Descendants().Where(element => element.Name.LocalName == "polyline")
            .ToLookup(line => line.Attribute("stroke")!.Value, line => line.Attribute("points")!.Value);

        // What was given is black, and lies on what was drawn, which is blue.
        Assert.True(strokes["#222"].Count() >= 6);
        Assert.All(strokes["#222"], given => Assert.Contains(strokes["#1f77b4"], drawn => drawn.StartsWith(given, StringComparison.Ordinal)));
    }

    [Fact]
    public void Dances_are_animated()
    {
        string[][] animations = Animations(runs.Quick("Dance"));

        Assert.Equal(8, animations.Length);
        Assert.All(animations, values => Assert.Equal(193, values.Length));
        Assert.All(animations.SelectMany(values => values), value => Assert.Matches(@"^(M-?[\d.]+ -?[\d.]+(L-?[\d.]+ -?[\d.]+)+)+$", value));
    }

    [Fact]
    public void Gaps_cost_Power_a_tenth_at_most()
    {
        LongTests.SkipUnlessAllAreAskedFor();
        Match gaps = Regex.Match(string.Join('\n', runs.Full("Power").Lines), @"\nloss [\d.]+; with 30 % of the inputs removed [\d.]+ \(([+-][\d.]+) %\)\n");

        Assert.InRange(double.Parse(gaps.Groups[1].Value, CultureInfo.InvariantCulture), -10, 10);
    }

    [Fact]
    public void Power_reads_files()
    {
        string file = Path.Combine(runs.Folder, "readings.csv");
        IEnumerable<string> rows = Enumerable.Range(0, 17 * 30 * 24).Select(hour => string.Create(
            CultureInfo.InvariantCulture,
            $"{new DateTime(2016, 7, 1).AddHours(hour):yyyy-MM-dd HH:mm:ss},{(hour % 50 == 7 ? "" : hour % 24)},{hour % 7}.5,3e1,{hour % 168},-1,{hour % 5},{-hour}"));
        File.WriteAllLines(file, rows.Prepend("date,HUFL,HULL,MUFL,MULL,LUFL,LULL,OT"));

        (int code, string output, string errors) = Sample.Run("Power", runs.Folder, "--quick", "--csv", file);

        Assert.True(code == 0, errors);
        Assert.Matches(@"\nHUFL: mean squared error [\d.]+, seasonal naive 0\.000, coverage ", output);
    }

    /// <summary>Measured in the picture itself, which is rounded to a tenth of a pixel.</summary>
    [Fact]
    public void Drawn_limbs_keep_their_lengths()
    {
        LongTests.SkipUnlessAllAreAskedFor();
        double[] lengths = [50, 20, 28, 29, 29, 28, 42, 42, 42, 42];

        IEnumerable<string> bodies = Animations(runs.Full("Dance")).SelectMany(values => values).Where(value => value.Count(c => c == 'M') == 3);
        double[] errors = [.. bodies.SelectMany(body => Lines(body).Zip(lengths, (line, length) => Math.Abs((line / length) - 1))).Order()];

        Assert.Equal(4 * 193 * lengths.Length, errors.Length);
        Assert.InRange(errors[errors.Length * 95 / 100], 0, 0.025);

        // The lengths of the lines of "M0 0L3 4M..." in the order in which they are drawn.
        static IEnumerable<double> Lines(string path) => path.Split('M', StringSplitOptions.RemoveEmptyEntries).SelectMany(chain =>
        {
            double[][] points = [.. chain.Split('L').Select(point => (double[])[.. point.Split(' ').Select(number => double.Parse(number, CultureInfo.InvariantCulture))])];
            return points.Zip(points.Skip(1), (a, b) => Math.Sqrt(Math.Pow(a[0] - b[0], 2) + Math.Pow(a[1] - b[1], 2)));
        });
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void It_is_described_and_linked(string name)
    {
        string folder = Path.Combine(Sample.Root(), "samples");

        Assert.Contains($"dotnet run -c Release --project samples/{name}", File.ReadAllText(Path.Combine(folder, name, "README.md")), StringComparison.Ordinal);
        Assert.True(File.Exists(Path.Combine(folder, name, name.ToLowerInvariant() + ".svg")));
        Assert.Contains($"[{name}]({name})", File.ReadAllText(Path.Combine(folder, "README.md")), StringComparison.Ordinal);
        Assert.Contains($"(samples/{name})", File.ReadAllText(Path.Combine(Sample.Root(), "README.md")), StringComparison.Ordinal);
    }

    [Fact]
    public void An_argument_that_no_sample_knows_is_refused()
    {
        (int code, _, string errors) = Sample.Run("Restaurant", runs.Folder, "--slow");

        Assert.Equal(1, code);
        Assert.Contains("--slow", errors, StringComparison.Ordinal);
    }

    private static string[][] Animations(SampleRun dance) =>
    [
        .. XDocument.Load(Path.Combine(dance.Folder, "dance.svg")).Descendants().Where(e => e.Name.LocalName == "animate").Select(e => e.Attribute("values")!.Value.Split(';')),
    ];
}
