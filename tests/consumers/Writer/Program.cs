using RnnGen;

// Saves a model with the given number of units, and says its answer.
if (args[0] == "20")
{
    var model = new Small(seed: int.Parse(args[1]));
    model.Save(args[2]);
    var output = new float[1];
    model.Step(model.CreateState(), [0.5f], output);
    Console.WriteLine($"{output[0]:F5}");
}
else
{
    new Large(seed: 1).Save(args[2]);
}

[RnnModel(inputSize: 1, sequenceLength: 4), Lstm(20), Linear(1)]
public sealed partial class Small;

[RnnModel(inputSize: 1, sequenceLength: 4), Lstm(24), Linear(1)]
public sealed partial class Large;
