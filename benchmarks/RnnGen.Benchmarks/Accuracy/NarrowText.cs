using System.CommandLine;

namespace RnnGen.Benchmarks;

/// <summary>What narrow weights cost a language model of characters: trained in floats, and then read in all formats.</summary>
internal static class NarrowText
{
    private const int Characters = 96;
    private const int Windows = 32;
    private const int DriftSteps = 10_000;

    public static Command Create()
    {
        var text = new Argument<FileInfo>("text") { Description = "A text of some 100,000 characters or more; the last tenth is not trained on." };
        var updates = new Option<int>("--updates") { Description = "Updates by 32 windows.", DefaultValueFactory = _ => 1500 };
        var command = new Command("weights", "The loss of a model of characters, LSTM 2 x 128, whose steps read narrow weights.") { text, updates };
        command.SetAction(result => Run(File.ReadAllText(result.GetRequiredValue(text).FullName), result.GetValue(updates)));
        return command;
    }

    private static void Run(string text, int updates)
    {
        // Printable ASCII; all others are one character.
        int[] tokens = [.. text.Select(character => character is > ' ' and <= '~' ? character - ' ' : character == ' ' ? 0 : Characters - 1)];
        int[] unseen = tokens[(tokens.Length / 10 * 9)..];
        var floats = new TextFloats(seed: 1);
        Train(floats, tokens[..(tokens.Length / 10 * 9)], updates);
        var file = new MemoryStream();
        floats.Save(file);

        double loss = Loss(floats, unseen);
        float[] drift = Outputs(floats, unseen);
        var grid = new Grid(["weights", "loss, nats", "more than floats", "largest difference of a probability", "in the last 1,000 of 10,000 steps", "likeliest character differs"]);
        grid.Add(["Float32", $"{loss:0.0000}", "", "", "", ""]);
        Add("BFloat16", TextHalves.Load(file.ToArray()));
        Add("Int8", TextBytes.Load(file.ToArray()));
        Add("Int4", TextNibbles.Load(file.ToArray()));
        Console.WriteLine(Machine.Describe());
        Console.WriteLine($"\n{updates} updates by {Windows} windows; {unseen.Length} characters that were not trained on.\n");
        Console.Write(grid.ToMarkdown());

        void Add(string name, IRnnStreamingModel<int> model)
        {
            double its = Loss((IRnnModel<int, int>)model, unseen);
            float[] outputs = Outputs(model, unseen);
            double[] differences = [.. drift.Zip(outputs, (a, b) => (double)Math.Abs(a - b))];
            int others = drift.Chunk(Characters).Zip(outputs.Chunk(Characters), (a, b) => Array.IndexOf(a, a.Max()) == Array.IndexOf(b, b.Max()) ? 0 : 1).Sum();
            grid.Add([name, $"{its:0.0000}", $"{its - loss:0.0000}", $"{differences.Max():0.0000}", $"{differences[^(1000 * Characters)..].Max():0.0000}", $"{100.0 * others / DriftSteps:0.0} %"]);
        }
    }

    private static void Train(TextFloats model, int[] tokens, int updates)
    {
        const int Steps = TextFloats.SequenceLength;
        using TextFloats.Trainer trainer = model.CreateTrainer(new Adam(0.003f) { ClipNorm = 1 });
        var random = new Random(1);
        int[] lengths = [.. Enumerable.Repeat(Steps, Windows)];
        var inputs = new int[Windows * Steps];
        var targets = new int[Windows * Steps];
        for (int update = 0; update < updates; update++)
        {
            for (int window = 0; window < Windows; window++)
            {
                int start = random.Next(tokens.Length - Steps - 1);
                tokens.AsSpan(start, Steps).CopyTo(inputs.AsSpan(window * Steps));
                tokens.AsSpan(start + 1, Steps).CopyTo(targets.AsSpan(window * Steps));
            }

            trainer.Train(inputs, lengths, targets);
        }
    }

    /// <summary>The mean loss of a text, as one stream.</summary>
    private static double Loss(IRnnModel<int, int> model, int[] tokens)
    {
        State state = model.CreateState();
        Score score = default;
        for (int start = 0; start + model.SequenceLength < tokens.Length; start += model.SequenceLength)
        {
            score += model.Evaluate(state, tokens.AsSpan(start, model.SequenceLength), tokens.AsSpan(start + 1, model.SequenceLength));
        }

        return score.Loss;
    }

    /// <summary>The probabilities after each step of a long stream.</summary>
    private static float[] Outputs(IRnnStreamingModel<int> model, int[] tokens)
    {
        State state = model.CreateState();
        var all = new float[DriftSteps * Characters];
        for (int step = 0; step < DriftSteps; step++)
        {
            model.Step(state, tokens.AsSpan(step % tokens.Length, 1), all.AsSpan(step * Characters, Characters));
        }

        return all;
    }
}

[RnnModel(inputSize: 96, sequenceLength: 64, Tokens = true, BatchSize = 32), Lstm(128, Layers = 2), Softmax(96)]
internal sealed partial class TextFloats;

[RnnModel(inputSize: 96, sequenceLength: 64, Weights = WeightFormat.BFloat16, Tokens = true), Lstm(128, Layers = 2), Softmax(96)]
internal sealed partial class TextHalves;

[RnnModel(inputSize: 96, sequenceLength: 64, Weights = WeightFormat.Int8, Tokens = true), Lstm(128, Layers = 2), Softmax(96)]
internal sealed partial class TextBytes;

[RnnModel(inputSize: 96, sequenceLength: 64, Weights = WeightFormat.Int4, Tokens = true), Lstm(128, Layers = 2), Softmax(96)]
internal sealed partial class TextNibbles;
