using RnnGen.Generator.Cells;
using RnnGen.Generator.Model;
using RnnGen.Generator.Planning;

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
        if (_spec.DocumentClass)
        {
            writer.Line($"/// <summary>{ModelText.Summary(model)}</summary>");
        }

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
        foreach (LayerPlan layer in model.Layers)
        {
            writer.Line($"//     {layer.Name}: {layer.Cell.Name}, {layer.Spec.InputSize} -> {layer.Spec.Size}, {Literals.Grouped(layer.ParameterCount)} parameters");
        }

        writer.Line("//");
        writer.Line("// The kernels are in the files of the layers, with their equations.");
    }

    private void WriteSizes(SourceWriter writer)
    {
        string input = _spec.Tokens ? "Size of the vocabulary: tokens are integers in 0 .. InputSize - 1." : "Numbers that go in per step.";
        writer.Line($$"""
            /// <summary>{{input}}</summary>
            public const int InputSize = {{Literals.Integer(_spec.InputSize)}};

            /// <summary>Numbers that come out per step{{(model.Outputs.Count > 1 ? ", of all heads together" : "")}}.</summary>
            public const int OutputSize = {{Literals.Integer(model.OutputSize)}};
            {{string.Concat(model.Outputs.Where(_ => model.Outputs.Count > 1).Select(o => $"\n/// <summary>Numbers that come out of {o.Head!.Name}.</summary>\npublic const int {new HeadNames(o.Head.Name).Size} = {Literals.Integer(o.Node.Size)};\n"))}}
            /// <summary>The longest window, in steps, that Forward and Backward take in one call.</summary>
            public const int SequenceLength = {{Literals.Integer(_spec.SequenceLength)}};

            /// <summary>Number of trained numbers.</summary>
            public const long ParameterCount = {{Literals.Integer(model.ParameterCount)}};

            private readonly global::RnnGen.CompilerServices.ModelWeights _weights;
            """);
        writer.Line();
    }

    private void WriteConstruction(SourceWriter writer)
    {
        writer.Line($$"""
            /// <summary>An untrained model, with PyTorch's default distributions.</summary>
            /// <param name="seed">The same seed gives the same weights on every machine.</param>
            public {{Name}}(int seed)
            {
                _weights = BuildWeights();
                _weights.Initialize(seed);
            }
            """);
        writer.Line();
        writer.Line("// For models that are loaded, cloned or created by code that does not know their class.");
        if (_spec.Target.HasRequiredMembers)
        {
            // They have no initializer to set required members in.
            writer.Line("#pragma warning disable CS8618");
            writer.Line("[global::System.Diagnostics.CodeAnalysis.SetsRequiredMembers]");
        }

        writer.Line($$"""
            private {{Name}}(global::RnnGen.CompilerServices.ModelWeights weights)
            {
                _weights = weights;
            }
            """);
        if (_spec.Target.HasRequiredMembers)
        {
            writer.Line("#pragma warning restore CS8618");
        }

        writer.Line();
    }

    private void WriteLayers(SourceWriter writer)
    {
        writer.Line("""
            /// <summary>The layers in the order in which data flows through them.</summary>
            public global::System.Collections.Generic.IReadOnlyList<global::RnnGen.Layer> Layers => _weights.Layers;

            /// <summary>The weights, packed as the kernels need them; <see cref="Layers"/> gives them tensor by tensor.</summary>
            public global::System.ReadOnlySpan<float> Parameters => _weights.Values;

            /// <summary>
            /// Texts that travel in the checkpoint: labels, an alphabet, thresholds. Keys that begin with <c>rnngen.</c> are the library's own
            /// and are not kept.
            /// </summary>
            public global::System.Collections.Generic.IDictionary<string, string> Metadata => _weights.Metadata;
            """);
        writer.Line();
        for (int k = 0; k < _spec.Layers.Count; k++)
        {
            if (_spec.Layers[k].Property is not PropertySpec property)
            {
                continue;
            }

            LayerPlan[] layer = [.. model.Layers.Where(l => l.Spec.Name == _spec.Layers[k].Name)];

            if (property.Document)
            {
                writer.Line($"/// <summary>{ModelText.Describe(layer)}</summary>");
            }

            writer.Line($"{property.Modifiers} global::RnnGen.Layer {property.Identifier} => _weights.Layers[{Literals.Integer(k)}];");
            writer.Line();
        }
    }
}
