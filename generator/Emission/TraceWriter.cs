using RnnGen.Generator.Planning;

namespace RnnGen.Generator.Emission;

/// <summary>Prints the members of a tape that give access to the traced values of the equations.</summary>
internal sealed class TraceWriter(SourceWriter writer, ModelPlan model)
{
    public void Write()
    {
        WriteSlots("Slots", model.Tape);
        writer.Line("""

            /// <summary>The names of all traced values, as in the equations at the top of the layers' files.</summary>
            public static global::System.Collections.Generic.IEnumerable<string> TraceNames => NamesOf(Slots);

            /// <summary>A value of the equations at every step of the recorded window. States are those after the step. Allocates nothing.</summary>
            /// <param name="name">Layer and value, such as <c>Hidden.h</c>.</param>
            /// <returns>The values, valid until the next recording.</returns>
            /// <exception cref="global::System.ArgumentException">There is no such value.</exception>
            """);
        writer.Lines(model.Batch is null ? [] : ["/// <exception cref=\"global::System.InvalidOperationException\">The tape holds a batch.</exception>"]);
        writer.Line("public global::RnnGen.TraceRows Trace(string name) => Find(Slots, name);");
        if (model.Batch is BatchPlan batch)
        {
            WriteSlots("SlotsOfLanes", batch.Tape);
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
    }

    private void WriteSlots(string name, TapeLayout tape)
    {
        writer.Line($"\nprivate static readonly {VerbPhrases.Services}.TraceSlot[] {name} =\n[");
        writer.Lines(
            from layer in model.Layers
            from traced in layer.Traced
            let place = layer.Record.Places[traced.Value]
            let rows = tape.Of(layer, place.Region)
            let value = Literals.Text($"{layer.Spec.Name}.{traced.Name}{layer.StateSuffix}")
            let numbers = string.Join(", ", new[] { rows.Start + place.Offset, rows.Stride, traced.Value.Size }.Select(n => Literals.Integer(n)))
            select $"    new({value}, {numbers}, {(layer.RunsOnce ? "true" : "false")}),");
        writer.Line("];");
    }
}
