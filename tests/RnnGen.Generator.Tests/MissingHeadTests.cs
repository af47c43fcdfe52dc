using Microsoft.CodeAnalysis;
using RnnGen.Generator.Tests.Infrastructure;

namespace RnnGen.Generator.Tests;

/// <summary>Training on targets with a model that has no head is one error, which says what to add.</summary>
public class MissingHeadTests
{
    [Theory]
    [InlineData("[RnnModel(2, 8), Lstm(4)]", "trainer.Train(new float[4], new float[8])")]
    [InlineData("[RnnModel(2, 8), Lstm(4)]", "trainer.Train([1, 2], [1])")]
    [InlineData("[RnnModel(2, 8), Lstm(4)]", "trainer.Train([1f, 2f], [0.5f])")]
    [InlineData("[RnnModel(2, 8, BatchSize = 4), Lstm(4)]", "trainer.Train(new float[4], new int[2])")]
    [InlineData("[RnnModel(2, 8, Tokens = true), Gru(4)]", "trainer.Train([0, 1], [1, 0])")]
    [InlineData("[RnnModel(2, 8), Lstm(4)]", "trainer.Fit(new Sequences<float, float>([], []), null, new FitOptions { Updates = 1 })")]
    [InlineData("[RnnModel(2, 8), Lstm(4)]", "trainer.Fit(new Sequences<float, int>([], []))")]
    public void It_is_one_error_with_the_cure(string attributes, string call)
    {
        Diagnostic error = Assert.Single(Errors(attributes, $"var result = {call};"));

        Assert.Equal("CS0619", error.Id);
        Assert.Contains("such as [Linear(n)]", error.GetMessage(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_loss_of_ones_own_needs_no_head() => Assert.Empty(Errors(
        "[RnnModel(2, 8), Lstm(4)]",
        "trainer.Model.Forward(trainer.Model.CreateState(), [1, 2], trainer.Tape); trainer.Model.Backward(trainer.Tape, new float[4], null); trainer.Update();"));

    [Fact]
    public void With_a_head_it_is_no_error() => Assert.Empty(Errors("[RnnModel(2, 8), Lstm(4), Linear(1)]", "trainer.Train([1, 2], [1]);"));

    private static IEnumerable<Diagnostic> Errors(string attributes, string call) => GeneratorRun.Of(
        $"using RnnGen; {attributes} partial class Amp;",
        $$"""using RnnGen; internal static class Program { internal static void Run(Amp.Trainer trainer) { {{call}} } }""")
        .Compilation.GetDiagnostics().Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error);
}
