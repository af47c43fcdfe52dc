using BenchmarkDotNet.Attributes;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;
using RnnGen.Generator;

namespace RnnGen.Benchmarks;

/// <summary>The generator on a model with a weights file of 20 MB and without, in a project with a second such file and one other source file.</summary>
[MemoryDiagnoser]
public class WeightsFileBenchmarks
{
    private static readonly Description Second = new("second.safetensors", hash: "1");

    private readonly Description _file = new("model.safetensors", hash: "1");
    private readonly Description _editedFile = new("model.safetensors", hash: "2");
    private readonly Description _editedSecond = new("second.safetensors", hash: "2");

    private CSharpCompilation _editedElsewhere = null!;
    private CSharpCompilation _compilation = null!;
    private GeneratorDriver _without = null!;
    private GeneratorDriver _with = null!;
    private CSharpCompilation _editedElsewhereWithout = null!;

    [GlobalSetup]
    public void Setup()
    {
        (_, _editedElsewhereWithout, _without) = Run("");
        (_compilation, _editedElsewhere, _with) = Run(", WeightsFile = \"model.safetensors\"");

        // Else the first to be measured would be compiled for itself alone.
        for (int k = 0; k < 5000; k++)
        {
            EditedElsewhereWithoutFile();
            EditedElsewhere();
        }
    }

    /// <summary>A keystroke in another source file; the model has no weights file.</summary>
    [Benchmark(Baseline = true)]
    public GeneratorDriver EditedElsewhereWithoutFile() => _without.RunGenerators(_editedElsewhereWithout);

    /// <summary>A keystroke in another source file.</summary>
    [Benchmark]
    public GeneratorDriver EditedElsewhere() => _with.RunGenerators(_editedElsewhere);

    /// <summary>The file of another model has changed.</summary>
    [Benchmark]
    public GeneratorDriver SecondFileEdited() => _with.ReplaceAdditionalText(Second, _editedSecond).RunGenerators(_compilation);

    /// <summary>The file has changed.</summary>
    [Benchmark]
    public GeneratorDriver FileEdited() => _with.ReplaceAdditionalText(_file, _editedFile).RunGenerators(_compilation);

    private (CSharpCompilation Compilation, CSharpCompilation EditedElsewhere, GeneratorDriver Driver) Run(string option)
    {
        string model = $"using RnnGen; [RnnModel(inputSize: 40, sequenceLength: 100{option}), Lstm(1100), Linear(2)] public sealed partial class Model;";
        CSharpCompilation compilation = BenchmarkedProject.Create(model);
        GeneratorDriver driver = CSharpGeneratorDriver.Create(new RnnModelGenerator()).AddAdditionalTexts([_file, Second]).RunGenerators(compilation);
        return driver.GetRunResult().GeneratedTrees.Any(tree => tree.ToString().Contains("#error", StringComparison.Ordinal))
            ? throw new InvalidOperationException("The file does not fit.")
            : (compilation, BenchmarkedProject.EditedElsewhere(compilation), driver);
    }

    /// <summary>What the build task writes about a file of 5,027,002 floats.</summary>
    private sealed class Description(string name, string hash) : AdditionalText
    {
        private readonly SourceText _text = SourceText.From(string.Join('\n', name, "", hash, "20108008", """
            {"Lstm.weight_ih_l0":{"dtype":"F32","shape":[4400,40],"data_offsets":[0,704000]},
            "Lstm.weight_hh_l0":{"dtype":"F32","shape":[4400,1100],"data_offsets":[704000,20064000]},
            "Lstm.bias_ih_l0":{"dtype":"F32","shape":[4400],"data_offsets":[20064000,20081600]},
            "Lstm.bias_hh_l0":{"dtype":"F32","shape":[4400],"data_offsets":[20081600,20099200]},
            "Linear.weight":{"dtype":"F32","shape":[2,1100],"data_offsets":[20099200,20108000]},
            "Linear.bias":{"dtype":"F32","shape":[2],"data_offsets":[20108000,20108008]}}
            """));

        public override string Path => name + ".rnnweights";

        public override SourceText GetText(CancellationToken cancellationToken = default) => _text;
    }
}
