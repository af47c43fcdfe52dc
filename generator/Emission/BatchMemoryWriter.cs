using RnnGen.Generator.Planning;

namespace RnnGen.Generator.Emission;

/// <summary>Prints the class that holds the memory of a batch.</summary>
internal sealed class BatchMemoryWriter(SourceWriter writer, ModelPlan model, BatchPlan batch)
{
    private const string Services = VerbPhrases.Services;

    public void Write()
    {
        writer.Line("/// <summary>The memory of several streams of one model that go on together; all zero when it is created.</summary>");
        using (writer.Open("public sealed class Batch : global::RnnGen.Batch"))
        {
            string stride = Literals.Integer(batch.WorkStride);
            string data = model.Spec.Tokens ? "int" : "float";
            writer.Line($$"""
                internal Batch(int lanes, bool isStream = true)
                    : base(State.Slots, lanes, BatchSize, {{Literals.Integer(batch.StateStride)}}, isStream ? {{(model.NeedsWholeWindow ? batch.TapeSize : batch.WorkSize)}} : 0)
                {
                    if (!isStream)
                    {
                        return;
                    }

                    Rows = new {{Services}}.BatchRows(lanes);
                """);
            if (model.HasHead)
            {
                writer.Line($"    _scores = new global::RnnGen.Score[lanes{(model.Outputs.Count == 1 ? "" : $" * {Literals.Integer(model.Outputs.Count)}")}];");
            }

            if (!model.NeedsWholeWindow)
            {
                writer.Line($"    _inputs = new {data}[lanes{(model.Spec.Tokens ? "" : " * InputSize")}];");
            }
            else if (model.Spec.Tokens)
            {
                writer.Line("    _tokens = new int[BatchSize * SequenceLength];");
            }

            writer.Line($$"""
                }

                internal {{Services}}.BatchRows Rows { get; } = null!;

                internal void MustStream() => {{Services}}.Check.Stream(Rows is not null);

                """);
            if (model.HasHead)
            {
                writer.Line("""
                    private readonly global::RnnGen.Score[] _scores = [];

                    internal global::System.Span<global::RnnGen.Score> Scores => _scores;

                    """);
            }

            writer.Line(model.NeedsWholeWindow
                ? $$"""
                internal global::System.Span<float> Window => WorkSpan;
                {{(model.Spec.Tokens ? "\nprivate readonly int[] _tokens = [];\n\ninternal global::System.Span<int> Tokens => _tokens;\n" : "")}}
                """
                : $$"""
                private readonly {{data}}[] _inputs = [];

                internal global::System.Span<{{data}}> Inputs => _inputs;

                internal ref float Now => ref NowOrigin;

                internal ref float Next => ref NextOrigin;

                internal ref float Scratch => ref WorkOrigin;

                internal ref float Work => ref global::System.Runtime.CompilerServices.Unsafe.Add(ref WorkOrigin, {{Literals.Integer(batch.ScratchSize)}});

                internal global::System.Span<float> WorkSlice(int lane, int start, int length) => WorkSpan.Slice({{Literals.Integer(batch.ScratchSize)}} + (lane * {{stride}}) + start, length);

                internal void MoveOn() => Advance();

                internal void Arrange({{Services}}.BatchRows rows) => LayOut(rows);

                internal void Settle({{Services}}.BatchRows rows) => EndSteps(rows);

                internal void Restore({{Services}}.BatchRows rows) => PutBack(rows);

                """);
            writer.Line("""
                internal global::System.Span<float> Slice(int lane, int start, int length) => Lane(lane).Slice(start, length);

                /// <summary>Takes over a stream, which stays as it is.</summary>
                /// <param name="lane">The lane, in 0 .. Lanes - 1.</param>
                /// <param name="state">The stream.</param>
                /// <exception cref="global::System.ArgumentOutOfRangeException">There is no such lane.</exception>
                public void CopyIn(int lane, State state) => Read(lane, state);

                /// <summary>Hands a lane over to a stream, which goes on from there; the lane stays as it is.</summary>
                /// <param name="lane">The lane, in 0 .. Lanes - 1.</param>
                /// <param name="state">The stream.</param>
                /// <exception cref="global::System.ArgumentOutOfRangeException">There is no such lane.</exception>
                public void CopyOut(int lane, State state) => Write(lane, state);
                """);
        }

        writer.Line();
    }
}
