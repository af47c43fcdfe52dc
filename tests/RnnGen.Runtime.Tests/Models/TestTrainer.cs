namespace RnnGen.Tests.Models;

/// <summary>A trainer, whatever its model reads and compares with.</summary>
internal sealed class TestTrainer(Trainer trainer)
{
    public Optimizer Optimizer => trainer.Optimizer;

    public Tape Tape => trainer.Tape;

    public long SkippedUpdates => trainer.SkippedUpdates;

    public float Train(Data inputs, Data targets) => trainer switch
    {
        Trainer<int, int> t => t.Train(inputs.Integers, targets.Integers),
        Trainer<int, float> t => t.Train(inputs.Integers, targets.Numbers),
        Trainer<float, int> t => t.Train(inputs.Numbers, targets.Integers),
        _ => ((Trainer<float, float>)trainer).Train(inputs.Numbers, targets.Numbers),
    };

    public float Train(State? carried, Data inputs, Data targets) => trainer switch
    {
        Trainer<int, int> t => t.Train(carried!, inputs.Integers, targets.Integers),
        Trainer<int, float> t => t.Train(carried!, inputs.Integers, targets.Numbers),
        Trainer<float, int> t => t.Train(carried!, inputs.Numbers, targets.Integers),
        _ => ((Trainer<float, float>)trainer).Train(carried!, inputs.Numbers, targets.Numbers),
    };

    public float Accumulate(Data inputs, Data targets) => trainer switch
    {
        Trainer<int, int> t => t.Accumulate(inputs.Integers, targets.Integers),
        Trainer<int, float> t => t.Accumulate(inputs.Integers, targets.Numbers),
        Trainer<float, int> t => t.Accumulate(inputs.Numbers, targets.Integers),
        _ => ((Trainer<float, float>)trainer).Accumulate(inputs.Numbers, targets.Numbers),
    };

    public float Accumulate(State? carried, Data inputs, Data targets) => trainer switch
    {
        Trainer<int, int> t => t.Accumulate(carried!, inputs.Integers, targets.Integers),
        Trainer<int, float> t => t.Accumulate(carried!, inputs.Integers, targets.Numbers),
        Trainer<float, int> t => t.Accumulate(carried!, inputs.Numbers, targets.Integers),
        _ => ((Trainer<float, float>)trainer).Accumulate(carried!, inputs.Numbers, targets.Numbers),
    };

    public float Update() => trainer.Update();
}
