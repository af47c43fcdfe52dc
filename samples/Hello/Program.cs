using System.Globalization;
using RnnGen;

// The character model of the lectures: after "hell" it says "ello". The same letter l is followed once by l and once by o, so a
// network without a memory cannot learn it.
CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
const string Alphabet = "helo";
int[] inputs = Encode("hell");
int[] targets = Encode("ello");

var model = new Hello(seed: 7);
Console.WriteLine($"{Hello.ParameterCount} parameters: {Hello.InputSize} letters, 10 hidden units, {Hello.OutputSize} letters to choose from.");
Console.WriteLine();
Console.WriteLine("Untrained:");
Show(model);
Console.WriteLine();

Train(model);
Console.WriteLine();
Console.WriteLine("Trained:");
float[] trained = Show(model);
Console.WriteLine();

string path = Path.Combine(Path.GetTempPath(), $"hello-{Environment.ProcessId}.safetensors");
try
{
    model.Save(path);
    Hello loaded = Hello.Load(path);
    Console.WriteLine($"Saved as safetensors ({new FileInfo(path).Length} bytes), loaded, and streamed letter by letter:");
    float[] streamed = Stream(loaded);
    bool equal = streamed.AsSpan().SequenceEqual(trained);
    Console.WriteLine(equal ? "The loaded model gives the very same probabilities." : "The loaded model gives other probabilities!");
    Console.WriteLine();
    for (int step = 0; step < inputs.Length; step++)
    {
        ReadOnlySpan<float> probabilities = streamed.AsSpan(step * Hello.OutputSize, Hello.OutputSize);
        Console.WriteLine($"{Alphabet[inputs[step]]} -> {Alphabet[MostLikely(probabilities)]}");
    }

    return equal ? 0 : 1;
}
finally
{
    File.Delete(path);
}

void Train(Hello network)
{
    const int Updates = 300;
    Hello.Trainer trainer = network.CreateTrainer(new Adam(0.02f) { ClipNorm = 5 });
    for (int update = 1; update <= Updates; update++)
    {
        float loss = trainer.Train(inputs, targets);
        if (update % 20 == 0)
        {
            Progress($"Training: update {update} of {Updates}, loss {loss:0.0000}", isLast: update == Updates);
        }
    }
}

// On a terminal one line that changes, in a file one line each.
void Progress(string line, bool isLast)
{
    if (Console.IsOutputRedirected)
    {
        Console.WriteLine(line);
        return;
    }

    Console.Write("\r" + line + (isLast ? Environment.NewLine : ""));
}

// The whole word in one call.
float[] Show(Hello network)
{
    var probabilities = new float[inputs.Length * Hello.OutputSize];
    network.Forward(network.CreateState(), inputs, probabilities);
    Console.WriteLine($"  input   {string.Join("      ", Alphabet.AsEnumerable())}      prediction");
    for (int step = 0; step < inputs.Length; step++)
    {
        ReadOnlySpan<float> row = probabilities.AsSpan(step * Hello.OutputSize, Hello.OutputSize);
        char prediction = Alphabet[MostLikely(row)];
        string verdict = prediction == Alphabet[targets[step]] ? "" : $"   wrong, it should be {Alphabet[targets[step]]}";
        Console.WriteLine($"  {Alphabet[inputs[step]]}     {row[0]:0.000}  {row[1]:0.000}  {row[2]:0.000}  {row[3]:0.000}  {prediction}{verdict}");
    }

    return probabilities;
}

// Letter by letter, as a service would: one state per stream, nothing else.
float[] Stream(Hello network)
{
    var probabilities = new float[inputs.Length * Hello.OutputSize];
    Hello.State state = network.CreateState();
    for (int step = 0; step < inputs.Length; step++)
    {
        network.Step(state, inputs[step], probabilities.AsSpan(step * Hello.OutputSize, Hello.OutputSize));
    }

    return probabilities;
}

static int[] Encode(string text) => [.. text.Select(letter => Alphabet.IndexOf(letter))];

static int MostLikely(ReadOnlySpan<float> probabilities)
{
    int best = 0;
    for (int k = 1; k < probabilities.Length; k++)
    {
        best = probabilities[k] > probabilities[best] ? k : best;
    }

    return best;
}
