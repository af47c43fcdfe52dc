using RnnGen;

var model = new Amp();
var output = new float[1];
model.Step(model.CreateState(), [0.5f], output);
Console.WriteLine($"{output[0]:F5}");

[RnnModel(inputSize: 1, sequenceLength: 4, WeightsFile = "weights/amp.safetensors", Embed = true)]
[Lstm(20)]
[Linear(1)]
public sealed partial class Amp;
