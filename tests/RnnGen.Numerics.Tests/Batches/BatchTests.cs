namespace RnnGen.Numerics.Tests.Batches;

/// <summary>Lanes of a batch are the same windows as single ones, in groups of eight and left over, of equal and of different lengths.</summary>
public class BatchTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(8)]
    [InlineData(19)]
    public void Lanes_of_an_rnn_are_single_windows(int lanes) =>
        Check<BatchedRnn, BatchedRnn.State, BatchedRnn.Tape, BatchedRnn.Batch, float>(lanes);

    [Theory]
    [InlineData(1)]
    [InlineData(8)]
    [InlineData(19)]
    public void Lanes_of_an_lstm_are_single_windows(int lanes) =>
        Check<BatchedLstm, BatchedLstm.State, BatchedLstm.Tape, BatchedLstm.Batch, float>(lanes);

    [Fact]
    public void Lanes_of_a_gru_are_single_windows() => Check<BatchedGru, BatchedGru.State, BatchedGru.Tape, BatchedGru.Batch, float>(11);

    [Fact]
    public void Lanes_of_shared_kernels_are_single_windows() => Check<BatchedTwins, BatchedTwins.State, BatchedTwins.Tape, BatchedTwins.Batch, float>(11);

    [Fact]
    public void Lanes_of_two_phases_are_single_windows() =>
        Check<BatchedResetBefore, BatchedResetBefore.State, BatchedResetBefore.Tape, BatchedResetBefore.Batch, float>(16);

    [Fact]
    public void Lanes_of_a_graph_are_single_windows() => Check<BatchedGraph, BatchedGraph.State, BatchedGraph.Tape, BatchedGraph.Batch, int>(17);

    // Normalisation divides by what may be small, and makes the last bits large.
    [Fact]
    public void Lanes_of_tokens_are_single_windows() => Check<BatchedTokens, BatchedTokens.State, BatchedTokens.Tape, BatchedTokens.Batch, int>(17, tolerance: 3e-5f);

    [Fact]
    public void Lanes_of_many_to_one_are_single_windows() => Check<BatchedLast, BatchedLast.State, BatchedLast.Tape, BatchedLast.Batch, float>(9);

    [Fact]
    public void Lanes_of_both_ends_are_single_windows() => Check<BatchedEnds, BatchedEnds.State, BatchedEnds.Tape, BatchedEnds.Batch, float>(9);

    private static void Check<TModel, TState, TTape, TBatch, TInput>(int lanes, float tolerance = 1e-6f)
        where TModel : class, IBatched<TModel, TState, TTape, TBatch, TInput>
        where TState : State
        where TTape : Tape
        where TBatch : Batch
        where TInput : struct
    {
        BatchCheck.Run<TModel, TState, TTape, TBatch, TInput>(lanes, lengths: null, tolerance);

        // In no order, some of them equal.
        BatchCheck.Run<TModel, TState, TTape, TBatch, TInput>(lanes, [.. Enumerable.Range(0, lanes).Select(lane => 1 + (lane * 5 % 7 % TModel.SequenceLength))], tolerance);
    }
}
