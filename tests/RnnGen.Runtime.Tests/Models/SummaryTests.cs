using System.Globalization;
using System.Text.RegularExpressions;
using RnnGen.Tests.States;

namespace RnnGen.Tests.Models;

[RnnModel(inputSize: 50, sequenceLength: 6)]
internal sealed partial class SummedWords
{
    [Embedding(8)]
    public partial Layer Words { get; }

    [Dropout(0.1)]
    public partial Layer Some { get; }

    [Lstm(12, ProjectionSize = 8, Peepholes = true, Layers = 2)]
    public partial Layer Memory { get; }

    [LayerNorm]
    public partial Layer Even { get; }

    [Softmax(50, Tied = nameof(Words))]
    public partial Layer Next { get; }
}

[RnnModel(inputSize: 400, sequenceLength: 6), Gru(600, Direction = Direction.Bidirectional), Linear(1)]
internal sealed partial class SummedWide;

public partial class SummaryTests
{
    [Fact]
    public void Layers_with_parameters_multiply_adds_and_shapes()
    {
        var model = new TokenRnn(seed: 1);
        model.Next.Frozen = true;

        Assert.Equal(
            """
            TokenRnn: 5 -> 4, windows of up to 6 steps

              layer   kind       parameters  multiply-adds  shapes
              Hidden  [Rnn]             170            100  weight_ih_l0 [10, 5], weight_hh_l0 [10, 10], bias_ih_l0 [10], bias_hh_l0 [10]
              Next    [Softmax]          44             40  weight [4, 10], bias [4] (frozen)
                                        214            140

            weights: 2,048 bytes as a step reads them, which fit a typical L1 cache (32 KB)
            """.ReplaceLineEndings("\n"),
            model.Summary());
        Assert.Equal("Hidden.weight_hh_l0 [10, 10]", model.Hidden["weight_hh_l0"].ToString());
    }

    /// <summary>The sums are those in the headers of the generated files, which count the products of the kernels.</summary>
    [Fact]
    public void Multiply_adds_are_those_of_the_kernels()
    {
        // Two levels: 4 gates x 12 units x (8 inputs + 8 states), and 8 x 12 for the projection; the head reads the table.
        Assert.EndsWith("  2,128", Sums(new SummedWords(seed: 1)), StringComparison.Ordinal);

        // Two directions: 3 gates x 600 units x (400 inputs + 600 states).
        Assert.EndsWith("  3,601,200", Sums(new SummedWide(seed: 1)), StringComparison.Ordinal);

        // Two levels of two directions, then a GRU.
        Assert.EndsWith("  872", Sums(new Levels(seed: 1)), StringComparison.Ordinal);

        static string Sums(IRnnModel model) => model.Summary().Split('\n').Single(line => line.StartsWith("     ", StringComparison.Ordinal));
    }

    [Fact]
    public void Large_weights_are_read_from_memory() =>
        Assert.EndsWith("which do not fit a typical cache: every step reads them from memory", new SummedWide(seed: 1).Summary(), StringComparison.Ordinal);

    [Fact]
    public void A_step_is_measured_on_demand()
    {
        foreach (IRnnModel model in (IRnnModel[])[new TokenRnn(seed: 1), new ShortLstm(seed: 1), new Levels(seed: 1)])
        {
            Assert.DoesNotContain("this machine", model.Summary(), StringComparison.Ordinal);
            Assert.Matches(StepTime(), model.Summary(measure: true));
        }
    }

    [Fact]
    public void The_culture_changes_nothing()
    {
        CultureInfo before = CultureInfo.CurrentCulture;
        string expected = new SummedWide(seed: 1).Summary();
        try
        {
            CultureInfo.CurrentCulture = new CultureInfo("de-DE");
            Assert.Equal(expected, new SummedWide(seed: 1).Summary());
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [GeneratedRegex(@"\nstep: [\d,]+ ns on this machine$")]
    private static partial Regex StepTime();
}
