using CsCheck;
using RnnGen.Serving;

namespace RnnGen.Tests.Serving;

/// <summary>Whatever the calls and their order, and whoever shares its batch: each stream answers as it does alone, bit for bit where the same kernel serves both or the model is reproducible.</summary>
public class InterleavingTests
{
    private const int Streams = 1000;

    private static readonly Gen<int> Keys = Gen.Int[0, Streams - 1];

    // Half of the calls concern few streams, so that a stream has many.
    private static readonly Gen<int> SomeKeys = Gen.OneOf(Keys, Gen.Int[0, 9]);

    [Fact]
    public void A_gru_with_learned_initial_states() => Check(Served.Meter, seed => [0.01f * seed, 1, -0.02f * seed]);

    [Fact]
    public void An_lstm_that_holds_bad_steps() => Check(seed => new Holding(seed), seed => [seed % 5 == 0 ? float.NaN : seed, 1f / (seed + 1)]);

    [Fact]
    public void A_model_of_tokens() => Check(seed => new Letters(seed), seed => [seed % 7]);

    [Fact]
    public void Lanes_of_a_gru_with_learned_initial_states() => Check(seed => new LaneMeter(seed), seed => [0.01f * seed, 1, -0.02f * seed], batches: 2, tolerance: 1e-6f);

    [Fact]
    public void Lanes_of_an_lstm_that_holds_bad_steps() => Check(seed => new LaneHolding(seed), seed => [seed % 5 == 0 ? float.NaN : seed, 1f / (seed + 1)], batches: 3);

    [Fact]
    public void Lanes_of_a_model_of_tokens() => Check(seed => new LaneLetters(seed), seed => [seed % 7], batches: 1);

    [Fact]
    public void Lanes_of_a_model_with_two_heads() => Check(seed => new LaneHeads(seed), seed => [0.01f * seed, 1], batches: 2);

    [Fact]
    public void Lanes_of_bytes() => Check(seed => new LaneBytes(seed), seed => [0.01f * seed, 1, -0.02f * seed], batches: 2);

    private static void Check<TInput>(Func<int, IRnnStreamingModel<TInput>> create, Func<int, TInput[]> input, int batches = 0, float tolerance = 0)
    {
        Gen.Int[1, 100].Select(seed => (new Hosted<TInput>(create(seed), batches), new Alone<TInput>(create(seed)))).SampleModelBased(
            [
                Steps((hosted, keys, inputs) => Each(keys.Zip(inputs), step => hosted.Step(step.First, step.Second))),
                Steps((hosted, keys, inputs) => hosted.StepMany(keys, inputs)),
                Steps((hosted, keys, inputs) => hosted.StepAsync(keys, inputs)),
                SomeKeys.Operation<Hosted<TInput>, Alone<TInput>>((hosted, key) => hosted.Start(key), (alone, key) => alone.Start(key)),
                SomeKeys.Operation<Hosted<TInput>, Alone<TInput>>((hosted, key) => hosted.End(key), (alone, key) => alone.End(key)),
                Gen.Select(SomeKeys, SomeKeys).Operation<Hosted<TInput>, Alone<TInput>>(
                    (hosted, keys) => hosted.Fork(keys.Item1, keys.Item2), (alone, keys) => alone.Fork(keys.Item1, keys.Item2)),
                Gen.Select(Gen.Int[1, 100], Gen.Bool).Operation<Hosted<TInput>, Alone<TInput>>(
                    (hosted, swap) => hosted.Swap(create(swap.Item1), swap.Item2), (alone, swap) => alone.Swap(create(swap.Item1), swap.Item2)),
                Gen.Int[1, 100].Operation<Hosted<TInput>, Alone<TInput>>(
                    (hosted, seed) => hosted.MoveTo(create(seed)), (alone, seed) => alone.Swap(create(seed), stay: false)),
            ],
            equal: (hosted, alone) => hosted.Count == alone.Count && AreEqual(hosted.Answers, alone.Answers, tolerance),
            iter: 60);

        GenOperation<Hosted<TInput>, Alone<TInput>> Steps(Action<Hosted<TInput>, int[], TInput[][]> take) => Gen.Select(SomeKeys, Gen.Int[0, 100]).Array[1, 40].Operation<Hosted<TInput>, Alone<TInput>>(
            (hosted, steps) => take(hosted, Array.ConvertAll(steps, step => step.Item1), Array.ConvertAll(steps, step => input(step.Item2))),
            (alone, steps) => Each(steps, step => alone.Step(step.Item1, input(step.Item2))));
    }

    private static bool AreEqual(List<float> found, List<float> expected, float tolerance) => found.Count == expected.Count && found.Zip(expected).All(pair =>
        BitConverter.SingleToInt32Bits(pair.First) == BitConverter.SingleToInt32Bits(pair.Second) || MathF.Abs(pair.First - pair.Second) <= tolerance * MathF.Max(1, MathF.Abs(pair.Second)));

    private static void Each<T>(IEnumerable<T> items, Action<T> action)
    {
        foreach (T item in items)
        {
            action(item);
        }
    }

    /// <summary>The streams in a host, which all live at first.</summary>
    private sealed class Hosted<TInput>
    {
        // Some starts are refused.
        private const int Capacity = Streams + 2;

        private readonly int _outputs;
        private readonly StreamHostOptions<int> _options;
        private StreamHost<int, TInput> _host;

        public Hosted(IRnnStreamingModel<TInput> model, int batches)
        {
            _outputs = model.OutputSize;
            _options = new StreamHostOptions<int> { ConcurrentBatches = batches };
            _host = new StreamHost<int, TInput>(model, Capacity, _options);
            for (int key = 0; key < Streams; key += 2)
            {
                _host.Start(key);
            }
        }

        public int Count => _host.Count;

        public List<float> Answers { get; } = [];

        public void Start(int key) => Answers.Add((int)_host.TryStart(key));

        public void End(int key) => Answers.Add((int)_host.TryEnd(key));

        public void Fork(int key, int fork) => Answers.Add((int)_host.TryFork(key, fork));

        public void Swap(IRnnStreamingModel<TInput> model, bool stay) => _host.Swap(model, stay ? LiveStreams.Stay : LiveStreams.GoOver);

        public void Step(int key, TInput[] input)
        {
            var outputs = new float[_outputs];
            Answers.Add((int)_host.TryStep(key, input, outputs));
            Answers.AddRange(outputs);
        }

        public void StepMany(int[] keys, TInput[][] inputs)
        {
            var outputs = new float[keys.Length * _outputs];
            var results = new StepResult[keys.Length];
            bool areDone = _host.TryStepMany(keys, [.. inputs.SelectMany(input => input)], outputs, results);
            Assert.Equal(results.All(result => result.Status == StreamStatus.Done), areDone);
            for (int k = 0; k < keys.Length; k++)
            {
                Answers.Add((int)results[k].Status);
                Answers.AddRange(outputs.AsSpan(k * _outputs, _outputs));
            }
        }

        /// <summary>All at once: also steps of the same stream do not wait for each other.</summary>
        public void StepAsync(int[] keys, TInput[][] inputs)
        {
            float[][] outputs = [.. keys.Select(_ => new float[_outputs])];
            Task<StepResult>[] steps = [.. keys.Select((key, k) => _host.TryStepAsync(key, inputs[k], outputs[k]).AsTask())];
            for (int k = 0; k < keys.Length; k++)
            {
                Answers.Add((int)steps[k].Result.Status);
                Answers.AddRange(outputs[k]);
            }
        }

        /// <summary>To another host, by a file.</summary>
        public void MoveTo(IRnnStreamingModel<TInput> model)
        {
            var file = new MemoryStream();
            _host.Save(file);
            _host.Dispose();
            file.Position = 0;
            _host = new StreamHost<int, TInput>(model, Capacity, _options);
            _host.Restore(file);
        }
    }

    /// <summary>The same streams, each by itself.</summary>
    private sealed class Alone<TInput>
    {
        private readonly Dictionary<int, (IRnnStreamingModel<TInput> Model, State State)> _streams = [];
        private IRnnStreamingModel<TInput> _model;

        public Alone(IRnnStreamingModel<TInput> model)
        {
            _model = model;
            for (int key = 0; key < Streams; key += 2)
            {
                Enter(key, (model, Begun(model)));
            }
        }

        public int Count => _streams.Count;

        public List<float> Answers { get; } = [];

        public void Start(int key) => Answers.Add((int)Enter(key, (_model, Begun(_model))));

        public void End(int key) => Answers.Add((int)(_streams.Remove(key) ? StreamStatus.Done : StreamStatus.Unknown));

        public void Fork(int key, int fork) => Answers.Add((int)(
            _streams.TryGetValue(key, out (IRnnStreamingModel<TInput> Model, State State) stream) ? Enter(fork, (stream.Model, stream.State.Fork())) : StreamStatus.Unknown));

        public void Swap(IRnnStreamingModel<TInput> model, bool stay)
        {
            _model = model;
            foreach (int key in stay ? [] : _streams.Keys.ToArray())
            {
                _streams[key] = (model, _streams[key].State);
            }
        }

        public void Step(int key, TInput[] input)
        {
            var outputs = new float[_model.OutputSize];
            bool isThere = _streams.TryGetValue(key, out (IRnnStreamingModel<TInput> Model, State State) stream);
            if (isThere)
            {
                stream.Model.Step(stream.State, input, outputs);
            }

            Answers.Add((int)(isThere ? StreamStatus.Done : StreamStatus.Unknown));
            Answers.AddRange(outputs);
        }

        /// <summary>The initial state is that of the weights at the start, also if they are swapped before the first step.</summary>
        private static State Begun(IRnnStreamingModel<TInput> model)
        {
            State state = model.CreateState();
            state.Restore(state.ToBytes());
            return state;
        }

        private StreamStatus Enter(int key, (IRnnStreamingModel<TInput> Model, State State) stream) =>
            _streams.TryAdd(key, stream) ? StreamStatus.Done : StreamStatus.Exists;
    }
}
