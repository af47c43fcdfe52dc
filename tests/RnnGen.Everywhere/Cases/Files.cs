namespace RnnGen.Everywhere;

/// <summary>Checkpoints, trainers and streams that are saved and loaded.</summary>
internal static class Files
{
    public static IEnumerable<Case> Cases =>
    [
        new Case("Stacked/checkpoint", Checkpoint),
        new Case("GruPlain/resumed", Resumed),
        new Case("LstmPeepholes/stream", Stream),
    ];

    private static void Checkpoint(Values values)
    {
        var model = new Stacked(seed: 10);
        model.Metadata["who"] = "Grüße, 世界";
        var file = new MemoryStream();
        model.Save(file);
        Stacked loaded = Stacked.Load(file.ToArray());
        Expect(loaded.Metadata["who"] == "Grüße, 世界" && loaded.Parameters.SequenceEqual(model.Parameters));
        foreach (byte b in file.ToArray())
        {
            values.Add(b);
        }
    }

    private static void Resumed(Values values)
    {
        GruPlain whole = Trained(new MemoryStream(), cut: 12);
        GruPlain parts = Trained(new MemoryStream(), cut: 5);
        Expect(whole.Parameters.SequenceEqual(parts.Parameters));
        Passes.AddParameters(parts, values);
    }

    // A training of 12 updates that another trainer continues after some.
    private static GruPlain Trained(MemoryStream file, int cut)
    {
        var random = new Random(11);
        var model = new GruPlain(seed: 11);
        using GruPlain.Trainer first = model.CreateTrainer(new Adam(0.01f) { ClipNorm = 1 });
        Update(first, cut);
        first.Save(file);
        var other = new GruPlain(seed: 12);
        using GruPlain.Trainer second = other.CreateTrainer(new Adam(0.01f) { ClipNorm = 1 });
        second.Resume(file.ToArray());
        Update(second, 12 - cut);
        return other;

        void Update(GruPlain.Trainer trainer, int count)
        {
            for (int k = 0; k < count; k++)
            {
                trainer.Train(Made.Numbers(random, 9 * GruPlain.InputSize), Made.Numbers(random, 9 * GruPlain.OutputSize));
            }
        }
    }

    private static void Stream(Values values)
    {
        var random = new Random(12);
        var model = new LstmPeepholes(seed: 13);
        LstmPeepholes.State state = model.CreateState();
        var outputs = new float[LstmPeepholes.OutputSize];
        model.Step(state, Made.Numbers(random, LstmPeepholes.InputSize), outputs);
        LstmPeepholes.State restored = model.CreateState();
        restored.Restore(state.ToBytes());
        float[] next = Made.Numbers(random, LstmPeepholes.InputSize);
        model.Step(state, next, outputs);
        values.Add(outputs);
        var again = new float[outputs.Length];
        model.Step(restored, next, again);
        Expect(outputs.AsSpan().SequenceEqual(again));
    }

    private static void Expect(bool holds)
    {
        if (!holds)
        {
            throw new InvalidOperationException("What was loaded is not what was saved.");
        }
    }
}
