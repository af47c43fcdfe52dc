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
        writer.Line(VerbPhrases.Window(owner));
        writer.Line("ref float memory = ref window[0];");
        writer.Line("ref float weights = ref _weights.Origin;");
        if (model.Spec.Tokens)
        {
            writer.Line(owner == "state"
                ? "ref int tokens = ref global::System.Runtime.InteropServices.MemoryMarshal.GetReference(inputs);"
                : $"ref int tokens = ref {VerbPhrases.Memory}.Tokens({owner}, inputs);");
        }

        Print(writer, model, isBatch, walk => walk.Forward(isRecorded));
    }

    public static void WriteBackward(SourceWriter writer, ModelPlan model, bool isBatch)
    {
        writer.Line(isBatch ? VerbPhrases.Rows("tape") : "int steps = tape.Steps;");
        writer.Line(VerbPhrases.Window("tape"));
        writer.Line("ref float memory = ref window[0];");
        writer.Line("ref float transposed = ref _weights.Transposed;");
        writer.Line($"ref float gradients = ref {VerbPhrases.Memory}.Gradients(tape);");
        writer.Line(model.Spec.Tokens
            ? $"ref int tokens = ref {VerbPhrases.Memory}.Tokens(tape);"
            : $"global::System.Span<float> inputGradients = {VerbPhrases.Memory}.InputGradients(tape);");
        Print(writer, model, isBatch, walk => walk.Backward());
    }

    private static void Print(SourceWriter writer, ModelPlan model, bool isBatch, Func<ModelWalk, IEnumerable<Statement>> statements)
    {
        if (isBatch)
        {
            writer.Line("int lanes = rows.Lanes;");
        }

        writer.Line();
        new ProgramPrinter(writer, model.Spec.Target).Print(statements(new ModelWalk(model, isBatch)));
    }
}
