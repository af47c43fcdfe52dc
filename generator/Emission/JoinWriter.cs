using RnnGen.Generator.Model;
using RnnGen.Generator.Planning;

namespace RnnGen.Generator.Emission;

/// <summary>Prints the calls of places where several nodes meet.</summary>
/// <param name="writer">The text.</param>
/// <param name="tape">Where the rows of windows are.</param>
/// <param name="stream">Where the values of a step are.</param>
/// <param name="isLane">Whether it is about one lane of a batch, whose rows are <c>lanes</c> rows apart.</param>
internal sealed class JoinWriter(SourceWriter writer, TapeLayout tape, StreamLayout stream, bool isLane = false)
{
    private const string Rows = "global::RnnGen.CompilerServices.JoinRows";

    private const string Unsafe = "global::System.Runtime.CompilerServices.Unsafe";

    /// <summary>All rows of a window.</summary>
    public void WriteForward(JoinPlan join)
    {
        writer.Line("// " + Describe(join));
        Write(join, source => Reference("memory", Start(join.Sources[source])), k => Apart(join.Sources[k].OutputStride), column => Reference("memory", First(tape.Outputs(join) + column, join.OutputStride)), Apart(join.OutputStride), Count(join));
    }

    /// <summary>All rows of a window through dropout; nothing is dropped where nothing is recorded.</summary>
    public void WriteForward(DropoutPlan dropout, bool isRecorded)
    {
        string count = Count(dropout);
        string to = Reference("memory", First(tape.Outputs(dropout), dropout.OutputStride));
        writer.Line($"// {dropout.Spec.Name}: dropout");
        writer.Line($"{Rows}.Copy({Reference("memory", Start(dropout.Source))}, {Apart(dropout.Source.OutputStride)}, {to}, {Apart(dropout.OutputStride)}, {dropout.Size}, {count}, 1f);");
        if (isRecorded)
        {
            string masks = dropout.Spec.Variational ? "1" : count;
            writer.Line($"tape.Drop({First(tape.Masks(dropout), dropout.OutputStride)}, {Apart(dropout.MaskStride)}, {dropout.Size}, {masks}, {Literals.Float(dropout.Spec.Rate)});");
            writer.Line($"{Rows}.Multiply({Reference("memory", First(tape.Masks(dropout), dropout.OutputStride))}, {Apart(dropout.MaskStride)}, {to}, {Apart(dropout.OutputStride)}, {dropout.Size}, {count});");
        }
    }

    /// <summary>A row once for every step.</summary>
    public void WriteRepeat(int start, int stride, int size)
    {
        string row = Reference("memory", First(start, stride));
        writer.Line($"{Rows}.Copy({row}, 0, {row}, {Apart(stride)}, {size}, steps, 1f);");
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
        writer.Line($"{Rows}.AddProduct({Reference("memory", First(tape.OutputGradients(dropout), dropout.OutputGradientStride))}, {Apart(dropout.OutputGradientStride)}, {Reference("memory", First(tape.Masks(dropout), dropout.OutputStride))}, {Apart(dropout.MaskStride)}, {Reference("memory", GradientStart(source))}, {Apart(source.OutputGradientStride)}, {source.Size}, {Count(dropout)});");
    }

    /// <summary>One step of a stream.</summary>
    /// <param name="join">The join.</param>
    /// <param name="place">Where a value of the step is.</param>
    /// <param name="stride">Distance between the values of two lanes.</param>
    /// <param name="count">Number of lanes.</param>
    public void WriteStep(JoinPlan join, Func<Operand, string> place, Func<Operand, int> stride, string count)
    {
        writer.Line("// " + Describe(join));
        Write(join, source => place(stream.Output(join.Sources[source])), k => Literals.Integer(stride(stream.Output(join.Sources[k]))), column => place(stream.Output(join).Plus(column)), Literals.Integer(stride(stream.Output(join))), count);
    }

    /// <summary>From the gradients of the rows to those of the sources, which are sums.</summary>
    public void WriteBackward(JoinPlan join)
    {
        writer.Line("// " + Describe(join));
        for (int k = 0; k < join.Sources.Count; k++)
        {
            NodePlan source = join.Sources[k];
            string from = Reference("memory", First(tape.OutputGradients(join) + join.Column(k), join.OutputGradientStride));
            string to = Reference("memory", GradientStart(source));
            if (join.Kind == MergeKind.Multiply)
            {
                NodePlan other = join.Sources[1 - k];
                writer.Line($"{Rows}.AddProduct({from}, {Apart(join.OutputGradientStride)}, {Reference("memory", Start(other))}, {Apart(other.OutputStride)}, {to}, {Apart(source.OutputGradientStride)}, {source.Size}, {Count(join)});");
            }
            else
            {
                WriteAdd(from, join.OutputGradientStride, to, source, Count(join), join.Factor);
            }
        }
    }

    /// <summary>Adds the gradients that a layer has written to those of its source.</summary>
    public void WriteAdd(LayerPlan layer) => WriteAdd(
        Reference("memory", Index(tape.InputGradients(layer), layer.Source, layer.Source.OutputGradientStride)),
        layer.Source.OutputGradientStride,
        Reference("memory", GradientStart(layer.Source)),
        layer.Source,
        layer.RunsOnce ? "1" : "steps",
        1);

    private void WriteAdd(string from, int stride, string to, NodePlan source, string count, double factor) =>
        writer.Line($"{Rows}.Add({from}, {Apart(stride)}, {to}, {Apart(source.OutputGradientStride)}, {source.Size}, {count}, {Literals.Float(factor)});");

    private void Write(JoinPlan join, Func<int, string> source, Func<int, string> sourceStride, Func<int, string> target, string targetStride, string count)
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

    private string Start(NodePlan source) => Index(tape.Outputs(source), source, source.OutputStride);

    private string GradientStart(NodePlan source) => Index(tape.OutputGradients(source), source, source.OutputGradientStride);

    private string Index(int start, NodePlan source, int stride) => source.Handed == Handed.Last
        ? VerbPhrases.Row(start, isLane ? "(((steps - 1) * lanes) + lane)" : "(steps - 1)", stride)
        : First(start, stride);

    /// <summary>The first row, or that of the lane.</summary>
    private string First(int start, int stride) => isLane ? VerbPhrases.Row(start, "lane", stride) : Literals.Integer(start);

    /// <summary>Distance to the next row.</summary>
    private string Apart(int stride) => isLane && stride > 0 ? $"{stride} * lanes" : $"{stride}";

    private static string Reference(string memory, string offset) => offset == "0" ? $"ref {memory}" : $"ref {Unsafe}.Add(ref {memory}, {offset})";
}
