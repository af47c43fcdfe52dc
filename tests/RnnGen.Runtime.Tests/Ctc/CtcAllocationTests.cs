using RnnGen.Testing;
using RnnGen.Tests.Allocation;

namespace RnnGen.Tests.Ctc;

/// <summary>Training, scores and decoding take no memory.</summary>
[Collection(nameof(AllocationTests))]
public class CtcAllocationTests
{
    private const int Calls = 100;

    [Fact]
    public void Windows()
    {
        var model = new Digits(seed: 1);
        using Digits.Trainer trainer = model.CreateTrainer(new Adam(1e-3f));
        Digits.State state = model.CreateState();
        float[] inputs = CtcData.Numbers(new Random(1), 24);
        int[] labels = [1, 1, 2, 4];

        Allocations.None(() => trainer.Train(inputs, labels), Calls);
        Allocations.None(() => model.Evaluate(state, inputs, labels), Calls);
        Allocations.None(() => trainer.Train(inputs, []), Calls);
    }

    [Fact]
    public void Batches()
    {
        var model = new DigitsBothWays(seed: 1);
        using DigitsBothWays.Trainer trainer = model.CreateTrainer(new Adam(1e-3f));
        DigitsBothWays.Batch batch = model.CreateBatch();
        Sequences<float, int> data = CtcData.Windows(6, first: 0);
        int[] windows = [0, 1, 2, 3, 4, 5];
        float[] inputs = CtcData.Numbers(new Random(1), 2 * 10);
        int[] targets = [1, -1, 2, 3, -1, -1, -1, 0, 0, -1];

        Allocations.None(() => trainer.Train(data, windows), Calls);
        Allocations.None(() => trainer.Train(inputs, [2, 5, 3], targets), Calls);
        Allocations.None(() => model.Evaluate(batch, inputs, [2, 5, 3], targets), Calls);
    }

    [Fact]
    public void Decoding()
    {
        var model = new Digits(seed: 1);
        var outputs = new float[12 * Digits.OutputSize];
        model.Forward(model.CreateState(), CtcData.Numbers(new Random(1), 24), outputs);
        var labels = new int[12];
        var greedy = new CtcGreedyDecoder(model.Label);
        var search = new CtcBeamSearch(model.Label, width: 5, longest: 12) { LanguageModel = (prefix, label) => -0.1 * (prefix.Length + label) };

        Allocations.None(() => greedy.Decode(outputs, labels), Calls);
        Allocations.None(() => search.Search(outputs), Calls);
        Allocations.None(() => search.Step(outputs.AsSpan(0, Digits.OutputSize)), Calls);
    }
}
