using RnnGen.Generator.Planning;
using RnnGen.Generator.Printing;
using RnnGen.Generator.Programs;

namespace RnnGen.Generator.Emission;

/// <summary>The walks through a model, with the references that they need.</summary>
internal static class WalkText
{
    public static void WriteForward(SourceWriter writer, ModelPlan model, bool isBatch, bool isRecorded)
    {
        string owner = isRecorded ? "tape" : isBatch ? "batch" : "state";
        writer.Lines(isBatch ? [VerbPhrases.Rows(owner)] : []);
        writer.Lines(isBatch && isRecorded ? [$"{VerbPhrases.Memory}.BeginBatch(tape);"] : []);
        bool isChunk = owner == "state" && !model.NeedsWholeWindow;
        writer.Lines([isChunk ? VerbPhrases.Chunk(model) : VerbPhrases.Window(owner), "ref float memory = ref window[0];", $"ref float weights = ref _weights.{(isRecorded ? "Origin" : VerbPhrases.StepOrigin(model))};"]);
        string tokens = owner == "state"
            ? "global::System.Runtime.InteropServices.MemoryMarshal.GetReference(inputs)"
            : $"{VerbPhrases.Memory}.Tokens({owner}, inputs)";
        writer.Lines(model.Spec.Tokens ? [$"ref int tokens = ref {tokens};"] : []);
        Print(writer, model, isBatch, new ModelWalk(model, isBatch, isChunk).Forward(isRecorded));
    }

    public static void WriteBackward(SourceWriter writer, ModelPlan model, bool isBatch)
    {
        writer.Lines(
        [
            isBatch ? VerbPhrases.Rows("tape") : "int steps = tape.Steps;",
            VerbPhrases.Window("tape"),
            "ref float memory = ref window[0];",
            "ref float transposed = ref _weights.Transposed;",
            $"ref float gradients = ref {VerbPhrases.Memory}.Gradients(tape);",
            model.Spec.Tokens
                ? $"ref int tokens = ref {VerbPhrases.Memory}.Tokens(tape);"
                : $"global::System.Span<float> inputGradients = {VerbPhrases.Memory}.InputGradients(tape);",
        ]);
        Print(writer, model, isBatch, new ModelWalk(model, isBatch).Backward());
    }

    private static void Print(SourceWriter writer, ModelPlan model, bool isBatch, IEnumerable<Statement> statements)
    {
        writer.Lines(isBatch ? ["int lanes = rows.Lanes;", ""] : [""]);
        new ProgramPrinter(writer, model.Spec.Target).Print(statements);
    }
}
