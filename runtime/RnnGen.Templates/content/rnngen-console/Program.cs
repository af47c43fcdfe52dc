using RnnGen;

// The data: a sensor that was read 3,000 times. At every reading, the model is to say what the next one will be.
var random = new Random(1);
float[] readings = [.. Enumerable.Range(0, 3000).Select(n => 20 + (3 * MathF.Sin(n / 10f)) + MathF.Sin(n / 4f) + (0.1f * random.NextSingle()))];

// Windows of 50 readings: the oldest 2,000 for training, 500 for validation, the rest for the test.
var options = new SeriesOptions { Steps = 50, EveryStep = true };
var (training, validation, test) = SeriesWindows.Split(new Series(readings, columns: 1), options, trainingRows: 2000, validationRows: 500);

// Train.
var model = new Sensor(seed: 1);
using Sensor.Trainer trainer = model.CreateTrainer(new Adam(0.01f) { ClipNorm = 1 });
Console.WriteLine(trainer.Fit(training, validation, new FitOptions { Updates = 600, BatchSize = 16 }));

// Save. The scaling of the readings is stored beside the weights.
model.Metadata[SeriesPreparation.MetadataKey] = training.Preparation.ToString();
model.Save("sensor.safetensors");

// Load, and stream: one reading after the other, as they arrive.
Sensor served = Sensor.Load("sensor.safetensors");
SeriesPreparation preparation = SeriesPreparation.Parse(served.Metadata[SeriesPreparation.MetadataKey]);
Sensor.State state = served.CreateState();              // one for each stream; all share the weights
var input = new float[Sensor.InputSize];
var forecast = new float[Sensor.OutputSize];
double error = 0;
int count = test.Series.Rows - 1;
for (int n = 0; n < count; n++)
{
    Series reading = test.Series.Slice(n, 1);
    preparation.Prepare(reading, input);
    served.Step(state, input, forecast);                // no allocation
    preparation.ToUnits(reading, forecast);
    error += Math.Abs(forecast[0] - test.Series[n + 1, 0]);
}

Console.WriteLine($"{count} forecasts, on average {error / count:F2} off; the readings go from {readings.Min():F0} to {readings.Max():F0}.");

// The model: change its layers, build, and their code is written anew.
[RnnModel(inputSize: 1, sequenceLength: 50)]
public sealed partial class Sensor
{
    [Gru(16)]   public partial Layer Memory { get; }
    [Linear(1)] public partial Layer Next   { get; }
}
