using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using RnnGen.Numerics;

namespace RnnGen.CompilerServices;

/// <summary>
/// What generated code reads and writes of states, batches and tapes. Users see none of it: these classes keep it internal. The ways to a single step are
/// inlined into it.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class Memory
{
    /// <summary>The first float of a stream's states before a step.</summary>
    /// <param name="state">The stream.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ref float Now(State state) => ref state.NowOrigin;

    /// <summary>The first float of the states of all lanes before a step.</summary>
    /// <param name="batch">The streams.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ref float Now(Batch batch) => ref batch.NowOrigin;

    /// <summary>The first number of the states of all streams before a step.</summary>
    /// <param name="vectors">The streams.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ref float Now(StreamVectors vectors) => ref vectors.NowOrigin;

    /// <summary>The first float of a stream's states after a step.</summary>
    /// <param name="state">The stream.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ref float Next(State state) => ref state.NextOrigin;

    /// <summary>The first float of the states of all lanes after a step.</summary>
    /// <param name="batch">The streams.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ref float Next(Batch batch) => ref batch.NextOrigin;

    /// <summary>The first number of the states of all streams after a step.</summary>
    /// <param name="vectors">The streams.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ref float Next(StreamVectors vectors) => ref vectors.NextOrigin;

    /// <summary>The first float of a stream's scratch memory.</summary>
    /// <param name="state">The stream.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ref float Work(State state) => ref state.WorkOrigin;

    /// <summary>The memory for those steps of a window that are taken at a time.</summary>
    /// <param name="state">The stream.</param>
    public static ref float Ahead(State state) => ref state.AheadOrigin;

    /// <summary>The first float of the lanes' scratch memory.</summary>
    /// <param name="batch">The streams.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ref float Work(Batch batch) => ref batch.WorkOrigin;

    /// <summary>The first number of the scratch memory of all streams.</summary>
    /// <param name="vectors">The streams.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ref float Work(StreamVectors vectors) => ref vectors.WorkOrigin;

    /// <summary>The first of the sums of a group of lanes.</summary>
    /// <param name="batch">The streams.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ref float Scratch(Batch batch) => ref batch.ScratchOrigin;

    /// <summary>Makes the states after a step the current ones.</summary>
    /// <param name="state">The stream.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Advance(State state) => state.Advance();

    /// <summary>The same for all lanes.</summary>
    /// <param name="batch">The streams.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Advance(Batch batch) => batch.Advance();

    /// <summary>The batch in which many streams of a model take a step together, for one thread at a time.</summary>
    /// <param name="weights">The weights of the model.</param>
    /// <returns>The batch, or null if another thread has it or there is none yet.</returns>
    public static Batch? TakeLanes(ModelWeights weights) => Interlocked.Exchange(ref weights.SpareLanes, null);

    /// <summary>Gives it back.</summary>
    /// <param name="weights">The weights of the model.</param>
    /// <param name="batch">The batch, or another one like it.</param>
    public static void GiveLanes(ModelWeights weights, Batch batch) => Volatile.Write(ref weights.SpareLanes, batch);

    /// <summary>One of many streams. Asks for the memory of a later one, which is seldom near: LSTM 16 -> 32 with 10,000 streams takes 181 ns per step, and 261 if it waits for that.</summary>
    /// <typeparam name="TState">The states of the model.</typeparam>
    /// <param name="states">The streams.</param>
    /// <param name="stream">Its index.</param>
    /// <returns>The stream.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TState OneOf<TState>(ReadOnlySpan<TState> states, int stream)
        where TState : State
    {
        const int ahead = 2;
        TState state = states[stream];
        if (stream + ahead < states.Length)
        {
            states[stream + ahead].PrefetchAfter(state);
        }

        return state;
    }

    /// <summary>The memory in which streams of a model are the elements of vectors for a step, for one thread at a time.</summary>
    /// <param name="weights">The weights of the model.</param>
    /// <returns>The memory, or null if another thread has it or there is none yet.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static StreamVectors? TakeVectors(ModelWeights weights) => Interlocked.Exchange(ref weights.SpareVectors, null);

    /// <summary>Gives it back.</summary>
    /// <param name="weights">The weights of the model.</param>
    /// <param name="vectors">The memory, or another one like it.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void GiveVectors(ModelWeights weights, StreamVectors vectors) => Volatile.Write(ref weights.SpareVectors, vectors);

    /// <summary>Makes streams the elements of vectors: as many as fit, up to the first one that is there already.</summary>
    /// <typeparam name="TState">The states of the model.</typeparam>
    /// <param name="states">The streams, at least one.</param>
    /// <param name="vectors">The vectors.</param>
    /// <returns>The number of streams.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Gather<TState>(ReadOnlySpan<TState> states, StreamVectors vectors)
        where TState : State => vectors.Gather(ReadOnlySpan<State>.CastUp(states));

    /// <summary>Gives the streams their states after the step.</summary>
    /// <typeparam name="TState">The states of the model.</typeparam>
    /// <param name="vectors">The vectors.</param>
    /// <param name="states">The streams that <see cref="Gather{TState}(ReadOnlySpan{TState}, StreamVectors)"/> took.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Scatter<TState>(StreamVectors vectors, ReadOnlySpan<TState> states)
        where TState : State => vectors.Scatter(ReadOnlySpan<State>.CastUp(states));

    /// <summary>Makes the inputs of streams vectors, one for each number of a row.</summary>
    /// <param name="inputs">The inputs, row by row.</param>
    /// <param name="width">Numbers of a row.</param>
    /// <param name="vectors">The vectors.</param>
    /// <returns>The first number of the first stream.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ref float Turn(ReadOnlySpan<float> inputs, int width, StreamVectors vectors) => ref vectors.Turn(inputs, width);

    /// <summary>Makes outputs rows again.</summary>
    /// <param name="output">The first number of the first stream, in the vectors.</param>
    /// <param name="width">Numbers of a row.</param>
    /// <param name="outputs">Receives the outputs, row by row.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void TurnBack(ref float output, int width, Span<float> outputs) => StreamVectors.TurnBack(ref output, width, outputs);

    /// <summary>Makes streams the lanes of a batch: as many as fit, up to the first one that is there already.</summary>
    /// <typeparam name="TState">The states of the model.</typeparam>
    /// <param name="states">The streams, at least one.</param>
    /// <param name="batch">The batch.</param>
    /// <returns>The number of lanes.</returns>
    public static int Gather<TState>(ReadOnlySpan<TState> states, Batch batch)
        where TState : State
    {
        int lanes = 0;
        batch.Use(batch.Capacity);
        while (lanes < states.Length && lanes < batch.Lanes && states[lanes].Enter(batch, lanes))
        {
            lanes++;
        }

        batch.Use(lanes);
        return lanes;
    }

    /// <summary>Gives the lanes back to the streams.</summary>
    /// <typeparam name="TState">The states of the model.</typeparam>
    /// <param name="batch">The batch.</param>
    /// <param name="states">The streams that <see cref="Gather{TState}(ReadOnlySpan{TState}, Batch)"/> took.</param>
    public static void Scatter<TState>(Batch batch, ReadOnlySpan<TState> states)
        where TState : State
    {
        for (int lane = 0; lane < states.Length; lane++)
        {
            states[lane].Leave(batch, lane);
        }
    }

    /// <summary>Copies some floats.</summary>
    /// <param name="values">The floats.</param>
    /// <param name="place">Receives them.</param>
    /// <returns>The copy.</returns>
    public static Span<float> Copy(ReadOnlySpan<float> values, Span<float> place)
    {
        values.CopyTo(place);
        return place;
    }

    /// <summary>Keeps a stream's states: <see cref="Advance(State)"/> brings them back, if no step has been taken through all layers since.</summary>
    /// <param name="state">The stream.</param>
    public static void Remember(State state) => state.Remember();

    /// <summary>Whether all elements of some rows are finite.</summary>
    /// <param name="memory">Where they are.</param>
    /// <param name="start">Where the first row starts.</param>
    /// <param name="stride">Distance between two rows.</param>
    /// <param name="size">Elements per row.</param>
    /// <param name="rows">Number of rows.</param>
    public static bool AreFinite(ReadOnlySpan<float> memory, int start, int stride, int size, int rows)
    {
        for (int row = 0; row < rows; row++)
        {
            if (!FloatBits.AreFinite(memory.Slice(start + (row * stride), size)))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Takes the last step back, unless its inputs and what came of them are finite.</summary>
    /// <param name="state">The stream.</param>
    /// <param name="inputs">The inputs of the step.</param>
    public static void Hold(State state, ReadOnlySpan<float> inputs) => state.Hold(inputs);

    /// <summary>The same for each of the first lanes.</summary>
    /// <param name="batch">The streams.</param>
    /// <param name="inputs">The inputs of the step, lane by lane.</param>
    /// <param name="width">Inputs per lane.</param>
    /// <param name="lanes">Number of lanes that have taken the step.</param>
    public static void Hold(Batch batch, ReadOnlySpan<float> inputs, int width, int lanes) => batch.Hold(inputs, width, lanes);

    /// <summary>Some of a stream's current states.</summary>
    /// <param name="state">The stream.</param>
    /// <param name="start">Where they start.</param>
    /// <param name="length">How many floats.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Span<float> States(State state, int start, int length) =>
        MemoryMarshal.CreateSpan(ref Unsafe.Add(ref state.NowOrigin, start), length);

    /// <summary>Some of the current states of a lane.</summary>
    /// <param name="batch">The streams.</param>
    /// <param name="lane">The lane.</param>
    /// <param name="start">Where they start.</param>
    /// <param name="length">How many floats.</param>
    public static Span<float> States(Batch batch, int lane, int start, int length) => batch.Lane(lane).Slice(start, length);

    /// <summary>Some of a stream's scratch memory.</summary>
    /// <param name="state">The stream.</param>
    /// <param name="start">Where it starts.</param>
    /// <param name="length">How many floats.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Span<float> Work(State state, int start, int length) =>
        MemoryMarshal.CreateSpan(ref Unsafe.Add(ref state.WorkOrigin, start), length);

    /// <summary>Some of the scratch memory of a lane.</summary>
    /// <param name="batch">The streams.</param>
    /// <param name="lane">The lane.</param>
    /// <param name="start">Where it starts.</param>
    /// <param name="length">How many floats.</param>
    public static Span<float> Work(Batch batch, int lane, int start, int length) => batch.LaneWork(lane).Slice(start, length);

    /// <summary>Fills a row with the states of a layer, and its padding with zeros.</summary>
    /// <param name="state">The stream, or gradients of its states; null for zeros.</param>
    /// <param name="start">Where the layer's states start.</param>
    /// <param name="row">The row.</param>
    public static void ReadStates(State? state, int start, Span<float> row)
    {
        row.Clear();
        state?.ReadStates(start, row);
    }

    /// <summary>The same for a lane.</summary>
    /// <param name="batch">The streams, or gradients of their states; null for zeros.</param>
    /// <param name="lane">The lane.</param>
    /// <param name="start">Where the layer's states start.</param>
    /// <param name="row">The row.</param>
    public static void ReadStates(Batch? batch, int lane, int start, Span<float> row)
    {
        row.Clear();
        batch?.ReadStates(lane, start, row);
    }

    /// <summary>Sets the states of a layer to a row.</summary>
    /// <param name="state">The stream, or gradients of its states.</param>
    /// <param name="start">Where the layer's states start.</param>
    /// <param name="row">The row.</param>
    public static void WriteStates(State state, int start, ReadOnlySpan<float> row) => row.CopyTo(state.Values.Slice(start, row.Length));

    /// <summary>The same for a lane.</summary>
    /// <param name="batch">The streams, or gradients of their states.</param>
    /// <param name="lane">The lane.</param>
    /// <param name="start">Where the layer's states start.</param>
    /// <param name="row">The row.</param>
    public static void WriteStates(Batch batch, int lane, int start, ReadOnlySpan<float> row) => row.CopyTo(batch.Lane(lane).Slice(start, row.Length));

    /// <summary>The first step of a sequence starts from what a model's layers have learned.</summary>
    /// <param name="state">The stream.</param>
    /// <param name="weights">The weights of the model.</param>
    public static void Start(State state, ModelWeights weights) => state.LeaveStart(weights);

    /// <summary>The same for a window whose recording remembers it.</summary>
    /// <param name="state">The stream.</param>
    /// <param name="weights">The weights of the model.</param>
    /// <param name="tape">The recording.</param>
    public static void Start(State state, ModelWeights weights, Tape tape) => tape.StartsAsLearned = state.LeaveStart(weights);

    /// <summary>The same for all lanes of a batch.</summary>
    /// <param name="batch">The streams.</param>
    /// <param name="weights">The weights of the model.</param>
    public static void Start(Batch batch, ModelWeights weights) => batch.LeaveStart(weights);

    /// <summary>The same for the lanes of some windows, which remember it.</summary>
    /// <param name="batch">The streams.</param>
    /// <param name="weights">The weights of the model.</param>
    /// <param name="rows">The windows.</param>
    public static void Start(Batch batch, ModelWeights weights, BatchRows rows) => batch.LeaveStart(weights, rows);

    /// <summary>Whether the recorded window started from states that the layers have learned.</summary>
    /// <param name="tape">The recording.</param>
    public static bool StartsAsLearned(Tape tape) => tape.StartsAsLearned;

    /// <summary>The windows of a batch.</summary>
    /// <param name="batch">The streams.</param>
    public static BatchRows Rows(Batch batch) => batch.Rows!;

    /// <summary>The windows of a recorded batch.</summary>
    /// <param name="tape">The recording.</param>
    public static BatchRows Rows(Tape tape) => tape.Rows;

    /// <summary>Lays the lanes out as their windows are: the longest first, those without one last. Steps then concern the first lanes only.</summary>
    /// <param name="batch">The streams.</param>
    public static void LayOut(Batch batch) => batch.LayOut(batch.Rows!);

    /// <summary>Takes each lane from where the last step of its window has left it: that is the other half for every second length.</summary>
    /// <param name="batch">The streams, whose steps are done.</param>
    public static void EndSteps(Batch batch) => batch.EndSteps(batch.Rows!);

    /// <summary>Undoes <see cref="LayOut"/>, after <see cref="EndSteps"/>.</summary>
    /// <param name="batch">The streams.</param>
    public static void PutBack(Batch batch) => batch.PutBack(batch.Rows!);

    /// <summary>Takes the inputs of one step of all lanes.</summary>
    /// <param name="batch">The streams.</param>
    public static Span<float> Inputs(Batch batch) => batch.Inputs;

    /// <summary>Takes the tokens of one step of all lanes.</summary>
    /// <param name="batch">The streams.</param>
    public static Span<int> Tokens(Batch batch) => batch.Tokens;

    /// <summary>The scores of all lanes and heads.</summary>
    /// <param name="batch">The streams.</param>
    public static Span<Score> Scores(Batch batch) => batch.Scores;

    /// <summary>The rows of a window that is not recorded.</summary>
    /// <param name="state">The stream.</param>
    public static Span<float> Window(State state) => state.WorkSpan;

    /// <summary>The rows of the windows of a batch that are not recorded.</summary>
    /// <param name="batch">The streams.</param>
    public static Span<float> Window(Batch batch) => batch.WorkSpan;

    /// <summary>The recorded rows.</summary>
    /// <param name="tape">The recording.</param>
    public static Span<float> Window(Tape tape) => tape.Window;

    /// <summary>Keeps the tokens of the windows of a batch.</summary>
    /// <param name="batch">The streams.</param>
    /// <param name="inputs">The tokens, lane by lane.</param>
    /// <returns>The first token, in the order of the rows.</returns>
    public static ref int Tokens(Batch batch, ReadOnlySpan<int> inputs)
    {
        batch.Rows!.Arrange(inputs, batch.Tokens);
        return ref batch.Tokens[0];
    }

    /// <summary>Keeps the tokens of a recorded window, or those of the windows of a batch.</summary>
    /// <param name="tape">The recording.</param>
    /// <param name="inputs">The tokens, lane by lane.</param>
    /// <returns>The first token, in the order of the rows.</returns>
    public static ref int Tokens(Tape tape, ReadOnlySpan<int> inputs)
    {
        if (tape.HoldsBatch)
        {
            tape.Rows.Arrange(inputs, tape.Tokens);
        }
        else
        {
            inputs.CopyTo(tape.Tokens);
        }

        return ref tape.Tokens[0];
    }

    /// <summary>The first recorded token, in the order of the rows.</summary>
    /// <param name="tape">The recording.</param>
    public static ref int Tokens(Tape tape) => ref tape.Tokens[0];

    /// <summary>Takes the gradients of the inputs, lane by lane.</summary>
    /// <param name="tape">The recording.</param>
    public static Span<float> InputGradients(Tape tape) => tape.MutableInputGradients;

    /// <summary>The first of the weights' gradients, for adding to it.</summary>
    /// <param name="tape">The recording.</param>
    public static ref float Gradients(Tape tape) => ref tape.GradientOrigin;

    /// <summary>Starts the recording of a window.</summary>
    /// <param name="tape">The tape.</param>
    /// <param name="steps">Steps of the window.</param>
    public static void Begin(Tape tape, int steps) => tape.Begin(steps, isBatch: false);

    /// <summary>Starts the recording of the windows of a batch.</summary>
    /// <param name="tape">The tape.</param>
    public static void BeginBatch(Tape tape) => tape.Begin(tape.Rows.Steps, isBatch: true);

    /// <summary>Whether the tape holds a batch and not a single window.</summary>
    /// <param name="tape">The recording.</param>
    public static bool HoldsBatch(Tape tape) => tape.HoldsBatch;

    /// <summary>How many windows are recorded.</summary>
    /// <param name="tape">The recording.</param>
    public static int Lanes(Tape tape) => tape.HoldsBatch ? tape.Rows.Lanes : 1;

    /// <summary>Steps of all recorded windows together.</summary>
    /// <param name="tape">The recording.</param>
    public static int TotalSteps(Tape tape) => tape.TotalSteps;

    /// <summary>Draws numbers that are 0 with a probability.</summary>
    /// <param name="tape">The recording.</param>
    /// <param name="start">Where the first row is in the memory.</param>
    /// <param name="stride">Distance to the next.</param>
    /// <param name="count">Numbers per row.</param>
    /// <param name="rows">Number of rows.</param>
    /// <param name="rate">The probability.</param>
    /// <param name="kept">What the others are.</param>
    public static void DrawMasks(Tape tape, int start, int stride, int count, int rows, float rate, float kept) =>
        tape.DrawMasks(start, stride, count, rows, rate, kept);

    /// <summary>Adds the score of a window.</summary>
    /// <param name="tape">The recording.</param>
    /// <param name="score">The score.</param>
    /// <returns>Its mean loss; NaN where every target is ignored.</returns>
    public static float Add(Tape tape, Score score) => tape.Add(score);
}
