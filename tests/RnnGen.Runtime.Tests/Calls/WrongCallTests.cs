using RnnGen.Tests.Batches;
using RnnGen.Tests.Models;

namespace RnnGen.Tests.Calls;

/// <summary>Mistakes that users make: each is one documented exception that names the argument, and says what was expected and what was found.</summary>
public class WrongCallTests
{
    private static readonly float[] Rows = new float[4 * ShortLstm.InputSize];
    private static readonly int[] Tokens = [0, 1, 2, 3, 4, 0, 1, 2];

    private static ShortLstm Numbers => new(seed: 1);

    private static TokenRnn Letters => new(seed: 1);

    private static Sampler Banned
    {
        get
        {
            var sampler = new Sampler(4, seed: 1);
            sampler.Ban(0, 1, 2, 3);
            return sampler;
        }
    }

    private static TokenBatch Lanes => new(seed: 1);

    private static ShortLstm.Trainer Trainer => Numbers.CreateTrainer(new Adam(0.01f));

    /// <summary>The calls, with the argument and what the message must have: the expected value and the actual one.</summary>
    private static readonly Dictionary<string, (Action Call, string Argument, string Expected, string Actual)> Calls = new()
    {
        // Steps.
        ["a step with too few inputs"] = (() => Numbers.Step(Numbers.CreateState(), new float[2], new float[2]), "inputs", "of 3", "found 2"),
        ["a step with the inputs of two"] = (() => Numbers.Step(Numbers.CreateState(), new float[6], new float[2]), "inputs", "of 3", "found 6"),
        ["a step with too few outputs"] = (() => Numbers.Step(Numbers.CreateState(), new float[3], new float[1]), "outputs", "of 2", "found 1"),
        ["a step with no outputs"] = (() => Letters.Step(Letters.CreateState(), 0, []), "outputs", "of 4", "found 0"),
        ["a token past the vocabulary"] = (() => Letters.Step(Letters.CreateState(), 5, new float[4]), "token", "0 .. 4", "was 5"),
        ["a negative token"] = (() => Letters.Step(Letters.CreateState(), -1, new float[4]), "token", "0 .. 4", "was -1"),
        ["a step of a batch with the inputs of another"] = (() => Lanes.Step(Lanes.CreateBatch(), new int[8], new float[36]), "inputs", "of 9", "found 8"),
        ["a state of another model"] = (() => ((IRnnStreamingModel<float>)Numbers).Step(Letters.CreateState(), new float[3], new float[2]), "state", "ShortLstm+State", "TokenRnn+State"),

        // Windows.
        ["an empty window"] = (() => Numbers.Forward(Numbers.CreateState(), [], new float[2]), "inputs", "8", "0"),
        ["a window longer than the longest"] = (() => Numbers.Forward(Numbers.CreateState(), new float[9 * 3], new float[9 * 2]), "inputs", "8", "27"),
        ["a window of half a step"] = (() => Numbers.Forward(Numbers.CreateState(), new float[4], new float[2]), "inputs", "3", "4"),
        ["outputs of another number of steps"] = (() => Numbers.Forward(Numbers.CreateState(), Rows, new float[6]), "outputs", "of 8", "found 6"),
        ["a token of a window past the vocabulary"] = (() => Letters.Forward(Letters.CreateState(), [0, 7], new float[8]), "inputs", "0 .. 4", "was 7"),
        ["too many lanes"] = (() => Lanes.CreateBatch(10), "lanes", "1 to 9", "was 10"),
        ["no lanes"] = (() => Lanes.CreateBatch(0), "lanes", "1 to 9", "was 0"),
        ["a lane that a batch does not have"] = (() => Lanes.CreateBatch(4).Reset(4), "lane", "0 .. 3", "was 4"),
        ["more lengths than lanes"] = (() => Lanes.Forward(Lanes.CreateBatch(2), new int[3], [1, 1, 1], new float[12]), "lengths", "1 to 2", "found 3"),
        ["a lane without steps"] = (() => Lanes.Forward(Lanes.CreateBatch(2), new int[1], [1, 0], new float[4]), "lengths", "1 to 6", "was 0"),

        // Training.
        ["targets of another number of steps"] = (() => Trainer.Train(Rows, new float[6]), "targets", "of 8", "found 6"),
        ["a class past the last"] = (() => Letters.CreateTrainer(new Adam(0.01f)).Train([0, 1], [1, 4]), "targets", "0 .. 3", "was 4"),
        ["a learning rate that is negative"] = (() => new Adam(-0.1f), "LearningRate", "at least 0", "was -0.1"),
        ["a learning rate that is not a number"] = (() => new Sgd(float.NaN), "LearningRate", "finite", "was NaN"),
        ["a momentum of 1"] = (() => new Sgd(0.1f) { Momentum = 1 }, "Momentum", "less than 1", "was 1"),
        ["a negative norm"] = (() => new Adam(0.1f) { ClipNorm = -1 }, "ClipNorm", "at least 0", "was -1"),
        ["a negative weight decay"] = (() => new AdamW(0.1f) { WeightDecay = -1 }, "WeightDecay", "at least 0", "was -1"),
        ["a schedule of no steps"] = (() => new StepSchedule(0), "Every", "at least 1", "was 0"),
        ["a factor larger than 1"] = (() => new ExponentialSchedule(1.5f), "Gamma", "at most 1", "was 1.5"),
        ["a negative number of workers"] = (() => Trainer.Workers = -1, "value", "non-negative", "-1"),
        ["a mini-batch of no windows"] = (() => Trainer.Train(new Sequences<float, float>([Rows], [new float[8]]), []), "windows", "at least one", "none"),
        ["fit with a batch of 0"] = (() => new FitOptions { Updates = 1, BatchSize = 0 }, "BatchSize", "at least 1", "was 0"),
        ["an average that forgets nothing"] = (() => new ExponentialMovingAverage(Numbers, 1), "decay", "less than 1", "was 1"),

        // Data.
        ["inputs without targets"] = (() => new Sequences<float, float>([Rows, Rows], [new float[8]]), "targets", "2 windows", "found 1"),
        ["a window that is not there"] = (() => new Sequences<float, float>([Rows], [new float[8]]).Inputs(1), "index", "0 .. 0", "was 1"),
        ["a text shorter than a window"] = (() => TokenWindows.Sliding(Tokens, 20), "tokens", "at least 21", "found 8"),
        ["windows of no steps"] = (() => TokenWindows.Tiled(Tokens, 0), "steps", "'1'", "'0'"),
        ["a token without a character"] = (() => new Vocabulary("abc").Decode(3), "token", "0 .. 2", "was 3"),
        ["a character without a token"] = (() => new Vocabulary("abc").Encode("abd"), "text", "of 3 characters", "'d'"),
        ["a token without a word"] = (() => WordVocabulary.Of("a b", 9).Decode(3), "token", "0 .. 2", "was 3"),
        ["a list of words that is none"] = (() => new WordVocabulary("a\nb"), "words", "U+FFFD", "'a'"),
        ["a target per window for too few windows"] = (() => new Sequences<float, int>([Rows, Rows], [1]), "targets", "2 windows", "found 1"),
        ["a class of a model without classes"] = (() => Numbers.PredictClass(Rows), "model", "[Softmax]", "[Linear]"),
        ["the outputs of a head that is not there"] = (() => Numbers.Predict(Rows, "Kind"), "head", "'Linear'", "'Kind'"),
        ["the logits of a regression"] = (() => Numbers.PredictLogits(Rows), "head", "[Softmax]", "[Linear]"),
        ["rows that are no rows to adapt to"] = (() => new Scaled(seed: 1).Scale.Adapt(new float[4]), "rows", "multiple of 3", "found 4"),
        ["no rows to adapt to"] = (() => new Scaled(seed: 1).Scale.Adapt([]), "rows", "at least one row", "none"),

        // Sampling.
        ["a sampler of another size"] = (() => new Sampler(4, seed: 1).Next(new float[3]), "probabilities", "of 4", "found 3"),
        ["a sampler of no size"] = (() => new Sampler(0, seed: 1), "size", "'1'", "'0'"),
        ["probabilities that are all 0"] = (() => new Sampler(4, seed: 1).Next(new float[4]), "probabilities", "at least one that is greater than 0", "4 zeros"),
        ["a negative probability"] = (() => new Sampler(2, seed: 1).Next([1.5f, -0.5f]), "probabilities", "not negative", "found -0.5"),
        ["a temperature below 0"] = (() => new Sampler(4, seed: 1) { Temperature = -1 }, "Temperature", "at least 0", "was -1"),
        ["the best of no tokens"] = (() => new Sampler(4, seed: 1) { TopK = 0 }, "TopK", "at least 1", "was 0"),
        ["a probability of more than 1"] = (() => new Sampler(4, seed: 1) { TopP = 2 }, "TopP", "at most 1", "was 2"),
        ["a bias of a token past the last"] = (() => new Sampler(4, seed: 1).SetLogitBias(4, 1), "token", "0 .. 3", "was 4"),
        ["an infinite bias"] = (() => new Sampler(4, seed: 1).SetLogitBias(0, float.PositiveInfinity), "bias", "finite", "was"),
        ["a text of banned tokens"] = (() => Letters.Generate(Letters.CreateState(), 0, new int[3], Banned), "sampler", "not banned", "4 that are"),
        ["the most likely of none"] = (() => Sampler.MostLikely([]), "probabilities", "at least one", "none"),

        // States and weights.
        ["a vector that is no state"] = (() => Numbers.CreateState().StartFrom(new float[17]), "values", "of 18", "found 17"),
        ["bytes that are no state"] = (() => Numbers.CreateState().Restore(new byte[40]), "bytes", "'RnnS'", "40 bytes"),
        ["bytes of a state of another model"] = (() => Numbers.CreateState().Restore(Letters.CreateState().ToBytes()), "bytes", "ShortLstm", "TokenRnn"),
        ["weights of another count"] = (() => Letters.Hidden["weight_ih_l0"].CopyFrom(new float[49]), "rowMajor", "of 50", "found 49"),
        ["weights of another shape"] = (() => Letters.Hidden["weight_ih_l0"].CopyFrom(new float[50], [5, 10]), "shape", "[10, 5]", "[5, 10]"),
        ["a parameter that a layer does not have"] = (() => _ = Letters.Hidden["weight_ih"], "name", "weight_ih_l0", "'weight_ih'"),
        ["a state that a model does not have"] = (() => _ = Letters.CreateState()["Hidden"].Length, "name", "'Hidden.h'", "'Hidden'"),
    };

    public static TheoryData<string> Names => new(Calls.Keys);

    [Theory]
    [MemberData(nameof(Names))]
    public void Says_what_was_expected_and_what_was_found(string name)
    {
        (Action call, string argument, string expected, string actual) = Calls[name];
        var exception = Assert.ThrowsAny<ArgumentException>(call);

        Assert.Equal(argument, exception.ParamName);
        Assert.Contains(expected, exception.Message, StringComparison.Ordinal);
        Assert.Contains(actual, exception.Message, StringComparison.Ordinal);
    }
}
