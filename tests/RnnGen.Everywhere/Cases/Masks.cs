namespace RnnGen.Everywhere;

/// <summary>Random masks with a seed: the same ones on every machine.</summary>
internal static class Masks
{
    public static IEnumerable<Case> Cases => [new Case("Masked/gradients", Gradients)];

    private static void Gradients(Values values)
    {
        var random = new Random(7);
        var model = new Masked(seed: 4);
        Masked.Tape tape = model.CreateTape();
        tape.Seed(11);
        for (int window = 0; window < 3; window++)
        {
            model.Forward(model.CreateState(), Made.Numbers(random, 8 * Masked.InputSize), tape);
            values.Add(model.Backward(tape, Made.Numbers(random, 8 * Masked.OutputSize)));
        }

        Passes.AddGradients(model, tape, values);
    }
}

[RnnModel(6, 8)]
internal sealed partial class Masked
{
    [Lstm(19, RecurrentDropout = 0.3, ZoneoutCell = 0.2)] public partial Layer Low { get; }

    [Dropout(0.4)] public partial Layer Thinned { get; }

    [Gru(19, Zoneout = 0.2)] public partial Layer High { get; }

    [Linear(2)] public partial Layer Answer { get; }
}
