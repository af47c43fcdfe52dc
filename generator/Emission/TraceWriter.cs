using RnnGen.Generator.Cells;
using RnnGen.Generator.Planning;

namespace RnnGen.Generator.Emission;

/// <summary>Prints the members of a tape that give access to the traced values of the equations.</summary>
internal sealed class TraceWriter(SourceWriter writer, ModelPlan model)
{
    private const string Services = VerbPhrases.Services;

    public void Write()
    {
        WriteTraceSlots("Slots", model.Tape);
        writer.Line("""

            /// <summary>The names of all traced values, as in the equations at the top of the layers' files.</summary>
            public static global::System.Collections.Generic.IEnumerable<string> TraceNames => NamesOf(Slots);

            /// <summary>A value of the equations at every step of the recorded window. States are those after the step. Allocates nothing.</summary>
            /// <param name="name">Layer and value, such as <c>Hidden.h</c>.</param>
            /// <returns>The values, valid until the next recording.</returns>
            /// <exception cref="global::System.ArgumentException">There is no such value.</exception>
            """);
        if (model.Batch is not null)
        {
            writer.Line("/// <exception cref=\"global::System.InvalidOperationException\">The tape holds a batch.</exception>");
        }

        writer.Line("public global::RnnGen.TraceRows Trace(string name) => Find(Slots, name);");
        if (model.Batch is not BatchPlan batch)
        {
            return;
        }

        WriteTraceSlots("SlotsOfLanes", batch.Tape);
        writer.Line("""

            /// <summary>The same for one lane of a recorded batch.</summary>
            /// <param name="name">Layer and value, such as <c>Hidden.h</c>.</param>
            /// <param name="lane">The lane.</param>
            /// <returns>The values, valid until the next recording.</returns>
            /// <exception cref="global::System.ArgumentException">There is no such value.</exception>
            /// <exception cref="global::System.ArgumentOutOfRangeException">The lane has no recorded window.</exception>
            /// <exception cref="global::System.InvalidOperationException">The tape holds no batch.</exception>
            public global::RnnGen.TraceRows Trace(string name, int lane) => Find(SlotsOfLanes, name, lane);
            """);
    }

    private void WriteTraceSlots(string name, TapeLayout tape)
    {
        writer.Line();
        writer.Line($"private static readonly {Services}.TraceSlot[] {name} =");
        writer.Line("[");
        foreach (LayerPlan layer in model.Layers)
        {
            foreach ((string value, Expression expression) in layer.Traced)
            {
                Operand place = layer.Record.Places[expression];
                RowPlace rows = tape.Of(layer, place.Region);
                writer.Line($"    new({Literals.Text($"{layer.Spec.Name}.{value}{layer.StateSuffix}")}, {Literals.Integer(rows.Start + place.Offset)}, {Literals.Integer(rows.Stride)}, {Literals.Integer(expression.Size)}, {(layer.RunsOnce ? "true" : "false")}),");
            }
        }

        writer.Line("];");
    }
}
