using RnnGen.Generator.Emission.Verbs;
using RnnGen.Generator.Loops.Schedules;
using RnnGen.Generator.Planning;
using RnnGen.Generator.Printing;
using RnnGen.Generator.Programs;

namespace RnnGen.Generator.Emission;

/// <summary>Prints the class that takes one step of a stream, or of all lanes of a batch of streams, through the layers.</summary>
internal sealed class StepWriter(SourceWriter writer, ModelPlan model)
{
    private const string Memory = VerbPhrases.Memory;
    private const string Floats = "global::System.ReadOnlySpan<float>";
    private const string Partner = "global::RnnGen.CompilerServices.StepPartner";
    private const string Origin = "global::System.Runtime.InteropServices.MemoryMarshal.GetReference";

    private static readonly int[] Pair = [0, 1];
    private static readonly Parameter Weights = new("ref float", "weights");
    private static readonly Parameter Stream = new("State", "state");
    private static readonly Parameter Batch = new("Batch", "state");

    private readonly ProgramPrinter _printer = new(writer, model.Spec.Target);
    private readonly NodePlan[] _everyStep = [.. model.Nodes.Where(n => !n.RunsOnce)];
    private readonly NodePlan[] _once = [.. model.Nodes.Where(n => n.RunsOnce)];

    private string Result => model.StepGivesOutput ? "global::System.Span<float>" : "void";

    public void Write()
    {
        using (writer.Open("private static class Kernels"))
        {
            if (model.InParts.Count > 0)
            {
                writer.Line("private static readonly global::RnnGen.CompilerServices.PartOfStep s_part = StepPart;");
                writer.Line();
            }

            foreach (Verb verb in Steps(isBatch: false).Concat(model.Batch is null ? [] : Steps(isBatch: true)))
            {
                verb.Write(writer);
            }
        }
    }

    private IEnumerable<Verb> Steps(bool isBatch)
    {
        var step = new StreamStep(model, isBatch);
        yield return isBatch ? StepOfLanes(step) : Step(step);
        if (!isBatch)
        {
            if (model.InParts.Count > 0)
            {
                yield return StepPart(step);
            }

            switch (model.Together)
            {
                case StreamsTogether.InPairs:
                    yield return StepPair(step);
                    break;
                case StreamsTogether.InVectors:
                    yield return StepStreams(step);
                    break;
            }
        }

        if (_once.Length > 0)
        {
            yield return Finish(step, isBatch);
        }
    }

    private Verb Step(StreamStep step) => new(
        $"internal static {Result} Step",
        [Weights, model.Spec.Tokens ? new("nuint", "token") : new(Floats, "inputs"), Stream],
        _ =>
        {
            WriteReferences(model.InParts.Count == 0 ? step.Regions(_everyStep) : [Region.State, Region.Next, Region.Work]);
            writer.Lines(model.Spec.Tokens ? []
                : !model.Input.IsPadded ? [$"ref float x = ref {Origin}(inputs);"]
                :
                [
                    model.Spec.Parallel > 1 ? "// Both threads find them there." : "// The first layer reads whole vectors, which may be longer than the caller's span.",
                    $"inputs.CopyTo({Span("work", 0, model.Spec.InputSize)});",
                ]);
            WriteSharedSteps(step);
            _printer.Print(step.Through(_everyStep.Skip(model.InParts.Count)));
            WriteStepOutput();
        },
        Summary: model.StepGivesOutput
            ? "One step through all layers. Returns the output before the head's activation, valid until the next step."
            : "One step through all layers that run once per step.",
        Hint: JitHint.AggressiveInlining);

    /// <summary>The nodes up to the last one that two threads share: with a partner, if one is awake.</summary>
    private void WriteSharedSteps(StreamStep step)
    {
        if (model.InParts.Count == 0)
        {
            return;
        }

        const string memory = "ref weights, ref now, ref next, ref work";
        string token = model.Spec.Tokens ? "token" : "0";
        writer.Line($"{Partner}? partner = {Partner}.Take();");
        using (writer.Open("if (partner is null)"))
        {
            _printer.Print(step.Through(model.InParts));
        }

        writer.Block("else",
        [
            $"partner.Begin(s_part, {memory}, {token});",
            $"StepPart({memory}, {token}, 0, partner);",
            $"partner.End({memory});",
        ]);
    }

    private Verb StepPart(StreamStep step) => new(
        "private static void StepPart",
        [
            Weights, .. new[] { "now", "next", "work" }.Select(name => new Parameter("ref float", name)), new("nuint", "token"), new("nuint", "part"), new(Partner, "partner"),
        ],
        _ => _printer.Print(step.Part()),
        Summary: "Half of the units of each large layer, as one of two threads computes them. The threads meet where one of them reads what the other one has written.",
        Hint: JitHint.AggressiveOptimization);

    private Verb StepPair(StreamStep step) => new(
        "internal static void StepPair",
        [
            Weights, new(Floats, "inputs"), .. Pair.Select(k => new Parameter("State", PairLoops.Of("state", k))),
            .. Pair.Select(k => new Parameter("out global::System.Span<float>", PairLoops.Of("output", k))),
        ],
        _ =>
        {
            foreach (int k in Pair)
            {
                WriteReferences(step.Regions(_everyStep), name => PairLoops.Of(name, k));
            }

            string first = $"ref {Origin}(inputs)";
            writer.Line($"ref float {PairLoops.Of("x", 0)} = {first};");
            writer.Line($"ref float {PairLoops.Of("x", 1)} = ref global::System.Runtime.CompilerServices.Unsafe.Add({first}, InputSize);");
            _printer.Print(step.PairThrough(_everyStep));
            writer.Lines(Pair.Select(k => $"{PairLoops.Of("output", k)} = {StepOutput(name => PairLoops.Of(name, k))};"));
        },
        Summary: "One step of two streams through all layers. The outputs before the head's activation are valid until the next step.",
        Hint: JitHint.AggressiveInlining);

    private Verb StepStreams(StreamStep step) => new(
        "internal static void StepStreams",
        [Weights, new(Floats, "inputs"), new(VerbPhrases.Services + ".StreamVectors", "state"), new("global::System.Span<float>", "outputs"), new("int", "streams")],
        _ =>
        {
            WriteReferences(step.Regions(_everyStep), name => name, isInTurn: false);
            writer.Line($"ref float x = ref {Memory}.Turn(inputs, InputSize, state);");
            _printer.Print(step.VectorsThrough(_everyStep));
            Operand output = model.Stream.Output(model.OnlyOutput!.Node);
            writer.Line($"{Memory}.TurnBack({At(Names.Of(output.Region), output.Offset * StreamVector.Stride)}, OutputSize, outputs);");
        },
        Summary: "One step of streams through all layers, up to the head's activation: they are the elements of vectors.",
        Hint: JitHint.AggressiveInlining);

    private Verb StepOfLanes(StreamStep step) => new(
        "internal static void StepBatch",
        [Weights, new(new VerbPhrases(model).InputType, "inputs"), Batch, new("int", "lanes")],
        _ =>
        {
            WriteReferences(step.Regions(_everyStep));
            WriteScratch();
            if (model.Spec.Tokens || !model.Input.IsPadded)
            {
                writer.Line($"{(model.Spec.Tokens ? "ref int tokens" : "ref float x")} = ref {Origin}(inputs);");
            }
            else
            {
                string copy = $"inputs.Slice(lane * InputSize, InputSize).CopyTo({Memory}.Work(state, lane, 0, InputSize));";
                writer.Block("for (int lane = 0; lane < lanes; lane++)", [copy]);
            }

            _printer.Print(step.Through(_everyStep));
        },
        Summary: "One step of the first lanes through all layers that run once per step.");

    private Verb Finish(StreamStep step, bool isBatch) => new(
        $"internal static void {(isBatch ? "FinishBatch" : "Finish")}",
        [Weights, isBatch ? Batch : Stream],
        _ =>
        {
            if (isBatch)
            {
                writer.Line("int lanes = state.Lanes;");
                WriteScratch();
            }

            // The step is over, so the next states have become the current ones.
            writer.Lines([$"ref float next = ref {Memory}.Now(state);", $"ref float work = ref {Memory}.Work(state);"]);
            _printer.Print(step.Through(_once));
        },
        Summary: $"Runs the layers that run once per window{(isBatch ? ", for all lanes" : "")}.",
        Hint: isBatch ? JitHint.None : JitHint.AggressiveInlining);

    private void WriteScratch() => writer.Lines(model.Layers.Count > 0 ? [$"ref float scratch = ref {Memory}.Scratch(state);"] : []);

    private void WriteStepOutput()
    {
        if (model.StepGivesOutput)
        {
            writer.Line($"\nreturn {StepOutput(name => name)};");
        }
    }

    private string StepOutput(Func<string, string> ofStream)
    {
        NodePlan output = model.OnlyOutput!.Node;
        Operand place = model.Stream.Output(output);
        return Span(ofStream(Names.Of(place.Region)), place.Offset, output.Size);
    }

    /// <summary>With both references in hand, the state's halves can change places before the kernels run: none of them waits for it then.</summary>
    private void WriteReferences(IReadOnlyList<Region> regions) => WriteReferences(regions, name => name);

    private void WriteReferences(IReadOnlyList<Region> regions, Func<string, string> ofStream, bool isInTurn = true)
    {
        (Region Region, string Name, string Method)[] all = [(Region.State, "now", "Now"), (Region.Next, "next", "Next"), (Region.Work, "work", "Work")];
        writer.Lines(all.Where(r => regions.Contains(r.Region)).Select(r => $"ref float {ofStream(r.Name)} = ref {Memory}.{r.Method}({ofStream("state")});"));
        writer.Lines(isInTurn && model.Stream.StateSize > 0 ? [$"{Memory}.Advance({ofStream("state")});"] : []);
    }

    private static string Span(string origin, int offset, int size) =>
        $"global::System.Runtime.InteropServices.MemoryMarshal.CreateSpan({At(origin, offset)}, {Literals.Integer(size)})";

    private static string At(string origin, int offset) =>
        offset == 0 ? $"ref {origin}" : $"ref global::System.Runtime.CompilerServices.Unsafe.Add(ref {origin}, {Literals.Integer(offset)})";
}
