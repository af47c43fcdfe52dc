using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;
using RnnGen.Generator.Weights;

namespace RnnGen.Generator.Tests.Infrastructure;

/// <summary>The description of a weights file, as the build task writes it.</summary>
internal sealed class WeightsText(string name, string header) : AdditionalText
{
    /// <summary>The header of a file for <see cref="Models.Amp"/>.</summary>
    public const string Amp = """
        {"__metadata__":{"rnngen.model":"Amp"},
        "Lstm.weight_ih_l0":{"dtype":"F32","shape":[80,1],"data_offsets":[0,320]},
        "Lstm.weight_hh_l0":{"dtype":"F32","shape":[80,20],"data_offsets":[320,6720]},
        "Lstm.bias_ih_l0":{"dtype":"F32","shape":[80],"data_offsets":[6720,7040]},
        "Lstm.bias_hh_l0":{"dtype":"F32","shape":[80],"data_offsets":[7040,7360]},
        "Linear.weight":{"dtype":"F32","shape":[1,20],"data_offsets":[7360,7440]},
        "Linear.bias":{"dtype":"F32","shape":[1],"data_offsets":[7440,7444]}}
        """;

    public bool IsEmbedded { get; init; }

    public string Hash { get; init; } = "0123";

    public override string Path => "/obj/" + name + WeightsFile.Extension;

    public override SourceText GetText(CancellationToken cancellationToken = default) =>
        SourceText.From($"{name}\n{(IsEmbedded ? "embed" : "")}\n{Hash}\n7444\n{header}");
}
