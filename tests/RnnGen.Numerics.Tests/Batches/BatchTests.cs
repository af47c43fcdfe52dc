namespace RnnGen.Numerics.Tests.Batches;

/// <summary>Lanes of a batch are the same windows as single ones, in groups of eight and left over, of equal and of different lengths.</summary>
public class BatchTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(8)]
    [InlineData(19)]
    public void Lanes_of_an_rnn_are_single_windows(int lanes) =>
        Check(new BatchedRnn(seed: 5), lanes);

    [Theory]
    [InlineData(1)]
    [InlineData(8)]
    [InlineData(19)]
    public void Lanes_of_an_lstm_are_single_windows(int lanes) =>
        Check(new BatchedLstm(seed: 5), lanes);

    [Fact]
    public void Lanes_of_a_gru_are_single_windows() => Check(new BatchedGru(seed: 5), 11);

    [Fact]
    public void Lanes_of_minimal_cells_are_single_windows() => Check(new BatchedMinimal(seed: 5), 11);

    [Fact]
    public void Lanes_of_shared_kernels_are_single_windows() => Check(new BatchedTwins(seed: 5), 11);

    [Fact]
    public void Lanes_of_two_phases_are_single_windows() =>
        Check(new BatchedResetBefore(seed: 5), 16);

    [Fact]
    public void Lanes_of_a_graph_are_single_windows() => Check(new BatchedGraph(seed: 5), 17);

    // Normalization divides by what may be small, and makes the last bits large.
    [Fact]
    public void Lanes_of_tokens_are_single_windows() => Check(new BatchedTokens(seed: 5), 17, tolerance: 3e-5f);

    [Fact]
    public void Lanes_of_many_to_one_are_single_windows() => Check(new BatchedLast(seed: 5), 9);

    [Fact]
    public void Lanes_of_both_ends_are_single_windows() => Check(new BatchedEnds(seed: 5), 9);

    private static void Check<TInput>(IRnnBatchModel<TInput> model, int lanes, float tolerance = 1e-6f)
        where TInput : struct
    {
        BatchCheck.Run(model, lanes, lengths: null, tolerance);

        // In no order, some of them equal.
        BatchCheck.Run(model, lanes, [.. Enumerable.Range(0, lanes).Select(lane => 1 + (lane * 5 % 7 % model.SequenceLength))], tolerance);
    }
}
