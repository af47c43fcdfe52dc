using RnnGen;

// A wrong model under code that uses it: one error, with and without analyzers.
var model = new Amp(seed: 1);
var trainer = model.CreateTrainer(new Adam(0.01f));
Console.WriteLine(trainer.Train(new float[Amp.InputSize], new float[Amp.OutputSize]));
Amp.State state = model.CreateState();
model.Step(state, new float[Amp.InputSize], new float[Amp.OutputSize]);

[RnnModel(inputSize: 0, sequenceLength: 4), Lstm(20), Linear(1)]
public sealed partial class Amp;
