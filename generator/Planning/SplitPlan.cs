using RnnGen.Generator.Cells;

namespace RnnGen.Generator.Planning;

/// <summary>
/// A kernel in two: sums that wait for no other step, for several steps at a time so that a weight is loaded once for all of them, and what
/// is left for each step.
/// </summary>
/// <param name="Rows">The sums.</param>
/// <param name="Step">The rest.</param>
internal sealed record SplitPlan(KernelPlan Rows, KernelPlan Step)
{
    /// <summary>Steps that are taken at a time.</summary>
    public const int Steps = Thresholds.SplitSteps;

    /// <summary>Floats of a row of sums.</summary>
    public int Size => Step.Stages.Sum(s => s.Ahead is null ? 0 : s.Accumulators.Count * CacheLine.Pad(s.Size));

    /// <summary>Whether it pays.</summary>
    /// <param name="record">A step of the layer.</param>
    public static bool Pays(KernelPlan record) => (long)record.WeightSize * sizeof(float) > Thresholds.SplitBeyond;

    /// <summary>What the inputs add to the sums, before the steps.</summary>
    /// <param name="plan">A step forward.</param>
    public static SplitPlan Before(KernelPlan plan)
    {
        var rows = new List<Stage>();
        var steps = new List<Stage>();
        int size = 0;
        foreach (Stage stage in plan.Stages)
        {
            if (stage.Panels.Count == 0 || !stage.Panels[0].Columns.All(c => c.Source.Region == Region.Input))
            {
                steps.Add(stage);
                continue;
            }

            // The biases are the first rows of the input's panel.
            int units = CacheLine.Pad(stage.Size);
            int start = size;
            rows.Add(stage with
            {
                Panels = [stage.Panels[0]],
                Stores = [.. stage.Accumulators.Select((a, k) => new Store(a, new Operand(Region.Sums, start + (k * units))))],
                Reductions = [],
            });
            steps.Add(stage with { Panels = [.. stage.Panels.Skip(1)], Ahead = start });
            size += stage.Accumulators.Count * units;
        }

        return new SplitPlan(plan.With(rows), plan.With(steps));
    }

    /// <summary>The gradients of the inputs, after the steps back.</summary>
    /// <param name="plan">A step back, in which they have stages of their own.</param>
    public static SplitPlan After(KernelPlan plan)
    {
        ILookup<bool, Stage> stages = plan.Stages.ToLookup(s => s.Stores.Count > 0 && s.Stores.All(store => store.Place.Region == Region.InputGradients));
        return new SplitPlan(plan.With([.. stages[true]]), plan.With([.. stages[false]]));
    }
}
