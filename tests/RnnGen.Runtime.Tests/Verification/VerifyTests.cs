using RnnGen.Tests.Ctc;
using RnnGen.Tests.Interop;
using RnnGen.Tests.Models;
using RnnGen.Verification;

namespace RnnGen.Tests.Verification;

/// <summary>A model is compared with known outputs, and with an interpreter that works on a copy of it.</summary>
public class VerifyTests
{
    private const int Steps = 4;

    public static TheoryData<string> Names => [.. Models.Keys];

    private static Dictionary<string, Func<IRnnModel>> Models { get; } = new()
    {
        [nameof(OneLstm)] = () => new OneLstm(seed: 1),
        [nameof(TwoLstms)] = () => new TwoLstms(seed: 1),
        [nameof(SigmoidLstm)] = () => new SigmoidLstm(seed: 1),
        [nameof(HardLstm)] = () => new HardLstm(seed: 1),
        [nameof(ReverseLstm)] = () => new ReverseLstm(seed: 1),
        [nameof(StartedLstm)] = () => new StartedLstm(seed: 1),
        [nameof(PeepholeLstm)] = () => new PeepholeLstm(seed: 1),
        [nameof(TwoGrus)] = () => new TwoGrus(seed: 1),
        [nameof(BeforeGrus)] = () => new BeforeGrus(seed: 1),
        [nameof(SoftmaxGru)] = () => new SoftmaxGru(seed: 1),
        [nameof(ReluRnn)] = () => new ReluRnn(seed: 1),
        [nameof(TwoRnns)] = () => new TwoRnns(seed: 1),
        [nameof(BidirectionalGru)] = () => new BidirectionalGru(seed: 1),
        [nameof(TokenLstm)] = () => new TokenLstm(seed: 1),
        [nameof(MinimalCells)] = () => new MinimalCells(seed: 1),
        [nameof(EveryDeclaration)] = () => new EveryDeclaration(seed: 1),
        [nameof(TiedDeclaration)] = () => new TiedDeclaration(seed: 1),
        [nameof(ImportedProjection)] = () => new ImportedProjection(seed: 1),
        [nameof(ImportedCoupled)] = () => new ImportedCoupled(seed: 1),
        [nameof(Digits)] = () => new Digits(seed: 1),
    };

    [Theory]
    [MemberData(nameof(Names))]
    public void The_interpreter_computes_what_the_model_computes(string name)
    {
        var random = new Random(1);
        IRnnModel model = Models[name]();
        foreach (Parameter parameter in model.Layers.SelectMany(layer => layer.Parameters))
        {
            // Initial states and offsets, too.
            parameter.CopyFrom([.. Enumerable.Range(0, parameter.Count).Select(_ => parameter.Name == "variance" ? random.NextSingle() + 0.5f : random.NextSingle() - 0.5f)]);
        }

        var outputs = new float[model.GetOutputLength(Steps)];
        double[][] rows;
        if (model is IRnnModel<int> tokens)
        {
            int[] inputs = [.. Enumerable.Range(0, Steps).Select(_ => random.Next(model.InputSize))];
            tokens.Forward(model.CreateState(), inputs, outputs);
            rows = [.. inputs.Select(token => Enumerable.Range(0, model.InputSize).Select(k => k == token ? 1d : 0).ToArray())];
        }
        else
        {
            float[] inputs = TestNumbers.Random(random, Steps * model.InputSize);
            ((IRnnModel<float>)model).Forward(model.CreateState(), inputs, outputs);
            rows = [.. inputs.Chunk(model.InputSize).Select(row => row.Select(value => (double)value).ToArray())];
        }

        Same.About(ReferenceNetwork.Of(model).Run(rows, new ReferenceState()), outputs, 1e-5, name);
    }

    [Fact]
    public void A_right_model_passes()
    {
        var model = new OneLstm(seed: 1);
        (float[] x, float[] y) = Sequences(model, sequences: 3, steps: 5);

        VerifyResult result = model.Verify(x, y, tolerance: 0, sequences: 3);

        Assert.True(result.Passed);
        Assert.Equal(0, result.LargestDifference);
        Assert.StartsWith("Right within 0: the largest difference is 0", result.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void The_largest_difference_has_a_place()
    {
        var model = new OneLstm(seed: 1);
        (float[] x, float[] y) = Sequences(model, sequences: 3, steps: 5);
        y[(1 * 10) + (3 * 2) + 1] += 0.25f;
        y[4] += 0.125f;

        VerifyResult result = model.Verify(x, y, sequences: 3);

        Assert.False(result.Passed);
        Assert.Equal((1, 3, 1), (result.Sequence, result.Step, result.Output));
        Assert.Equal(0.25f, result.LargestDifference, 1e-6f);
        Assert.Empty(result.Findings);
        Assert.True(result.Tries > 1000);
        Assert.Contains("sequence 1, step 3, output 1", result.ToString(), StringComparison.Ordinal);
        Assert.Contains($"None of {result.Tries} variants", result.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Not_a_number_fails()
    {
        var model = new OneLstm(seed: 1);
        (float[] x, float[] y) = Sequences(model, sequences: 1, steps: 5);
        y[7] = float.NaN;

        VerifyResult result = model.Verify(x, y, tolerance: float.MaxValue);

        Assert.False(result.Passed);
        Assert.Equal((3, 1), (result.Step, result.Output));
    }

    [Fact]
    public void A_sequence_may_be_longer_than_a_window_of_a_stream()
    {
        var model = new OneLstm(seed: 1);
        (float[] x, float[] y) = Sequences(model, sequences: 1, steps: 30);

        Assert.True(model.Verify(x, y).Passed);
        Assert.Throws<ArgumentException>("inputs", () => new ReverseLstm(seed: 1).Verify(x, y));
    }

    [Fact]
    public void Wrong_lengths_are_refused()
    {
        var model = new OneLstm(seed: 1);
        var x = new float[60];
        var y = new float[20];

        Assert.True(new OneLstm(seed: 1).Verify(x, new float[20], tolerance: 10).Passed);
        Assert.Throws<ArgumentException>("inputs", () => model.Verify(x.AsSpan(1), y));
        Assert.Throws<ArgumentException>("inputs", () => model.Verify([], []));
        Assert.Throws<ArgumentException>("inputs", () => model.Verify(x, y, sequences: 3));
        Assert.Throws<ArgumentException>("expected", () => model.Verify(x, y.AsSpan(1)));
        Assert.Throws<ArgumentOutOfRangeException>("tolerance", () => model.Verify(x, y, float.NaN));
        Assert.Throws<ArgumentOutOfRangeException>("sequences", () => model.Verify(x, y, sequences: 0));
    }

    /// <summary>Random sequences with the outputs of a model.</summary>
    internal static (float[] X, float[] Y) Sequences(IRnnModel<float> model, int sequences, int steps, int seed = 1)
    {
        float[] x = TestNumbers.Random(new Random(seed), sequences * steps * model.InputSize);
        var outputs = new List<float>();
        foreach (float[] sequence in x.Chunk(steps * model.InputSize))
        {
            State state = model.CreateState();
            foreach (float[] window in sequence.Chunk(model.SequenceLength * model.InputSize))
            {
                var y = new float[model.GetOutputLength(window.Length / model.InputSize)];
                model.Forward(state, window, y);
                outputs.AddRange(y);
            }
        }

        return (x, [.. outputs]);
    }
}
