using RnnGen.Generator.Model;
using RnnGen.Generator.Planning;

namespace RnnGen.Generator.Emission;

/// <summary>Prints the calls of places where several nodes meet.</summary>
internal sealed class JoinWriter(SourceWriter writer)
{
    private const string Rows = "global::RnnGen.CompilerServices.JoinRows";

    private const string Unsafe = "global::System.Runtime.CompilerServices.Unsafe";

    /// <summary>All rows of a window.</summary>
    public void WriteForward(JoinPlan join)
    {
        writer.Line("// " + Describe(join));
        Write(join, source => Reference("memory", Start(join.Sources[source])), k => join.Sources[k].OutputStride, column => Reference("memory", Literals.Integer(join.TapeOutputs + column)), join.OutputStride, Count(join));
    }

    /// <summary>All rows of a window through dropout; nothing is dropped where nothing is recorded.</summary>
    public void WriteForward(DropoutPlan dropout, bool isRecorded)
    {
        string count = Count(dropout);
        string to = Reference("memory", Literals.Integer(dropout.TapeOutputs));
        writer.Line($"// {dropout.Spec.Name}: dropout");
        writer.Line($"{Rows}.Copy({Reference("memory", Start(dropout.Source))}, {dropout.Source.OutputStride}, {to}, {dropout.OutputStride}, {dropout.Size}, {count}, 1f);");
        if (isRecorded)
        {
            string masks = dropout.Spec.Variational ? "1" : count;
            writer.Line($"tape.Drop({Literals.Integer(dropout.Masks)}, {dropout.MaskStride}, {dropout.Size}, {masks}, {Literals.Float(dropout.Spec.Rate)});");
            writer.Line($"{Rows}.Multiply({Reference("memory", Literals.Integer(dropout.Masks))}, {dropout.MaskStride}, {to}, {dropout.OutputStride}, {dropout.Size}, {count});");
        }
    }

    /// <summary>A row once for every step.</summary>
    public void WriteRepeat(int start, int stride, int size)
    {
        string row = Reference("memory", Literals.Integer(start));
        writer.Line($"{Rows}.Copy({row}, 0, {row}, {stride}, {size}, steps, 1f);");
    }

    /// <summary>What a window that started from learned states adds to their gradients.</summary>
    public void WriteAddInitial(LayerPlan layer, Func<int, string> stateGradients)
    {
        for (int k = 0; k < layer.Cell.States.Count; k++)
        {
            // Without the padding, which optimizers go through.
            int offset = layer.States.Offsets[k];
            string target = Reference("gradients", Literals.Integer(layer.InitialStates!.Value + offset));
            writer.Line($"{Rows}.Add({Reference("memory", stateGradients(offset))}, 0, {target}, 0, {Literals.Integer(layer.Cell.States[k].Size)}, 1, 1f);");
        }
    }

    /// <summary>What was dropped has no gradient.</summary>
    public void WriteBackward(DropoutPlan dropout)
    {
        NodePlan source = dropout.Source;
        writer.Line($"// {dropout.Spec.Name}: dropout");
        writer.Line($"{Rows}.AddProduct({Reference("memory", Literals.Integer(dropout.TapeOutputGradients))}, {dropout.OutputGradientStride}, {Reference("memory", Literals.Integer(dropout.Masks))}, {dropout.MaskStride}, {Reference("memory", GradientStart(source))}, {source.OutputGradientStride}, {source.Size}, {Count(dropout)});");
    }

    /// <summary>One step of a stream.</summary>
    public void WriteStep(JoinPlan join, Func<Operand, string> place)
    {
        writer.Line("// " + Describe(join));
        Write(join, source => place(join.Sources[source].StepOutput), _ => 0, column => place(new Operand(join.StepOutput.Region, join.StepOutput.Offset + column)), 0, "1");
    }

    /// <summary>From the gradients of the rows to those of the sources, which are sums.</summary>
    public void WriteBackward(JoinPlan join)
    {
        writer.Line("// " + Describe(join));
        for (int k = 0; k < join.Sources.Count; k++)
        {
            NodePlan source = join.Sources[k];
            string from = Reference("memory", Literals.Integer(join.TapeOutputGradients + join.Column(k)));
            string to = Reference("memory", GradientStart(source));
            if (join.Kind == MergeKind.Multiply)
            {
                NodePlan other = join.Sources[1 - k];
                writer.Line($"{Rows}.AddProduct({from}, {join.OutputGradientStride}, {Reference("memory", Start(other))}, {other.OutputStride}, {to}, {source.OutputGradientStride}, {source.Size}, {Count(join)});");
            }
            else
            {
                WriteAdd(from, join.OutputGradientStride, to, source, Count(join), join.Factor);
            }
        }
    }

    /// <summary>Adds the gradients that a layer has written to those of its source.</summary>
    public void WriteAdd(LayerPlan layer) => WriteAdd(
        Reference("memory", Index(layer.TapeInputGradients, layer.Source, layer.Source.OutputGradientStride)),
        layer.Source.OutputGradientStride,
        Reference("memory", GradientStart(layer.Source)),
        layer.Source,
        layer.RunsOnce ? "1" : "steps",
        1);

    private void WriteAdd(string from, int stride, string to, NodePlan source, string count, double factor) =>
        writer.Line($"{Rows}.Add({from}, {stride}, {to}, {source.OutputGradientStride}, {source.Size}, {count}, {Literals.Float(factor)});");

    private void Write(JoinPlan join, Func<int, string> source, Func<int, int> sourceStride, Func<int, string> target, int targetStride, string count)
    {
        for (int k = 0; k < join.Sources.Count; k++)
        {
            string verb = k == 0 || join.Kind == MergeKind.Concat ? "Copy" : join.Kind == MergeKind.Multiply ? "Multiply" : "Add";
            string factor = verb == "Multiply" ? "" : $", {Literals.Float(join.Factor)}";
            writer.Line($"{Rows}.{verb}({source(k)}, {sourceStride(k)}, {target(join.Column(k))}, {targetStride}, {join.Sources[k].Size}, {count}{factor});");
        }
    }

    private static string Describe(JoinPlan join)
    {
        string what = join.Kind switch
        {
            MergeKind.Concat => "side by side",
            MergeKind.Sum => "sum",
            MergeKind.Average => "mean",
            _ => "product",
        };
        return $"{join.Name}: {what}";
    }

    private static string Count(NodePlan node) => node.RunsOnce ? "1" : "steps";

    private static string Start(NodePlan source) => Index(source.TapeOutputs, source, source.OutputStride);

    private static string GradientStart(NodePlan source) => Index(source.TapeOutputGradients, source, source.OutputGradientStride);

    private static string Index(int start, NodePlan source, int stride) =>
        source.Handed == Handed.Last ? VerbPhrases.Row(start, "(steps - 1)", stride) : Literals.Integer(start);

    private static string Reference(string memory, string offset) => offset == "0" ? $"ref {memory}" : $"ref {Unsafe}.Add(ref {memory}, {offset})";
}
