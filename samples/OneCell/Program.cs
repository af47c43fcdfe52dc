using RnnGen;
using RnnGen.Samples;

return SampleProgram.Run(args, "The lectures' first recurrent cell: 4 inputs, hidden size 2.", _ =>
{
    var cell = new Cell(seed: 1);
    cell.Rnn["weight_ih_l0"].CopyFrom([0.1f, -0.2f, 0.3f, -0.4f, 0.5f, 0.6f, -0.7f, 0.8f]);
    cell.Rnn["weight_hh_l0"].CopyFrom([0.9f, -0.8f, 0.7f, 0.6f]);
    cell.Rnn["bias_ih_l0"].CopyFrom([0.05f, -0.15f]);
    cell.Rnn["bias_hh_l0"].CopyFrom([0.25f, 0.35f]);

    Console.WriteLine("\nOne letter, h as [1, 0, 0, 0]:");
    float[] letter = Run(cell, "h");
    Console.WriteLine("\nA word, unrolled over five steps:");
    float[] word = Run(cell, "hello");

    // A batch is a loop: the weights are shared, and each sequence has a state of its own.
    Console.WriteLine("\nA batch of three words:");
    float[] batch = [.. new[] { "hello", "eolll", "lleel" }.SelectMany(one => Run(cell, one))];

    var plot = new Plot("The two hidden numbers over the word \"hello\"", "letter", "h") { XTexts = ["h", "e", "l", "l", "o"] };
    plot.Add("first", word.Where((_, k) => k % 2 == 0).Select(h => (double)h));
    plot.Add("second", word.Where((_, k) => k % 2 == 1).Select(h => (double)h));
    plot.Save("onecell.svg");

    float[] all = [.. letter, .. word, .. batch];
    double difference = all.Zip(PyTorch.Outputs, (ours, theirs) => Math.Abs((double)ours - theirs)).Max();
    return $"largest difference from PyTorch {difference:0.0000000}";
});

// The whole word in one call, and again letter by letter: the same numbers.
static float[] Run(Cell cell, string word)
{
    float[] inputs = [.. word.SelectMany(OneHot)];
    var outputs = new float[word.Length * Cell.OutputSize];
    Cell.State state = cell.CreateState();
    cell.Forward(state, inputs, outputs);

    var streamed = new float[outputs.Length];
    Cell.State stream = cell.CreateState();
    for (int step = 0; step < word.Length; step++)
    {
        cell.Step(stream, OneHot(word[step]), streamed.AsSpan(step * Cell.OutputSize, Cell.OutputSize));
    }

    string verdict = streamed.AsSpan().SequenceEqual(outputs) ? "step by step the same" : "step by step something else!";
    Console.WriteLine($"{word}  outputs [{string.Join(", ", outputs.Chunk(2).Select(h => Show(h)))}]");
    Console.WriteLine($"{new string(' ', word.Length)}  final state {Show(state["Rnn.h"])}, {verdict}");
    return outputs;
}

static float[] OneHot(char letter) => [.. "helo".Select(known => known == letter ? 1f : 0f)];

static string Show(ReadOnlySpan<float> h) => $"[{h[0]:0.0000}, {h[1]:0.0000}]";
