using RnnGen;
using RnnGen.Samples;

const int End = 0;
const int BatchSize = 8;

return SampleProgram.Run(args, "Reads short stories and answers questions about them.", options =>
{
    var stories = new Stories(new Random(options.Seed));
    var listener = new Listener(options.Seed);
    RememberAtFirst(listener.Memory["bias_hh_l0"]);
    int updates = options.Updates(7000);
    Listener.Trainer trainer = listener.CreateTrainer(new Adam(0.003f) { ClipNorm = 1, Schedule = new CosineSchedule(updates) });

    // Every story is a new one.
    IReadOnlyList<(double, double)> losses = TrainingConsole.Loop(updates, () =>
    {
        for (int k = 0; k < BatchSize; k++)
        {
            (int[] inputs, int[] targets) = Lesson(stories.Tell());
            trainer.Accumulate(inputs, targets);
        }

        return trainer.Update();
    });

    Listen(listener, stories.Tell(), Console.WriteLine);
    (int Kind, bool Right)[] answers = [.. Enumerable.Range(0, 1000).SelectMany(_ => Listen(listener, stories.Tell(), _ => { }))];
    foreach (IGrouping<int, bool> kind in answers.GroupBy(answer => answer.Kind, answer => answer.Right).OrderBy(kind => kind.Key))
    {
        Console.WriteLine($"{Stories.Kinds[kind.Key],-17} {kind.Average(right => right ? 1 : 0):P1} of {kind.Count()}");
    }

    var plot = new Plot("Learning to answer", "update", "loss in nats per word");
    plot.Add("training", losses);
    plot.Save("dialogue.svg");
    return $"accuracy {answers.Average(answer => answer.Right ? 1 : 0):P1} on {answers.Length} questions in new stories";
});

// A story is long, so the memory starts out with update gates that rather keep than overwrite; they are the second of three blocks.
static void RememberAtFirst(Parameter bias)
{
    var values = new float[bias.Count];
    bias.CopyTo(values);
    values.AsSpan(Listener.Units, Listener.Units).Fill(2);
    bias.CopyFrom(values);
}

// Story, questions and answers in one window. What is read and not asked for has a target below 0, which is ignored.
static (int[] Inputs, int[] Targets) Lesson(List<Line> story)
{
    var inputs = new List<int>();
    var targets = new List<int>();
    foreach (Line line in story)
    {
        int[] read = Stories.Encode(line.Text);
        int[] written = line.Answer is null ? [-1] : [.. Stories.Encode(line.Answer), End];
        inputs.AddRange([.. read, .. written[..^1]]);
        targets.AddRange([.. read[1..].Select(_ => -1), .. written]);
    }

    return ([.. inputs], [.. targets]);
}

// Streams a story; where a question ends, the network writes until it says that it has ended.
static List<(int Kind, bool Right)> Listen(Listener listener, List<Line> story, Action<string> show)
{
    Listener.State state = listener.CreateState();
    var sampler = new Sampler(Listener.OutputSize, seed: 1) { Temperature = 0 };
    var outputs = new float[Listener.OutputSize];
    var words = new int[4];
    var answers = new List<(int, bool)>();
    foreach (Line line in story)
    {
        int[] read = Stories.Encode(line.Text);
        foreach (int word in line.Answer is null ? read : read[..^1])
        {
            listener.Step(state, word, outputs);
        }

        if (line.Answer is null)
        {
            show(line.Text);
            continue;
        }

        string answer = Stories.Decode(words.AsSpan(0, listener.Generate(state, read[^1], words, sampler, end: End)));
        answers.Add((line.Kind, answer == line.Answer));
        show($"  {line.Text} {answer}{(answer == line.Answer ? "" : $" (wrong: {line.Answer})")}");
    }

    return answers;
}
