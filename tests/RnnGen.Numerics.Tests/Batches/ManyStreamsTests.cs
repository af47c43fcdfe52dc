using System.Reflection;

namespace RnnGen.Numerics.Tests.Batches;

/// <summary>A step of many streams is a step of each: in any number and order, also of one that is there several times.</summary>
public class ManyStreamsTests
{
    // Single ones, a block of lanes, some more, and more than a batch has.
    private static readonly int[] Calls = [1, 7, 8, 9, 19, 20, 47, 64, 3];

    [Fact]
    public void Steps_of_a_small_model_are_taken_two_at_a_time()
    {
        Check(new StreamedPairs(seed: 5), tolerance: 1e-6f);
        Check(new StreamedStages(seed: 5), tolerance: 1e-6f);
        Check(new BatchedRnn(seed: 5), tolerance: 1e-6f);
    }

    [Fact]
    public void Pairs_of_a_reproducible_model_have_the_same_bits() => Check(new StreamedSameBits(seed: 5), tolerance: 0);

    [Fact]
    public void Units_that_fit_a_small_vector_have_the_bits_of_single_steps_as_elements_of_vectors()
    {
        CheckVectors(new StreamedTiny(seed: 5), tolerance: 0);
        CheckVectors(new StreamedTinyCells(seed: 5), tolerance: 0);
        CheckVectors(new StreamedTinyStages(seed: 5), tolerance: 0);
        CheckVectors(new StreamedTinyPrecise(seed: 5), tolerance: 0);
        CheckVectors(new StreamedTinyClasses(seed: 5), tolerance: 0);
        CheckVectors(new StreamedTinyQuantiles(seed: 5), tolerance: 0);
        CheckVectors(new StreamedTinyDense(seed: 5), tolerance: 0);
    }

    [Fact]
    public void Streams_are_elements_of_vectors_where_units_leave_much_of_one_empty()
    {
        CheckVectors(new StreamedLoose(seed: 5), tolerance: 1e-6f);
        CheckVectors(new StreamedLooseCells(seed: 5), tolerance: 1e-6f);
        CheckVectors(new StreamedLooseSameBits(seed: 5), tolerance: 0);
    }

    /// <summary>More than there is room for at a time, all different, in the order of their memory and in another one.</summary>
    [Theory]
    [InlineData(12)]
    [InlineData(63)]
    [InlineData(64)]
    [InlineData(75)]
    [InlineData(76)]
    [InlineData(250)]
    public void Streams_in_any_number_and_order_are_elements_of_vectors(int count)
    {
        var model = new StreamedTinyCells(seed: 5);
        var random = new Random(count);
        StreamedTinyCells.State[] streams = model.CreateStates(count);
        StreamedTinyCells.State[] singles = model.CreateStates(count);
        int[] order = [.. Enumerable.Range(0, count)];
        for (int step = 0; step < 4; step++)
        {
            float[] inputs = Inputs<float>(random, count * StreamedTinyCells.InputSize, StreamedTinyCells.InputSize);
            var found = new float[count * StreamedTinyCells.OutputSize];
            var expected = new float[StreamedTinyCells.OutputSize];
            model.Step([.. order.Select(stream => streams[stream])], inputs, found);
            for (int k = 0; k < count; k++)
            {
                model.Step(singles[order[k]], inputs.AsSpan(k * StreamedTinyCells.InputSize, StreamedTinyCells.InputSize), expected);
                Same(expected, found.AsSpan(k * StreamedTinyCells.OutputSize, StreamedTinyCells.OutputSize), 0);
                Same(Values(singles[order[k]]), Values(streams[order[k]]), 0);
            }

            random.Shuffle(order);
        }
    }

    [Fact]
    public void A_stream_that_is_not_finite_is_so_alone()
    {
        var model = new StreamedTiny(seed: 5);
        StreamedTiny.State[] streams = model.CreateStates(20);
        float[] inputs = Inputs<float>(new Random(3), 20 * StreamedTiny.InputSize, StreamedTiny.InputSize);
        inputs[7 * StreamedTiny.InputSize] = float.NaN;
        model.Step(streams, inputs, new float[20 * StreamedTiny.OutputSize]);

        Assert.All(streams.Index(), stream => Assert.Equal(stream.Index != 7, stream.Item.IsFinite));
    }

    [Fact]
    public void Generated_code_and_memory_agree_on_the_distance_between_numbers() =>
        Assert.Equal(RnnGen.CompilerServices.StreamVectors.Stride, RnnGen.Generator.Planning.StreamVector.Stride);

    [Fact]
    public void States_side_by_side_are_as_those_by_themselves()
    {
        var model = new StreamedWide(seed: 5);
        StreamedWide.State[] states = model.CreateStates(1_000);
        float[] inputs = Inputs<float>(new Random(3), 6 * 40, 40);
        var expected = new float[6 * 3];
        var found = new float[6 * 3];
        StreamedWide.State alone = model.CreateState();
        model.Forward(alone, inputs, expected);

        // A window of one of many, and of its copy, changes no other stream.
        model.Forward(states[500], inputs, found);
        StreamedWide.State copy = states[500].Fork();
        Same(expected, found, 0);
        Same(Values(alone), Values(states[500]), 0);
        Same(Values(alone), Values(copy), 0);
        Assert.All([.. states[..500], .. states[501..]], state => Assert.All(Values(state), value => Assert.Equal(0, value)));

        model.Forward(alone, inputs, expected);
        model.Forward(copy, inputs, found);
        Same(expected, found, 0);
        Assert.Empty(model.CreateStates(0));
        Assert.Equal(3, ((IRnnStreamingModel<float>)model).CreateStates(3).Length);
        Assert.Throws<ArgumentOutOfRangeException>("count", () => model.CreateStates(-1));
    }

    [Fact]
    public void States_side_by_side_start_from_what_was_learned() =>
        Check(new StreamedFromLearned(seed: 5), tolerance: 1e-6f, create: (model, count) => model.CreateStates(count));

    [Fact]
    public void Many_states_need_several_pieces_of_memory() =>
        Check(new StreamedPairs(seed: 5), tolerance: 1e-6f, create: (model, count) => [.. model.CreateStates(20_000)[..(count / 2)], .. model.CreateStates(20_000)[^(count / 2)..]]);

    [Fact]
    public void Steps_of_a_model_without_batches_have_the_same_bits() => Check(new StreamedWide(seed: 5), tolerance: 0);

    [Fact]
    public void Steps_of_tokens_have_the_same_bits() => Check(new BatchedTokens(seed: 5), tolerance: 0);

    [Fact]
    public void Steps_of_narrow_weights_have_the_same_bits() => Check(new StreamedBytes(seed: 5), tolerance: 0);

    [Fact]
    public void Steps_of_a_wide_model_are_those_of_lanes() => Check(new StreamedInLanes(seed: 5), tolerance: 1e-6f);

    [Fact]
    public void Steps_of_a_wide_model_of_tokens_are_those_of_lanes() => Check(new StreamedTokens(seed: 5), tolerance: 1e-6f);

    [Fact]
    public void Layers_that_run_once_per_window_do_so_in_each_step()
    {
        Check(new StreamedToOne(seed: 5), tolerance: 1e-6f);
        Check(new BatchedLast(seed: 5), tolerance: 0);
    }

    [Fact]
    public void Sequences_start_from_what_was_learned() => Check(new StreamedFromLearned(seed: 5), tolerance: 1e-6f);

    [Fact]
    public void A_bad_input_is_left_out_of_its_stream_alone()
    {
        Check(new StreamedHeld(seed: 5), tolerance: 1e-6f, bad: 3);
        Check(new StreamedSmallHeld(seed: 5), tolerance: 0, bad: 3);
    }

    [Fact]
    public void Each_head_has_its_outputs()
    {
        var model = new StreamedHeads(seed: 5);
        StreamedHeads.State[] states = [.. Enumerable.Range(0, 13).Select(_ => model.CreateState())];
        StreamedHeads.State[] singles = [.. Enumerable.Range(0, 13).Select(_ => model.CreateState())];
        float[] inputs = Inputs<float>(new Random(3), 13 * 40, 40);
        var kinds = new float[13 * 3];
        var sizes = new float[13 * 2];
        var kind = new float[3];
        var size = new float[2];

        model.Step(states, inputs, kinds, sizes);

        var both = new float[13 * 5];
        ((IRnnStreamingModel<float>)model).Step((State[])[.. Enumerable.Range(0, 13).Select(_ => model.CreateState())], inputs, both);
        for (int stream = 0; stream < 13; stream++)
        {
            model.Step(singles[stream], inputs.AsSpan(stream * 40, 40), kind, size);
            Same(kind, kinds.AsSpan(stream * 3, 3), 1e-6f);
            Same(size, sizes.AsSpan(stream * 2, 2), 1e-6f);
            Same(kind, both.AsSpan(stream * 3, 3), 1e-6f);
            Same(size, both.AsSpan((13 * 3) + (stream * 2), 2), 1e-6f);
        }
    }

    [Fact]
    public void Threads_have_lanes_of_their_own() => InParallel(new StreamedInLanes(seed: 5));

    [Fact]
    public void Threads_have_vectors_of_their_own() => InParallel(new StreamedTinyCells(seed: 5));

    private static void CheckVectors(IRnnStreamingModel<float> model, float tolerance)
    {
        Assert.NotNull(model.GetType().GetNestedType("Kernels", BindingFlags.NonPublic)!.GetMethod("StepStreams", BindingFlags.NonPublic | BindingFlags.Static));
        Check(model, tolerance);
    }

    private static void InParallel(IRnnStreamingModel<float> model)
    {
        var results = new float[8][];
        Parallel.For(0, 8, thread =>
        {
            State[] states = [.. Enumerable.Range(0, 24).Select(_ => model.CreateState())];
            float[] inputs = Inputs<float>(new Random(1), 24 * model.InputSize, model.InputSize);
            results[thread] = new float[24 * model.OutputSize];
            for (int k = 0; k < 200; k++)
            {
                model.Step(states, inputs, results[thread]);
            }
        });

        Assert.All(results, result => Same(results[0], result, 0));
    }

    private static void Check<TInput>(IRnnStreamingModel<TInput> model, float tolerance, int bad = 0, Func<IRnnStreamingModel<TInput>, int, State[]>? create = null)
        where TInput : struct
    {
        var random = new Random(11);
        int width = model.GetInputLength(1);
        int outputs = model.OutputSize;
        State[] streams = create?.Invoke(model, 50) ?? [.. Enumerable.Range(0, 50).Select(_ => model.CreateState())];
        State[] singles = [.. Enumerable.Range(0, 50).Select(_ => model.CreateState())];
        foreach (int count in Calls)
        {
            int[] order = [.. Enumerable.Range(0, count).Select(_ => random.Next(streams.Length))];
            TInput[] inputs = Inputs<TInput>(random, count * width, model.InputSize);
            for (int k = 0; k < bad; k++)
            {
                inputs[random.Next(inputs.Length)] = (TInput)(object)float.NaN;
            }

            var found = new float[count * outputs];
            model.Step([.. order.Select(stream => streams[stream])], inputs, found);

            var expected = new float[outputs];
            for (int k = 0; k < count; k++)
            {
                model.Step(singles[order[k]], inputs.AsSpan(k * width, width), expected);
                Same(expected, found.AsSpan(k * outputs, outputs), tolerance);
            }

            for (int stream = 0; stream < streams.Length; stream++)
            {
                Same(Values(singles[stream]), Values(streams[stream]), tolerance);
            }
        }
    }

    private static float[] Values(State state)
    {
        var values = new float[state.Count];
        state.CopyTo(values);
        return values;
    }

    private static void Same(ReadOnlySpan<float> expected, ReadOnlySpan<float> found, float tolerance)
    {
        Assert.Equal(expected.Length, found.Length);
        for (int k = 0; k < expected.Length; k++)
        {
            Assert.True(Math.Abs(expected[k] - found[k]) <= tolerance, $"[{k}]: expected {expected[k]}, found {found[k]}");
        }
    }

    private static TInput[] Inputs<TInput>(Random random, int count, int inputSize)
        where TInput : struct =>
        [.. Enumerable.Range(0, count).Select(_ => typeof(TInput) == typeof(int) ? (TInput)(object)random.Next(inputSize) : (TInput)(object)((float)random.NextDouble() - 0.5f))];
}
