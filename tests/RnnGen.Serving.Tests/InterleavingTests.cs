using CsCheck;
using RnnGen.Serving;

namespace RnnGen.Tests.Serving;

/// <summary>Whatever the calls and their order: each stream answers, bit for bit, as it does alone.</summary>
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

    private static void Check<TInput>(Func<int, IRnnStreamingModel<TInput>> create, Func<int, TInput[]> input) =>
        Gen.Int[1, 100].Select(seed => (new Hosted<TInput>(create(seed)), new Alone<TInput>(create(seed)))).SampleModelBased(
            [
                Gen.Select(SomeKeys, Gen.Int[0, 100]).Array[1, 20].Operation<Hosted<TInput>, Alone<TInput>>(
                    (hosted, steps) => Each(steps, step => hosted.Step(step.Item1, input(step.Item2))),
                    (alone, steps) => Each(steps, step => alone.Step(step.Item1, input(step.Item2)))),
                SomeKeys.Operation<Hosted<TInput>, Alone<TInput>>((hosted, key) => hosted.Start(key), (alone, key) => alone.Start(key)),
                SomeKeys.Operation<Hosted<TInput>, Alone<TInput>>((hosted, key) => hosted.End(key), (alone, key) => alone.End(key)),
                Gen.Select(SomeKeys, SomeKeys).Operation<Hosted<TInput>, Alone<TInput>>(
                    (hosted, keys) => hosted.Fork(keys.Item1, keys.Item2), (alone, keys) => alone.Fork(keys.Item1, keys.Item2)),
                Gen.Select(Gen.Int[1, 100], Gen.Bool).Operation<Hosted<TInput>, Alone<TInput>>(
                    (hosted, swap) => hosted.Swap(create(swap.Item1), swap.Item2), (alone, swap) => alone.Swap(create(swap.Item1), swap.Item2)),
                Gen.Int[1, 100].Operation<Hosted<TInput>, Alone<TInput>>(
                    (hosted, seed) => hosted.MoveTo(create(seed)), (alone, seed) => alone.Swap(create(seed), stay: false)),
            ],
            equal: (hosted, alone) => hosted.Count == alone.Count && hosted.Answers.SequenceEqual(alone.Answers),
            iter: 60);

    private static void Each<T>(T[] items, Action<T> action) => Array.ForEach(items, action);

    /// <summary>The streams in a host, which all live at first.</summary>
    private sealed class Hosted<TInput>
    {
        // Some starts are refused.
        private const int Capacity = Streams + 2;

        private readonly int _outputs;
        private StreamHost<int, TInput> _host;

        public Hosted(IRnnStreamingModel<TInput> model)
        {
            _outputs = model.OutputSize;
            _host = new StreamHost<int, TInput>(model, Capacity);
            for (int key = 0; key < Streams; key += 2)
            {
                _host.Start(key);
            }
        }

        public int Count => _host.Count;

        public List<int> Answers { get; } = [];

        public void Start(int key) => Answers.Add((int)_host.TryStart(key));

        public void End(int key) => Answers.Add((int)_host.TryEnd(key));

        public void Fork(int key, int fork) => Answers.Add((int)_host.TryFork(key, fork));

        public void Swap(IRnnStreamingModel<TInput> model, bool stay) => _host.Swap(model, stay ? LiveStreams.Stay : LiveStreams.GoOver);

        public void Step(int key, TInput[] input)
        {
            var outputs = new float[_outputs];
            Answers.Add((int)_host.TryStep(key, input, outputs));
            Answers.AddRange(outputs.Select(BitConverter.SingleToInt32Bits));
        }

        /// <summary>To another host, by a file.</summary>
        public void MoveTo(IRnnStreamingModel<TInput> model)
        {
            var file = new MemoryStream();
            _host.Save(file);
            _host.Dispose();
            file.Position = 0;
            _host = new StreamHost<int, TInput>(model, Capacity);
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

        public List<int> Answers { get; } = [];

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
            Answers.AddRange(outputs.Select(BitConverter.SingleToInt32Bits));
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
