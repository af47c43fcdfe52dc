using BenchmarkDotNet.Attributes;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using RnnGen.Generator;

namespace RnnGen.Benchmarks;

/// <summary>The generator itself, on a project with one model and one other file.</summary>
[MemoryDiagnoser]
public class GeneratorBenchmarks
{
    private CSharpCompilation _compilation = null!;
    private CSharpCompilation _editedModel = null!;
    private CSharpCompilation _editedElsewhere = null!;
    private GeneratorDriver _driver = null!;

    [Params("Rnn(64)", "Lstm(64)", "Gru(64)")]
    public string Layer { get; set; } = "";

    [GlobalSetup]
    public void Setup()
    {
        _compilation = BenchmarkedProject.Create(Model(40));
        _editedModel = BenchmarkedProject.WithModel(_compilation, Model(41));
        _editedElsewhere = BenchmarkedProject.EditedElsewhere(_compilation);
        _driver = NewDriver().RunGenerators(_compilation);
    }

    /// <summary>The first run in a project.</summary>
    [Benchmark]
    public GeneratorDriver Cold() => NewDriver().RunGenerators(_compilation);

    /// <summary>A size has changed.</summary>
    [Benchmark]
    public GeneratorDriver ModelEdited() => _driver.RunGenerators(_editedModel);

    /// <summary>Another file has changed: what a keystroke costs.</summary>
    [Benchmark]
    public GeneratorDriver EditedElsewhere() => _driver.RunGenerators(_editedElsewhere);

    private static GeneratorDriver NewDriver() => CSharpGeneratorDriver.Create(new RnnModelGenerator());

    private string Model(int inputs) => $"using RnnGen; [RnnModel(inputSize: {inputs}, sequenceLength: 100), {Layer}, Linear(2)] public sealed partial class Model;";
}
