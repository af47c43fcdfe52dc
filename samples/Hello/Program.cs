using RnnGen;
var model = new Hello(seed: 7);
var trainer = model.CreateTrainer(new Adam(0.05f) { ClipNorm = 5f });
for (int k = 0; k < 100; k++)
{
    float loss = trainer.Step([0, 1, 2, 2], [1, 2, 2, 3]);
    if (k % 20 == 0) Console.WriteLine(loss);
}
var state = model.CreateState();
Span<float> p = stackalloc float[4];
foreach (int t in (int[])[0, 1, 2, 2]) { model.Step(state, t, p); Console.WriteLine(string.Join(" ", p.ToArray())); }
