using RnnGen.Generator.Cells;
using RnnGen.Generator.Layers;
using RnnGen.Generator.Loops;
using RnnGen.Generator.Loops.Schedules;
using RnnGen.Generator.Model;
using RnnGen.Generator.Planning;
using RnnGen.Generator.Tests.Infrastructure;
using RnnGen.Generator.Text;

namespace RnnGen.Generator.Tests;

/// <summary>Every schedule computes what its stages say, at every vector width, without a compiler.</summary>
public class ScheduleTests
{
    private const int Stride = 4096;

    public static TheoryData<string, int, bool> Cases { get; } = new(
        from cell in new[]
        {
            "Rnn 3 5", "Rnn 1 20", "Gru 3 20", "Gru 40 64", "Gru2 20 33", "Lstm 3 20", "Lstm 40 64", "Norm 20 20", "Dense 7 3",
            "Lstm 5 8", "Peephole 3 20", "Gru 3 20 Rows", "Lstm 3 20 None",
        }
        from width in new[] { 4, 8, 16 }
        from tokens in new[] { false, true }
        select (cell, width, tokens));

    public static TheoryData<string, int> CasesOfNumbers { get; } = new(from c in Cases.Select(row => row.Data) where !c.Item3 select (c.Item1, c.Item2));

    [Theory, MemberData(nameof(Cases))]
    public void A_step_and_a_block_of_lanes_compute_their_stages(string cell, int floats, bool tokens)
    {
        LayerPlan layer = Layer(cell, tokens);
        KernelPlan sums = SplitPlan.Before(layer.Record).Rows;
        foreach (KernelPlan plan in new[] { layer.Step, layer.Record, layer.Backward, sums, SplitPlan.Before(layer.Record).Step }.Where(p => p.Regions.Contains(Region.Weights)))
        {
            foreach (Width width in new[] { floats == 16 ? Width.Wide : Width.Portable })
            {
                var kernel = new Kernel(plan, width, Precise: false);
                Dictionary<string, float[]> expected = Memory(plan);
                Dictionary<string, float[]> single = Copy(expected);
                Dictionary<string, float[]> lanes = plan.Regions.ToDictionary(Names.OfLanes, r => single[Names.Of(r)].ToArray());
                lanes["weights"] = single["weights"];
                lanes["tokens"] = [1, 0, 2, 1, 0, 0, 2, 1];
                lanes["scratch"] = [.. Enumerable.Repeat(float.NaN, plan.BlockSums)];

                for (int lane = 0; lane < LaneBlock.Size; lane++)
                {
                    Dictionary<string, float[]> rows = plan.Regions.ToDictionary(Names.Of, r => r == Region.Weights ? expected["weights"] : expected[Names.Of(r)][(lane * Stride)..((lane + 1) * Stride)]);
                    new NaiveStep(plan, rows, (int)lanes["tokens"][lane]).Run();
                    Dictionary<string, float[]> one = plan.Regions.ToDictionary(Names.Of, r => r == Region.Weights ? single["weights"] : single[Names.Of(r)][(lane * Stride)..((lane + 1) * Stride)]);
                    Node[] step = [.. new StepLoops(kernel).Nodes()];
                    LoopInterpreter run = new LoopInterpreter(floats, one).With("token", (int)lanes["tokens"][lane]).Run(step);
                    Assert.Empty(KernelRules.Violations(step, plan.Regions.Select(r => plan.IsTokenInput(r) ? "token" : Names.Of(r))));
                    Assert.InRange(run.MostSums, 0, width.IsWide ? 16 : 12);
                    Same(plan, rows, one);
                    foreach (Region region in plan.Regions.Where(r => r != Region.Weights))
                    {
                        rows[Names.Of(region)].CopyTo(expected[Names.Of(region)], lane * Stride);
                    }
                }

                if (plan == sums || !plan.Regions.Contains(Region.Sums))
                {
                    Node[] block = [.. new LaneBlockLoops(kernel, _ => Stride).Nodes()];
                    LoopInterpreter run = new LoopInterpreter(floats, lanes).With("lanes", LaneBlock.Size).Run(block);
                    Assert.Empty(KernelRules.Violations(block, plan.Regions.Select(r => plan.IsTokenInput(r) ? "tokens" : Names.OfLanes(r)).Append("lanes")));
                    Assert.InRange(run.MostSums, 0, width.IsWide ? 24 : 8);
                    Same(plan, expected, plan.Regions.ToDictionary(Names.Of, r => lanes[Names.OfLanes(r)]));
                }
            }
        }
    }

    [Theory, MemberData(nameof(CasesOfNumbers))]
    public void A_step_of_two_streams_computes_each(string cell, int floats)
    {
        KernelPlan plan = Layer(cell, tokens: false).Step;
        Dictionary<string, float[]> memory = Memory(plan);
        Dictionary<string, float[]>[] expected = [.. Enumerable.Range(0, 2).Select(k => plan.Regions.ToDictionary(
            Names.Of, r => r == Region.Weights ? memory["weights"] : memory[Names.Of(r)][(k * Stride)..((k + 1) * Stride)]))];
        var both = new Dictionary<string, float[]> { ["weights"] = memory["weights"] };
        foreach ((Region region, int k) in from r in plan.Regions where r != Region.Weights from k in new[] { 0, 1 } select (r, k))
        {
            both[PairLoops.Of(Names.Of(region), k)] = [.. expected[k][Names.Of(region)]];
        }

        var kernel = new Kernel(plan, floats == 16 ? Width.Wide : Width.Portable, Precise: false) { IsOfTwo = true };
        Node[] pair = [.. new PairLoops().Nodes(new StepLoops(kernel).Nodes())];
        LoopInterpreter run = new LoopInterpreter(floats, both).Run(pair);

        Assert.Empty(KernelRules.Violations(pair, both.Keys));
        Assert.InRange(run.MostSums, 0, floats == 16 ? 16 : 12);
        for (int k = 0; k < 2; k++)
        {
            new NaiveStep(plan, expected[k], 0).Run();
            Same(plan, expected[k], plan.Regions.ToDictionary(Names.Of, r => r == Region.Weights ? memory["weights"] : both[PairLoops.Of(Names.Of(r), k)]));
        }
    }

    [Theory, MemberData(nameof(CasesOfNumbers))]
    public void A_step_of_streams_that_are_elements_of_vectors_computes_each(string cell, int floats)
    {
        const int Streams = 32;
        KernelPlan plan = Layer(cell, tokens: false).Step;
        if (plan.Stages.Any(s => s.Reductions.Count > 0))
        {
            return;
        }

        var random = new Random(7);
        float[] weights = Numbers(random, 400_000);
        Region[] regions = [.. plan.Regions.Where(r => r != Region.Weights)];
        Dictionary<string, float[]>[] expected = [.. Enumerable.Range(0, Streams).Select(_ => regions.ToDictionary(Names.Of, _ => Numbers(random, Stride)))];
        Dictionary<string, float[]> vectors = regions.ToDictionary(Names.Of, _ => new float[Stride * StreamVector.Stride]);
        foreach ((int stream, string name) in from k in Enumerable.Range(0, Streams) from r in regions select (k, Names.Of(r)))
        {
            for (int number = 0; number < Stride; number++)
            {
                vectors[name][(number * StreamVector.Stride) + stream] = expected[stream][name][number];
            }
        }

        vectors["weights"] = weights;
        Node[] nodes = [.. new StreamVectorLoops(new Kernel(plan, floats == 16 ? Width.Wide : Width.Portable, Precise: false)).Nodes()];
        LoopInterpreter run = new LoopInterpreter(floats, vectors).With("streams", Streams).Run(nodes);

        Assert.Empty(KernelRules.Violations(nodes, vectors.Keys.Append("streams")));
        Assert.InRange(run.MostSums, 0, 8);
        for (int stream = 0; stream < Streams; stream++)
        {
            expected[stream]["weights"] = weights;
            new NaiveStep(plan, expected[stream], 0).Run();
            Same(plan, expected[stream], regions.ToDictionary(
                Names.Of, r => Enumerable.Range(0, Stride).Select(number => vectors[Names.Of(r)][(number * StreamVector.Stride) + stream]).ToArray()));
        }
    }

    /// <summary>In any order, as the parts of a stage do not wait for each other; to the last bit, as each unit is computed as in a step of one thread.</summary>
    [Theory]
    [InlineData("Rnn 20 70")]
    [InlineData("Gru 40 64")]
    [InlineData("Gru2 20 96")]
    [InlineData("Lstm 40 64")]
    [InlineData("Peephole 3 80")]
    [InlineData("Dense 7 100")]
    public void Two_parts_of_a_step_compute_it(string cell)
    {
        KernelPlan plan = Layer(cell, tokens: false).Step;
        foreach ((int floats, int[] order) in from floats in new[] { 4, 8, 16 } from order in new int[][] { [0, 1], [1, 0] } select (floats, order))
        {
            var kernel = new Kernel(plan, floats == 16 ? Width.Wide : Width.Portable, Precise: false);
            Dictionary<string, float[]> expected = Memory(plan);
            Dictionary<string, float[]> found = Copy(expected);
            new LoopInterpreter(floats, expected).Run(new StepLoops(kernel).Nodes());
            foreach (Stage stage in plan.Stages)
            {
                Node[] nodes = [.. StepLoops.Part(kernel, stage)];
                Assert.True(stage.Tiles > 1);
                foreach (int part in order)
                {
                    new LoopInterpreter(floats, found).With("part", part).Run(nodes);
                }
            }

            Assert.All(plan.Regions, region => Assert.Equal(expected[Names.Of(region)], found[Names.Of(region)]));
        }
    }

    /// <summary>To the last bit: the interpreter adds in the order of the statements.</summary>
    [Theory]
    [InlineData("Rnn 3 5")]
    [InlineData("Rnn 20 70")]
    [InlineData("Gru2 20 33")]
    [InlineData("Lstm 40 64")]
    [InlineData("Peephole 3 20")]
    [InlineData("Norm 20 20")]
    public void Reproducible_sums_have_one_order_at_every_width_and_in_lanes(string cell)
    {
        LayerPlan layer = Layer(cell, tokens: false, reproducible: true);
        foreach (KernelPlan plan in new[] { layer.Step, layer.Record, layer.Backward })
        {
            Dictionary<string, float[]>? expected = null;
            foreach (int floats in new[] { 4, 8, 16 })
            {
                var kernel = new Kernel(plan, floats == 16 ? Width.Wide : Width.Portable, Precise: false);
                Dictionary<string, float[]> single = Memory(plan);
                Dictionary<string, float[]> lanes = plan.Regions.ToDictionary(r => r == Region.Weights ? "weights" : Names.OfLanes(r), r => single[Names.Of(r)].ToArray());
                lanes["scratch"] = new float[plan.BlockSums];
                for (int lane = 0; lane < LaneBlock.Size; lane++)
                {
                    Dictionary<string, float[]> one = plan.Regions.ToDictionary(Names.Of, r => r == Region.Weights ? single["weights"] : single[Names.Of(r)][(lane * Stride)..((lane + 1) * Stride)]);
                    new LoopInterpreter(floats, one).Run([.. new StepLoops(kernel).Nodes()]);
                    foreach (Region region in plan.Regions.Where(r => r != Region.Weights))
                    {
                        one[Names.Of(region)].CopyTo(single[Names.Of(region)], lane * Stride);
                    }
                }

                new LoopInterpreter(floats, lanes).With("lanes", LaneBlock.Size).Run([.. new LaneBlockLoops(kernel, _ => Stride).Nodes()]);
                expected ??= single;
                Same(plan, expected, single, difference: 0);
                Same(plan, expected, plan.Regions.Where(r => r != Region.Weights).ToDictionary(Names.Of, r => lanes[Names.OfLanes(r)]), difference: 0);
            }
        }
    }

    [Theory, MemberData(nameof(Cases))]
    public void Gradients_are_products_summed_up_over_the_steps(string cell, int floats, bool tokens)
    {
        const int Steps = 3;
        LayerPlan layer = Layer(cell, tokens);
        foreach (GradientPlan plan in GradientPlan.Of(layer))
        {
            foreach (Width width in new[] { floats == 16 ? Width.Wide : Width.Portable })
            {
                var random = new Random(1);
                Dictionary<string, float[]> memory = plan.Regions.ToDictionary(Names.Of, _ => Numbers(random, Steps * Stride));
                memory["gradients"] = new float[layer.WeightSize + 64];
                memory["tokens"] = [2, 0, 2];
                float[] expected = [.. memory["gradients"]];
                WeightPanel panel = plan.Panel;
                foreach (GradientTerm term in plan.Terms)
                {
                    for (int unit = 0; unit < plan.Stage.Size; unit++)
                    {
                        int tile = panel.Offset + (unit / panel.Tile * panel.TileStride) + (term.Index * panel.Tile) + (unit % panel.Tile);
                        for (int step = 0; step < Steps; step++)
                        {
                            float gradient = memory[Names.Of(term.Gradient.Region)][(step * Stride) + term.Gradient.Offset + unit];
                            for (int row = 0; row < (plan.IsBias ? 1 : panel.Rows); row++)
                            {
                                float source = plan.IsBias ? 1
                                    : term.Source is Operand place ? memory[Names.Of(place.Region)][(step * Stride) + place.Offset + row]
                                    : row == (int)memory["tokens"][step] ? 1 : 0;
                                expected[tile + (plan.IsBias ? 0 : (panel.Biases.Count * panel.Tile) + (row * panel.RowStride))] += source * gradient;
                            }
                        }
                    }
                }

                Node[] sums = [.. new GradientLoops(plan, width, _ => Stride).Nodes()];
                LoopInterpreter run = new LoopInterpreter(floats, memory).With("steps", Steps).Run(sums);
                Assert.Empty(KernelRules.Violations(sums, plan.Regions.Select(Names.Of).Append("gradients").Append("steps")));
                Assert.InRange(run.MostSums, 0, width.IsWide ? 24 : 10);
                foreach (int k in Units(plan.Stage, panel))
                {
                    Assert.Equal(expected[k], memory["gradients"][k], 1e-4f);
                }
            }
        }
    }

    /// <summary>References to tokens have integers as elements, and an advanced reference stays in its region.</summary>
    [Fact]
    public void References_keep_what_they_lead_to()
    {
        var tokens = new Reference("tokens", Element.Int);
        Pointer ofBlock = new Address(tokens).Along("block").As("tokensOfBlock");

        Assert.Equal(new Reference("tokensOfBlock", Element.Int), ofBlock.Reference);
        Assert.Equal(Element.Int, ofBlock.Start.Plus(3).Along("lane").Base.Element);
        Assert.Empty(new Address(tokens, 3).As("none", out Address place));
        Assert.Equal("tokens", place.Base.Name);
    }

    private static IEnumerable<int> Units(Stage stage, WeightPanel panel) =>
        from tile in Enumerable.Range(0, stage.Tiles)
        from k in Enumerable.Range(0, panel.TileStride)
        where (tile * panel.Tile) + (k % panel.Tile) < stage.Size
        select panel.Offset + (tile * panel.TileStride) + k;

    private static LayerPlan Layer(string name, bool tokens, bool reproducible = false)
    {
        string[] parts = name.Split(' ');
        int input = int.Parse(parts[1]);
        int size = int.Parse(parts[2]);
        tokens &= input > 2;
        (LayerKind kind, OptionValues options) = parts[0] switch
        {
            "Rnn" => (new Rnn(), OptionValues.None.With(Rnn.Function, new FunctionSpec(ActivationKind.Relu))),
            "Gru2" => (new Gru(), OptionValues.None.With(Gru.LinearBeforeReset, false)),
            "Peephole" => (new Lstm(), OptionValues.None.With(Lstm.Peepholes, true).With(Lstm.InputForget, true)),
            "Norm" => (new Lstm(), OptionValues.None.With(Lstm.LayerNorm, true)),
            _ => (LayerKind.Find(parts[0])!, OptionValues.None),
        };
        var spec = new LayerSpec("A", kind, input, size, Property: null) { Options = options };
        var model = new ModelSpec(new TypeTarget("", default, "Model", "public", "Model"), input, 40, tokens, new EquatableArray<LayerSpec>([spec]), false)
        {
            Reproducible = reproducible,
            Unroll = parts.Length > 3 ? Enum.Parse<UnrollKind>(parts[3]) : UnrollKind.Auto,
        };
        return LayerPlanner.Plan(model, spec, kind.CellOf(spec), tokens, 0, 0);
    }

    private static Dictionary<string, float[]> Memory(KernelPlan plan)
    {
        var random = new Random(7);
        return plan.Regions.ToDictionary(Names.Of, r => Numbers(random, r == Region.Weights ? 400_000 : LaneBlock.Size * Stride));
    }

    private static float[] Numbers(Random random, int count) => [.. Enumerable.Range(0, count).Select(_ => (float)((random.NextDouble() * 0.6) - 0.3))];

    private static Dictionary<string, float[]> Copy(Dictionary<string, float[]> memory) => memory.ToDictionary(m => m.Key, m => m.Value.ToArray());

    /// <summary>All that is stored is the same in the lanes that stand for units.</summary>
    private static void Same(KernelPlan plan, Dictionary<string, float[]> expected, Dictionary<string, float[]> actual, float difference = 1e-4f)
    {
        foreach (Planning.Store store in plan.Stages.SelectMany(s => s.Stores))
        {
            string region = Names.Of(store.Place.Region);
            for (int row = 0; row < expected[region].Length; row += Stride)
            {
                for (int unit = 0; unit < store.Value.Size; unit++)
                {
                    Assert.Equal(expected[region][row + store.Place.Offset + unit], actual[region][row + store.Place.Offset + unit], difference);
                }
            }
        }
    }

    /// <summary>The definition of a kernel's stages, unit by unit.</summary>
    private sealed class NaiveStep(KernelPlan plan, Dictionary<string, float[]> memory, int token)
    {
        public void Run()
        {
            foreach (Stage stage in plan.Stages)
            {
                foreach (Reduction mean in stage.Reductions)
                {
                    At(mean.Place.Region)[mean.Place.Offset] = At(mean.Source.Region).AsSpan(mean.Source.Offset, mean.Value.Operand.Size).ToArray().Average();
                }

                float[][] sums = [.. Enumerable.Range(0, stage.Size).Select(unit => Sums(stage, unit))];
                double[][] results = [.. stage.Stores.Select(s => Enumerable.Range(0, stage.Size).Select(unit => Value(stage, s.Value, unit, sums[unit])).ToArray())];
                for (int k = 0; k < results.Length; k++)
                {
                    for (int unit = 0; unit < stage.Size; unit++)
                    {
                        At(stage.Stores[k].Place.Region)[stage.Stores[k].Place.Offset + unit] = (float)results[k][unit];
                    }
                }
            }
        }

        private float[] At(Region region) => memory[Names.Of(region)];

        private float[] Sums(Stage stage, int unit)
        {
            float[] sums = [.. stage.Accumulators.Select((_, a) => stage.Ahead is int ahead ? At(Region.Sums)[ahead + (a * CacheLine.Pad(stage.Size)) + unit] : 0)];
            foreach (WeightPanel panel in stage.Panels)
            {
                int tile = panel.Offset + (unit / panel.Tile * panel.TileStride) + (unit % panel.Tile);
                for (int b = 0; b < panel.Biases.Count; b++)
                {
                    sums[panel.Biases[b].Accumulator] += At(Region.Weights)[tile + (b * panel.Tile)];
                }

                for (int c = 0; c < panel.Columns.Count; c++)
                {
                    PanelColumn column = panel.Columns[c];
                    for (int row = 0; row < panel.Rows; row++)
                    {
                        float source = column.IsToken ? (row == token ? 1 : 0) : At(column.Source.Region)[column.Source.Offset + row];
                        sums[column.Accumulator] += source * At(Region.Weights)[tile + ((panel.Biases.Count + c) * panel.Tile) + (row * panel.RowStride)];
                    }
                }
            }

            return sums;
        }

        private double Value(Stage stage, Expression value, int unit, float[] sums) => value switch
        {
            Constant constant => constant.Value,
            _ when plan.IsRead(value, stage) => At(plan.Places[value].Region)[plan.Places[value].Offset + (value.Size == 1 && stage.Size > 1 ? 0 : unit)],
            Accumulator sum => sums[stage.Accumulators.ToList().IndexOf(sum)],
            Apply apply => apply.Function.Evaluate(Value(stage, apply.Operand, unit, sums)),
            Cells.Broadcast broadcast => Value(stage, broadcast.Operand, unit, sums),
            Binary { Operator: BinaryOperator.Add } b => Value(stage, b.Left, unit, sums) + Value(stage, b.Right, unit, sums),
            Binary { Operator: BinaryOperator.Subtract } b => Value(stage, b.Left, unit, sums) - Value(stage, b.Right, unit, sums),
            Binary b => Value(stage, b.Left, unit, sums) * Value(stage, b.Right, unit, sums),
            _ => throw new NotSupportedException(value.GetType().Name),
        };
    }
}
