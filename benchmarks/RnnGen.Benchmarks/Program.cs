using System.Diagnostics;
using System.Globalization;
using RnnGen;
using RnnGen.Benchmarks;

// Nanoseconds per step, best and median of many short rounds, models taking turns: streaming, and training on one window (forward and
// back through time). Pass a word to measure only the models whose names contain it.
CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
string filter = args.Length > 0 ? args[0] : "";
Measurement[] all =
[
    Measure.Model<RnnSeed, RnnSeed.State, RnnSeed.Tape>("RnnSeed", (m, s, x, y) => m.Step(s, x, y), (m, s, x, t) => m.Forward(s, x, t), (m, t, dy) => m.Backward(t, dy, null)),
    Measure.Model<LstmSeed, LstmSeed.State, LstmSeed.Tape>("LstmSeed", (m, s, x, y) => m.Step(s, x, y), (m, s, x, t) => m.Forward(s, x, t), (m, t, dy) => m.Backward(t, dy, null)),
    Measure.Model<GruSeed, GruSeed.State, GruSeed.Tape>("GruSeed", (m, s, x, y) => m.Step(s, x, y), (m, s, x, t) => m.Forward(s, x, t), (m, t, dy) => m.Backward(t, dy, null)),
    Measure.Model<RnnAmp, RnnAmp.State, RnnAmp.Tape>("RnnAmp", (m, s, x, y) => m.Step(s, x, y), (m, s, x, t) => m.Forward(s, x, t), (m, t, dy) => m.Backward(t, dy, null)),
    Measure.Model<LstmAmp, LstmAmp.State, LstmAmp.Tape>("LstmAmp", (m, s, x, y) => m.Step(s, x, y), (m, s, x, t) => m.Forward(s, x, t), (m, t, dy) => m.Backward(t, dy, null)),
    Measure.Model<GruAmp, GruAmp.State, GruAmp.Tape>("GruAmp", (m, s, x, y) => m.Step(s, x, y), (m, s, x, t) => m.Forward(s, x, t), (m, t, dy) => m.Backward(t, dy, null)),
    Measure.Model<RnnS16, RnnS16.State, RnnS16.Tape>("RnnS16", (m, s, x, y) => m.Step(s, x, y), (m, s, x, t) => m.Forward(s, x, t), (m, t, dy) => m.Backward(t, dy, null)),
    Measure.Model<LstmS16, LstmS16.State, LstmS16.Tape>("LstmS16", (m, s, x, y) => m.Step(s, x, y), (m, s, x, t) => m.Forward(s, x, t), (m, t, dy) => m.Backward(t, dy, null)),
    Measure.Model<GruS16, GruS16.State, GruS16.Tape>("GruS16", (m, s, x, y) => m.Step(s, x, y), (m, s, x, t) => m.Forward(s, x, t), (m, t, dy) => m.Backward(t, dy, null)),
    Measure.Model<RnnS32, RnnS32.State, RnnS32.Tape>("RnnS32", (m, s, x, y) => m.Step(s, x, y), (m, s, x, t) => m.Forward(s, x, t), (m, t, dy) => m.Backward(t, dy, null)),
    Measure.Model<LstmS32, LstmS32.State, LstmS32.Tape>("LstmS32", (m, s, x, y) => m.Step(s, x, y), (m, s, x, t) => m.Forward(s, x, t), (m, t, dy) => m.Backward(t, dy, null)),
    Measure.Model<GruS32, GruS32.State, GruS32.Tape>("GruS32", (m, s, x, y) => m.Step(s, x, y), (m, s, x, t) => m.Forward(s, x, t), (m, t, dy) => m.Backward(t, dy, null)),
    Measure.Model<RnnM64, RnnM64.State, RnnM64.Tape>("RnnM64", (m, s, x, y) => m.Step(s, x, y), (m, s, x, t) => m.Forward(s, x, t), (m, t, dy) => m.Backward(t, dy, null)),
    Measure.Model<LstmM64, LstmM64.State, LstmM64.Tape>("LstmM64", (m, s, x, y) => m.Step(s, x, y), (m, s, x, t) => m.Forward(s, x, t), (m, t, dy) => m.Backward(t, dy, null)),
    Measure.Model<GruM64, GruM64.State, GruM64.Tape>("GruM64", (m, s, x, y) => m.Step(s, x, y), (m, s, x, t) => m.Forward(s, x, t), (m, t, dy) => m.Backward(t, dy, null)),
    Measure.Model<RnnM128, RnnM128.State, RnnM128.Tape>("RnnM128", (m, s, x, y) => m.Step(s, x, y), (m, s, x, t) => m.Forward(s, x, t), (m, t, dy) => m.Backward(t, dy, null)),
    Measure.Model<LstmM128, LstmM128.State, LstmM128.Tape>("LstmM128", (m, s, x, y) => m.Step(s, x, y), (m, s, x, t) => m.Forward(s, x, t), (m, t, dy) => m.Backward(t, dy, null)),
    Measure.Model<GruM128, GruM128.State, GruM128.Tape>("GruM128", (m, s, x, y) => m.Step(s, x, y), (m, s, x, t) => m.Forward(s, x, t), (m, t, dy) => m.Backward(t, dy, null)),
    Measure.Model<RnnL256, RnnL256.State, RnnL256.Tape>("RnnL256", (m, s, x, y) => m.Step(s, x, y), (m, s, x, t) => m.Forward(s, x, t), (m, t, dy) => m.Backward(t, dy, null)),
    Measure.Model<LstmL256, LstmL256.State, LstmL256.Tape>("LstmL256", (m, s, x, y) => m.Step(s, x, y), (m, s, x, t) => m.Forward(s, x, t), (m, t, dy) => m.Backward(t, dy, null)),
    Measure.Model<GruL256, GruL256.State, GruL256.Tape>("GruL256", (m, s, x, y) => m.Step(s, x, y), (m, s, x, t) => m.Forward(s, x, t), (m, t, dy) => m.Backward(t, dy, null)),
];
Measurement[] chosen = [.. all.Where(m => m.Name.Contains(filter, StringComparison.OrdinalIgnoreCase))];
for (int round = 0; round < 60; round++)
{
    foreach (Measurement measurement in chosen)
    {
        measurement.Run();
    }
}

Console.WriteLine($"{"model",-10} {"step best",10} {"median",10} {"train best",11} {"median",10} {"Adam best",10} {"median",10}   (ns; per step, Adam per update)");
foreach (Measurement measurement in chosen)
{
    Console.WriteLine(
        $"{measurement.Name,-10} {measurement.Step.Best,10:0.0} {measurement.Step.Median,10:0.0} {measurement.Train.Best,11:0.0} {measurement.Train.Median,10:0.0} {measurement.Update.Best,10:0} {measurement.Update.Median,10:0}");
}
