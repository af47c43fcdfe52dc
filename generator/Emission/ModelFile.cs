using RnnGen.Generator.Cells;
using RnnGen.Generator.Model;
using RnnGen.Generator.Planning;
using RnnGen.Generator.Printing.Kernels;
using RnnGen.Generator.Weights;

namespace RnnGen.Generator.Emission;

/// <summary>The main file of a model: sizes, constructors, layers, and the verbs that check their arguments and run the layers.</summary>
internal sealed class ModelFile(ModelPlan model)
{
    private readonly ModelSpec _spec = model.Spec;

    private string Name => _spec.Target.Name;

    private string Self => _spec.Target.Self;

    private string PlainName => Name.TrimStart('@');

    public string Write() => FileFrame.Write(_spec.Target, WriteHeader, writer =>
    {
        IEnumerable<LayerPlan> undocumented = model.Layers.Where(l => l.Spec.Property is not { Document: true });
        writer.Lines(_spec.DocumentClass ? [$"/// <summary>{ModelText.Summary(model)}</summary>", .. Remarks(undocumented)] : []);
        writer.Line($"[global::System.CodeDom.Compiler.GeneratedCode(\"RnnGen\", \"{ModelText.Version}\")]");
        var interfaces = new InterfaceWriter(writer, model);
        using (writer.Open($"partial class {Name} : {interfaces.List}"))
        {
            WriteSizes(writer);
            WriteConstruction(writer);
            WriteLayers(writer);
            new VerbWriter(writer, model).Write();
            new MemoryWriter(writer, model).Write();
            if (model.Outputs.Count > 1)
            {
                new SeveralHeadsWriter(writer, model).Write();
            }

            new TrainerWriter(writer, model).Write();
            interfaces.Write();
            if (!model.NeedsWholeWindow)
            {
                new StepWriter(writer, model).Write();
            }

            new LayoutWriter(writer, model).Write();
        }
    });

    private void WriteHeader(SourceWriter writer)
    {
        writer.Line($"// {PlainName}: {ModelText.Summary(model)}");
        writer.Line($"// {Literals.Grouped(model.ParameterCount)} parameters, {Literals.Grouped(model.MultiplyAdds)} multiply-adds per step.");
        writer.Line("//");
        writer.Lines(model.Layers.Select(
            l => $"//     {l.Name}: {l.Cell.Name}, {l.Spec.InputSize} -> {l.Spec.Size}, {Literals.Grouped(l.ParameterCount)} parameters"));
        writer.Line("//");
        writer.Lines(_spec.Weights is WeightsSpec weights ? [$"// Checked against {weights.File}, SHA-256 {weights.Hash}.", "//"] : []);
        writer.Line("// The kernels and their equations are in the files of the layers.");
    }

    private void WriteSizes(SourceWriter writer)
    {
        string input = _spec.Tokens ? "Size of the vocabulary: tokens are integers in 0 .. InputSize - 1." : "Number of inputs per step.";
        writer.Line($$"""
            /// <summary>{{input}}</summary>
            public const int InputSize = {{Literals.Integer(_spec.InputSize)}};

            /// <summary>Number of outputs per step{{(model.Outputs.Count > 1 ? ", of all heads together" : "")}}.</summary>
            public const int OutputSize = {{Literals.Integer(model.OutputSize)}};
            {{string.Concat(model.Outputs.Where(_ => model.Outputs.Count > 1).Select(o => $"\n/// <summary>Number of outputs of {o.Head!.Name}.</summary>\npublic const int {HeadNames.Of(o.Head.Name).Size} = {Literals.Integer(o.Node.Size)};\n"))}}
            /// <summary>The longest window of Forward and Backward, in steps.</summary>
            public const int SequenceLength = {{Literals.Integer(_spec.SequenceLength)}};

            /// <summary>Number of trained parameters.</summary>
            public const long ParameterCount = {{Literals.Integer(model.ParameterCount)}};

            private readonly global::RnnGen.CompilerServices.ModelWeights _weights;

            """);
    }

    private void WriteConstruction(SourceWriter writer)
    {
        writer.Lines(_spec.Weights is not { Embed: true, File: string file } ? [] : [$$"""
            /// <summary>Creates the model with the weights that are a resource of its assembly.</summary>
            public {{Name}}()
            {
                _weights = BuildWeights();
                _weights.LoadResource(typeof({{Self}}).Assembly, {{Literals.Text(WeightsFile.Resource(file))}});
            }

            """]);
        writer.Line($$"""
            /// <summary>Creates an untrained model, initialized from PyTorch's default distributions.</summary>
            /// <param name="seed">The same seed gives the same weights on every machine.</param>
            public {{Name}}(int seed)
            {
                _weights = BuildWeights();
                _weights.Initialize(seed);
            }

            // For Load, Clone and IRnnModelFactory.
            """);
        string constructor = $$"""
            private {{Name}}(global::RnnGen.CompilerServices.ModelWeights weights)
            {
                _weights = weights;
            }
            """;
        // Load and Clone have no initializer to set required members in.
        writer.Lines(!_spec.Target.HasRequiredMembers
            ? [constructor, ""]
            :
            [
                "#pragma warning disable CS8618", "[global::System.Diagnostics.CodeAnalysis.SetsRequiredMembers]",
                constructor,
                "#pragma warning restore CS8618", "",
            ]);
    }

    private void WriteLayers(SourceWriter writer)
    {
        writer.Line("""
            /// <inheritdoc cref="global::RnnGen.IRnnModel.Layers"/>
            public global::System.Collections.Generic.IReadOnlyList<global::RnnGen.Layer> Layers => _weights.Layers;

            /// <inheritdoc cref="global::RnnGen.IRnnModel.Parameters"/>
            public global::System.ReadOnlySpan<float> Parameters => _weights.Values;

            /// <inheritdoc cref="global::RnnGen.IRnnModel.Metadata"/>
            public global::System.Collections.Generic.IDictionary<string, string> Metadata => _weights.Metadata;

            """);
        for (int k = 0; k < _spec.Layers.Count; k++)
        {
            if (_spec.Layers[k].Property is PropertySpec property)
            {
                LayerPlan[] layer = [.. model.Layers.Where(l => l.Spec.Name == _spec.Layers[k].Name)];
                writer.Lines(property.Document ? [$"/// <summary>{ModelText.Describe(layer)}</summary>", .. Remarks(layer)] : []);
                writer.Line($"{property.Modifiers} global::RnnGen.Layer {property.Identifier} => _weights.Layers[{Literals.Integer(k)}];\n");
            }
        }
    }

    /// <summary>The equations of some layers for readers who point at their names. Levels and directions of a layer have the same ones.</summary>
    private static IEnumerable<string> Remarks(IEnumerable<LayerPlan> layers)
    {
        string[] lines = [.. layers.GroupBy(l => l.Spec.Name).SelectMany(parts => Describe(parts.First()))];
        return lines.Length == 0 ? [] : ["/// <remarks>", .. lines, "/// </remarks>"];

        static IEnumerable<string> Describe(LayerPlan layer) =>
        [
            $"/// <para>{layer.Spec.Name}, forward{(layer.Cell.States.Count > 0 ? " (a prime marks the next state)" : "")}:</para>",
            .. Code(layer.Cell),
            .. layer.Backward.Stages.Count > 0 ? ["/// <para>Backward:</para>", .. Code(layer.Adjoint.Cell)] : new string[0],
        ];

        static IEnumerable<string> Code(Cell cell) => ["/// <code>", .. Equations.Of(cell).Select(equation => $"/// {equation}"), "/// </code>"];
    }
}
