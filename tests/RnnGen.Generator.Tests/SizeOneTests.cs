using Microsoft.CodeAnalysis;
using RnnGen.Generator.Tests.Infrastructure;

namespace RnnGen.Generator.Tests;

/// <summary>One number is a vector of one, and not a constant that goes with every element: layers of size 1 compile like any other.</summary>
public class SizeOneTests
{
    [Theory]
    [InlineData("Rnn(1)")]
    [InlineData("Gru(1, LinearBeforeReset = false)")]
    [InlineData("Lstm(1, Peepholes = true, LayerNorm = true)")]
    [InlineData("Lstm(4, ProjectionSize = 1)")]
    [InlineData("Lstm(40, ProjectionSize = 1, Zoneout = 0.1, ZoneoutCell = 0.5, LearnInitialState = true)")]
    [InlineData("Lstm(2, ProjectionSize = 1, LayerNorm = true, Layers = 2, Residual = true, Direction = Direction.Bidirectional, Merge = Merge.Sum)")]
    [InlineData("Dense(1, Residual = true)")]
    [InlineData("LayerNorm")]
    [InlineData("Activation(Activation.Affine, Alpha = 0)")]
    public void Compiles(string layer)
    {
        GeneratorRun run = GeneratorRun.Of($$"""
            using RnnGen;
            [RnnModel(1, 20)] internal partial class Amp { [{{layer}}] public partial Layer Low { get; } [Linear(1)] public partial Layer Out { get; } }
            """);

        string problems = string.Join("\n", run.Compilation.GetDiagnostics().Where(d => d.Severity != DiagnosticSeverity.Hidden).Take(8));
        Assert.True(problems.Length == 0, problems);
    }
}
