using RnnGen.Generator.Planning;
using RnnGen.Generator.Printing;
using RnnGen.Generator.Programs;

namespace RnnGen.Generator.Emission;

/// <summary>The walks through a model, with the references that they need.</summary>
internal static class WalkText
{
    public static void WriteForward(SourceWriter writer, ModelPlan model, bool isBatch, string memory, bool isRecorded)
    {
        if (isBatch)
        {
            writer.Line("int lanes = rows.Lanes;");
        }

        writer.Line("ref float weights = ref _weights.Origin;");
        writer.Line(isRecorded ? "ref float memory = ref tape.Memory;" : "ref float memory = ref window[0];");
        writer.Line();
        new ProgramPrinter(writer, model.Spec.Target).Print(new ModelWalk(model, isBatch).Forward(memory, isRecorded));
    }

    public static void WriteBackward(SourceWriter writer, ModelPlan model, bool isBatch)
    {
        writer.Line(isBatch ? $"{VerbPhrases.Services}.BatchRows rows = tape.Rows;\nint lanes = rows.Lanes;" : "int steps = tape.Steps;");
        writer.Line("ref float transposed = ref _weights.Transposed;");
        writer.Line("ref float gradients = ref tape.GradientMemory;");
        writer.Line("ref float memory = ref tape.Memory;");
        writer.Line();
        new ProgramPrinter(writer, model.Spec.Target).Print(new ModelWalk(model, isBatch).Backward());
    }
}
