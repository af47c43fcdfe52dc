using RnnGen;
using RnnGen.Samples;

// Letters as tokens; the bar stands before and after a name.
var alphabet = new Vocabulary("|abcdefghijklmnopqrstuvwxyz");
const int Mark = 0;
const int BatchSize = 16;

return SampleProgram.Run(args, "Looks at a picture of a digit and spells its name.", options =>
{
    var digits = new Digits(new Random(options.Seed));
    var eye = new Eye(options.Seed);
    var speller = new Speller(options.Seed);
    IReadOnlyList<(double, double)> losses = Train(eye, speller, digits, options.Updates(4000));

    var sampler = new Sampler(Speller.OutputSize, options.Seed) { Temperature = 0 };
    var letters = new int[8];
    for (int digit = 0; digit < 10; digit += 3)
    {
        float[] picture = digits.Draw(digit);
        Console.WriteLine();
        Console.WriteLine(string.Join("\n", Digits.Show(picture).Select((line, k) => k == 3 ? $"{line}   {Name(picture)}" : line)));
    }

    const int Held = 2000;
    int exact = Enumerable.Range(0, Held).Count(k => Name(digits.Draw(k % 10)) == Digits.Names[k % 10]);
    var plot = new Plot("Learning to spell what it sees", "update", "loss in nats per letter");
    plot.Add("training", losses);
    plot.Save("caption.svg");
    Console.WriteLine();
    return $"exact {100.0 * exact / Held:0.0} % of {Held} held-out pictures";

    // One to many: a picture goes in, letters come out, each of them read again.
    string Name(float[] picture)
    {
        var thought = new float[Eye.OutputSize];
        eye.Step(eye.CreateState(), picture, thought);
        Speller.State state = speller.CreateState();
        state.StartFrom(thought);
        int count = speller.Generate(state, Mark, letters, sampler, end: Mark);
        return alphabet.Decode(letters.AsSpan(0, count));
    }
});

IReadOnlyList<(double, double)> Train(Eye eye, Speller speller, Digits digits, int updates)
{
    Optimizer eyeOptimizer = new Adam(0.003f).CreateOptimizer(eye);
    Optimizer spellerOptimizer = new Adam(0.003f) { ClipNorm = 1 }.CreateOptimizer(speller);
    Eye.Tape eyeTape = eye.CreateTape();
    Speller.Tape spellerTape = speller.CreateTape();
    Eye.State nothing = eye.CreateState();
    Speller.State state = speller.CreateState();
    var thought = new float[Eye.OutputSize];
    var gradients = new float[Eye.OutputSize];
    int[][] names = [.. Digits.Names.Select(name => (int[])[Mark, .. alphabet.Encode(name), Mark])];

    int next = 0;
    return TrainingConsole.Loop(updates, () =>
    {
        for (int k = 0; k < BatchSize; k++)
        {
            int digit = next++ % 10;
            ReadOnlySpan<int> name = names[digit];

            // There: the eye fills the speller's state, the speller reads each letter and guesses the next.
            eye.Forward(nothing, digits.Draw(digit), thought, eyeTape);
            state.StartFrom(thought);
            speller.Forward(state, name[..^1], spellerTape);

            // And back: the gradient of the state is the gradient of the eye's output.
            speller.Backward(spellerTape, name[1..]);
            spellerTape.InitialStateGradients.CopyTo(gradients);
            eye.Backward(eyeTape, gradients, finalStateGradients: null);
        }

        double loss = spellerTape.Loss;
        eyeOptimizer.Update(eyeTape, spellerTape.TargetWeight);
        spellerOptimizer.Update(spellerTape);
        return loss;
    });
}
