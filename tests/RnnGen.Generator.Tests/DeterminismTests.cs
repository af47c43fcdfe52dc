using System.Globalization;
using RnnGen.Generator.Tests.Infrastructure;

namespace RnnGen.Generator.Tests;

/// <summary>The same source gives the same bytes, in every run and on every machine.</summary>
public class DeterminismTests
{
    private const string Wrong = "using RnnGen; [RnnModel(-1, 50_000_000)] partial class Wrong { [Gru(-7)] public partial Layer Iıİi { get; } }";

    private const string TooLarge = "using RnnGen; [RnnModel(100_000, 50_000_000), Lstm(123_456)] partial class TooLarge;";

    private static readonly string[] Sources = [Models.Hello, Models.Amp, Models.Stack, Models.Everything, Wrong, TooLarge];

    /// <summary><see cref="CorpusTests"/> shows that other processes, whose strings have other hash codes, agree.</summary>
    [Fact]
    public async Task Runs_at_the_same_time_agree()
    {
        string[] texts = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => Generate())));

        Assert.All(texts, text => Assert.Equal(texts[0], text));
    }

    [Theory]
    [InlineData("tr-TR")]
    [InlineData("de-DE")]
    [InlineData("ar-SA")]
    [InlineData("sv-SE")]
    public void The_culture_does_not_matter(string name)
    {
        string expected = WithCulture(CultureInfo.InvariantCulture);
        var culture = (CultureInfo)CultureInfo.GetCultureInfo(name).Clone();
        if (name == "sv-SE")
        {
            // A real minus sign, whatever the machine's tables say.
            culture.NumberFormat.NegativeSign = "\u2212";
        }

        Assert.Equal(expected, WithCulture(culture));
    }

    [Fact]
    public void The_order_of_files_does_not_matter()
    {
        string Sorted(IEnumerable<string> sources) =>
            string.Join("\n", GeneratorRun.Of([.. sources]).Files.OrderBy(file => file.Key, StringComparer.Ordinal));

        Assert.Equal(Sorted(Sources), Sorted(Sources.Reverse()));
    }

    [Fact]
    public void Lines_end_the_same_everywhere()
    {
        Assert.DoesNotContain('\r', Generate());
        Assert.Equal(Generate(), Generate(Sources.Select(source => source.Replace("\n", "\r\n", StringComparison.Ordinal))));
    }

    private static string Generate(IEnumerable<string>? sources = null) =>
        string.Join("\n", GeneratorRun.Of([.. sources ?? Sources]).Files.Select(file => $"=== {file.Key}\n{file.Value}"));

    private static string WithCulture(CultureInfo culture)
    {
        CultureInfo before = CultureInfo.CurrentCulture;
        CultureInfo beforeUI = CultureInfo.CurrentUICulture;
        try
        {
            CultureInfo.CurrentCulture = culture;
            CultureInfo.CurrentUICulture = culture;
            return Generate();
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
            CultureInfo.CurrentUICulture = beforeUI;
        }
    }
}
