using RnnGen.CompilerServices;
using RnnGen.Generator.Layers;
using RnnGen.Generator.Model;
using RnnGen.Generator.Planning;
using RnnGen.Generator.Programs;
using RnnGen.Generator.Tests.Infrastructure;
using static RnnGen.Generator.Tests.Infrastructure.ProgramInterpreter;
using Index = RnnGen.Generator.Programs.Index;

namespace RnnGen.Generator.Tests;

/// <summary>The loops over steps reach every step of every lane, each where the step before it has left its states.</summary>
public class ProgramTests
{
    // Small enough for single steps, and large enough for sums that are computed ahead.
    public static TheoryData<int, int, bool> Layers { get; } = new(
        from size in new[] { (3, 20), (40, 64) }
        from isReverse in new[] { false, true }
        select (size.Item1, size.Item2, isReverse));

    [Theory, MemberData(nameof(Layers))]
    public void A_window_goes_from_step_to_step(int input, int size, bool isReverse)
    {
        ModelPlan model = Model(input, size, isReverse);
        LayerPlan layer = model.Layers[0];
        for (int steps = 1; steps <= 40; steps++)
        {
            PartialSum(model.Tape, layer, Run(new WindowLoops(model, layer).Methods(), "Forward", steps), layer.Record, layer.RecordSplit, Region.State, Region.Next, Order(steps, isReverse));
            PartialSum(model.Tape, layer, Run(new WindowLoops(model, layer).Methods(), "Backward", steps), layer.Backward, layer.BackwardSplit, Region.NextGradients, Region.StateGradients, Order(steps, !isReverse));
        }

        List<Trace> Run(IEnumerable<Method> methods, string name, int steps) =>
            new ProgramInterpreter().With("steps", steps).Run(methods.Single(m => m.Name == name).Body).Calls;
    }

    [Fact]
    public void Steps_that_are_taken_at_a_time_go_from_step_to_step()
    {
        ModelPlan model = Model(40, 64, isReverse: false);
        LayerPlan layer = model.Layers[0];
        for (int steps = 1; steps <= SplitPlan.Steps; steps++)
        {
            Method run = new WindowLoops(model, layer).Methods().Single(m => m.Name == "Run");
            PartialSum(model.Chunk!, layer, new ProgramInterpreter().With("steps", steps).Run(run.Body).Calls, layer.Step, layer.StepSplit, Region.State, Region.Next, Order(steps, isDown: false));
        }
    }

    /// <summary>What a thread computes between two meetings, the other one reads after the second one at the earliest.</summary>
    [Fact]
    public void Two_threads_meet_after_each_layer_that_they_share_and_before_the_next_one()
    {
        LayerSpec[] layers = [Large("A", 64), Small("B", 160), Large("C", 8), Small("D", 160)];
        ModelPlan model = ModelPlan.Of(new ModelSpec(new TypeTarget("", default, "Model", "public", "Model"), 64, 100, Tokens: false, new EquatableArray<LayerSpec>(layers), DocumentClass: false) { Parallel = 2 });
        var step = new StreamStep(model, isBatch: false);

        // The last layer comes after the last meeting, so that it is not among them.
        Assert.Equal(["StepPart", "Meet", "Step", "Meet", "StepPart", "Meet"], Kernels(part: 0));
        Assert.Equal(["StepPart", "Meet", "Meet", "StepPart", "Meet"], Kernels(part: 1));
        Assert.Equal(["Step", "Step", "Step", "Step"], new ProgramInterpreter().Run(step.Through(model.Nodes)).Calls.Select(c => c.Kernel));

        IEnumerable<string> Kernels(int part) =>
            new ProgramInterpreter().With("part", part).With("part == 0", part == 0 ? 1 : 0).Run(step.Part()).Calls.Select(c => c.Kernel);

        LayerSpec Large(string name, int input) => new(name, new Lstm(), input, 160, Property: null);

        LayerSpec Small(string name, int input) => new(name, new Rnn(), input, 8, Property: null);
    }

    [Fact]
    public void Steps_are_taken_one_by_one_where_nothing_is_gained() => Assert.Null(Model(3, 20, isReverse: false).Chunk);

    [Theory, MemberData(nameof(Layers))]
    public void Rows_that_are_computed_ahead_are_there_when_their_step_comes(int input, int size, bool isReverse)
    {
        ModelPlan model = Model(input, size, isReverse);
        LayerPlan layer = model.Layers[0];
        if (layer.RecordSplit is not SplitPlan split)
        {
            return;
        }

        for (int steps = 1; steps <= 40; steps++)
        {
            List<Trace> calls = new ProgramInterpreter().With("steps", steps).Run(new WindowLoops(model, layer).Methods().First().Body).Calls;
            int inputs = model.Tape.Of(layer, Region.Input).Start;
            int ahead = model.Tape.Of(layer, Region.Sums).Start;
            int first = 0;
            foreach (Trace call in calls)
            {
                if (call.Kernel == "SumInputs")
                {
                    first = (call.Places[split.Rows.Regions.ToList().IndexOf(Region.Input)] - inputs) / layer.RowStride(Region.Input);
                }
                else if (call.Kernel == "RecordSummedStep")
                {
                    int step = Row(model.Tape, layer, Region.Next, call.Places[split.Step.Regions.ToList().IndexOf(Region.Next)]);
                    Assert.Equal(ahead + ((step - first) * layer.RowStride(Region.Sums)), call.Places[split.Step.Regions.ToList().IndexOf(Region.Sums)]);
                    Assert.InRange(step - first, 0, SplitPlan.Steps - 1);
                }
            }
        }
    }

    [Theory, MemberData(nameof(Layers))]
    public void Lanes_of_different_lengths_go_from_step_to_step(int input, int size, bool isReverse)
    {
        ModelPlan model = Model(input, size, isReverse, batch: 8);
        LayerPlan layer = model.Layers[0];
        int[] lengths = [3, 17, 1, 9, 9];
        var rows = new BatchRows(8);
        rows.Set(lengths);
        Method[] methods = [.. new BatchLoops(model, layer).Methods()];
        foreach ((string name, KernelPlan plan, bool isDown) in new[] { ("ForwardBatch", layer.Record, isReverse), ("BackwardBatch", layer.Backward, !isReverse) })
        {
            List<Trace> calls = Run(name);
            for (int lane = 0; lane < lengths.Length; lane++)
            {
                // The lanes of a call are the first ones of its step.
                List<Trace> own = [.. calls.Where(c => c.Places[^1] > lane).Select(c => Of(c, plan, lane))];
                (Region before, Region after) = name == "ForwardBatch" ? (Region.State, Region.Next) : (Region.NextGradients, Region.StateGradients);
                PartialSum(model.Batch!.Tape, layer, own, plan, null, before, after, [.. Order(rows.Length(lane), isDown).Select(step => (step * rows.Lanes) + lane)], rows.Lanes);
            }
        }

        Trace Of(Trace call, KernelPlan plan, int lane) => call with { Places = [.. plan.Regions.Select((r, k) => call.Places[k] + (r == Region.Weights ? 0 : lane * layer.RowStride(r)))] };

        List<Trace> Run(string name) => new ProgramInterpreter().With("rows.Lanes", rows.Lanes).With("rows.Steps", rows.Steps).With("rows.Count", rows.Count)
            .With("rows.Active", rows.Active).Run(methods.Single(m => m.Name == name).Body).Calls;
    }

    [Fact]
    public void Gradients_are_added_once_for_every_row_that_belongs_to_a_window()
    {
        ModelPlan model = Model(3, 20, isReverse: false, batch: 8);
        LayerPlan layer = model.Layers[0];
        var rows = new BatchRows(8);
        rows.Set([3, 40, 1, 9, 9]);
        Method method = new BatchLoops(model, layer).Methods().Single(m => m.Name == "AddGradientsOfBatch");
        List<Trace> calls = new ProgramInterpreter().With("rows.Lanes", rows.Lanes).With("rows.Steps", rows.Steps)
            .With("rows.NextRun", rows.NextRun).With("rows.RunLength", rows.RunLength).Run(method.Body).Calls;

        foreach (IGrouping<string, Trace> kernel in calls.GroupBy(c => c.Kernel))
        {
            int start = model.Batch!.Tape.Of(layer, Region.SumGradients).Start;
            int[] added = [.. kernel.SelectMany(c => Enumerable.Range((c.Places[1] - start) / layer.RowStride(Region.SumGradients), c.Places[^1])).Order()];
            Assert.Equal(from step in Enumerable.Range(0, 40) from lane in Enumerable.Range(0, rows.Active(step)) select (step * rows.Lanes) + lane, added);
        }
    }

    [Fact]
    public void Streams_that_are_elements_of_vectors_go_from_layer_to_layer()
    {
        LayerSpec[] layers = [new("A", new Gru(), 3, 2, Property: null), new("B", new Lstm(), 2, 4, Property: null), new("C", new Linear(), 4, 1, Property: null)];
        ModelPlan model = ModelPlan.Of(new ModelSpec(new TypeTarget("", default, "Model", "public", "Model"), 3, 40, false, new EquatableArray<LayerSpec>(layers), false) { BatchSize = 8 });
        List<Trace> calls = new ProgramInterpreter().With("streams", 20).Run(new StreamStep(model, isBatch: false).VectorsThrough(model.Nodes)).Calls;

        Assert.Equal(StreamsTogether.InVectors, model.Together);
        Assert.Equal(["StepStreams", "StepStreams", "StepStreams"], calls.Select(c => c.Kernel));
        Assert.All(calls, c => Assert.Equal(20, c.Places[^1]));
        for (int k = 0; k < layers.Length; k++)
        {
            LayerPlan layer = model.Layers[k];
            foreach (Region region in layer.Step.Regions)
            {
                int place = model.Stream.Of(layer, region).Offset;
                Assert.Equal(region == Region.Weights ? place : place * StreamVector.Stride, At(k, region));
            }
        }

        Assert.Equal(At(0, Region.Next), At(1, Region.Input));
        Assert.Equal(At(1, Region.Next), At(2, Region.Input));

        int At(int layer, Region region) => calls[layer].Places[model.Layers[layer].Step.Regions.ToList().IndexOf(region)];
    }

    [Theory]
    [InlineData(2, StreamsTogether.InVectors)]
    [InlineData(5, StreamsTogether.InVectors)]
    [InlineData(8, StreamsTogether.InPairs)]
    [InlineData(10, StreamsTogether.InVectors)]
    [InlineData(16, StreamsTogether.InPairs)]
    [InlineData(20, StreamsTogether.InVectors)]
    [InlineData(24, StreamsTogether.InVectors)]
    [InlineData(25, StreamsTogether.InPairs)]
    [InlineData(128, StreamsTogether.AsLanes)]
    internal void Sums_that_leave_much_of_a_vector_empty_make_room_for_streams(int size, StreamsTogether together) =>
        Assert.Equal(together, Model(4, size, isReverse: false, batch: 8).Together);

    [Fact]
    public void Constants_are_folded()
    {
        Index step = "step";
        Assert.Equal("432 + (step * 48)", (432 + (((step * 1) + 0) * 48)).ToString());
        Assert.Equal("432 + (steps * 48)", (480 + (((Index)"steps" - 1) * 48)).ToString());
        Assert.Equal("432", (480 + ((Index)(-1) * 48)).ToString());
        Assert.Equal("(lane - lanes) * 48", ((((Index)(-1) * "lanes") + "lane") * 48).ToString());
        Assert.Equal("first + 15", ((Index)"first" + 16 - 1).ToString());
        Assert.Equal("steps - 16", ((Index)"steps" - 16).ToString());
        Assert.Equal("0", (step * 0).ToString());
        Assert.Equal("(a - b) - c", ((Index)"a" - "b" - "c").ToString());
        Assert.Equal("a - (b + c)", ((Index)"a" - ((Index)"b" + "c")).ToString());
    }

    /// <summary>Every step is reached once, in its order, and finds its states where the one before it has put them.</summary>
    private static void PartialSum(
        TapeLayout tape, LayerPlan layer, List<Trace> calls, KernelPlan whole, SplitPlan? split, Region before, Region after, int[] rows, int lanes = 1)
    {
        Trace[] steps = [.. calls.Where(c => c.Kernel is not ("SumInputs" or "InputGradients"))];
        Assert.Equal(rows.Length, steps.Length);
        for (int k = 0; k < steps.Length; k++)
        {
            Assert.Equal(rows[k], Row(tape, layer, layer.Record.Regions.Contains(after) ? after : Region.SumGradients, At(steps[k], layer.Record.Regions.Contains(after) ? after : Region.SumGradients)));
            if (k > 0)
            {
                Assert.Equal(At(steps[k - 1], after), At(steps[k], before));
            }
        }

        if (after == Region.Next)
        {
            int start = tape.StatesAfter(layer) + ((rows[0] + (layer.IsReverse ? lanes : -lanes)) * layer.RowStride(Region.State));
            Assert.Equal(start, At(steps[0], before));
        }

        int At(Trace call, Region region) => call.Places[(call.Kernel is "SummedStep" or "RecordSummedStep" or "BackwardStatesStep" ? split!.Step : whole).Regions.ToList().IndexOf(region)];
    }

    private static int Row(TapeLayout tape, LayerPlan layer, Region region, int place) => (place - tape.Of(layer, region).Start) / layer.RowStride(region);

    private static int[] Order(int steps, bool isDown) => [.. isDown ? Enumerable.Range(0, steps).Reverse() : Enumerable.Range(0, steps)];

    private static ModelPlan Model(int input, int size, bool isReverse, int batch = 0)
    {
        var layer = new LayerSpec("A", new Lstm(), input, size, Property: null)
        {
            Direction = isReverse ? DirectionKind.Reverse : DirectionKind.Forward,
        };
        var spec = new ModelSpec(new TypeTarget("", default, "Model", "public", "Model"), input, 40, false, new EquatableArray<LayerSpec>([layer]), false) { BatchSize = batch };
        return ModelPlan.Of(spec);
    }
}
