namespace RnnGen.Testing;

/// <summary>The model's own loss for a window, computed by the model.</summary>
internal sealed class LossOfTargets<TInput, TTarget>(IRnnModel<TInput, TTarget> model, TInput[] inputs, TTarget[] targets) : GradientCheck(model)
{
    private readonly Tape _tape = model.CreateTape();

    protected override bool IsPrecise => false;

    protected override (Tape Tape, IEnumerable<(ShiftedValues Values, float[] Gradient)> Others) Backward()
    {
        _ = Loss();
        return (_tape, Made.Shifted(model, inputs, _tape));
    }

    protected override double Loss()
    {
        _tape.Clear();
        _tape.Seed(MaskSeed);
        model.Forward(model.CreateState(), inputs, _tape);
        model.Backward(_tape, targets);
        return _tape.LossSum;
    }
}
