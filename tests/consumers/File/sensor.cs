#:package RnnGen@0.0.0-package

using RnnGen;

var sensor = new Sensor(seed: 1);
var next = new float[Sensor.OutputSize];
sensor.Step(sensor.CreateState(), [0.5f], next);
Console.WriteLine($"{next[0]:F5}");

[RnnModel(inputSize: 1, sequenceLength: 16)]
public sealed partial class Sensor
{
    [Gru(8)]    public partial Layer Memory { get; }
    [Linear(1)] public partial Layer Next   { get; }
}
