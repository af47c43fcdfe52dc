using RnnGen;
using RnnGen.Samples;

return SampleProgram.Run(args, "Reads reviews of a sentence each, and says whether they praise or blame.", options =>
{
    var reviews = new Reviews(new Random(options.Seed));
    List<(int[] Tokens, int Praise)> all = reviews.Draw(8000);
    Sequences<int, int> training = Data(all[1000..]);
    Sequences<int, int> held = Data(all[..1000]);

    var critic = new Critic(options.Seed);
    Critic.Trainer trainer = critic.CreateTrainer(new Adam(0.003f) { ClipNorm = 1 });
    trainer.Fit(training, null, options.Training(updates: 1500, batchSize: 32), new ConsoleProgress());

    string[] sentences =
    [
        "the film was not good but i liked the very charming music",
        "nobody can call the plot weak although the ending was anything but clever",
        "although the cast was truly lovely nobody can call the story funny",
    ];
    foreach (string sentence in sentences)
    {
        Console.WriteLine($"{Course(critic, reviews.Encode(sentence))[^1],6:P0} praise: {sentence}");
    }

    Draw(critic, reviews, sentences[0]);
    return $"accuracy {critic.Evaluate(held).Accuracy:P1} on {held.Count} held-out sentences";
});

static Sequences<int, int> Data(List<(int[] Tokens, int Praise)> sentences) =>
    new(sentences.Select(sentence => sentence.Tokens), sentences.Select(sentence => new[] { sentence.Praise }));

// Streams a sentence: after every word the probability that it praises.
static double[] Course(Critic critic, int[] tokens)
{
    Critic.State state = critic.CreateState();
    var verdict = new float[Critic.OutputSize];
    var course = new double[tokens.Length];
    for (int step = 0; step < tokens.Length; step++)
    {
        critic.Step(state, tokens[step], verdict);
        course[step] = verdict[1];
    }

    return course;
}

// How the state and the verdict change while the sentence is read.
static void Draw(Critic critic, Reviews reviews, string sentence)
{
    int[] tokens = reviews.Encode(sentence);
    var plot = new Plot("A sentence changes its mind", "", "probability of praise; three of 24 states") { XTexts = sentence.Split(' ') };
    plot.Add("praise", Course(critic, tokens));
    Critic.State state = critic.CreateState();
    float[][] states = [.. tokens.Select(token =>
    {
        critic.Step(state, token, new float[Critic.OutputSize]);
        return state["Memory.h"].ToArray();
    })];
    for (int unit = 0; unit < 3; unit++)
    {
        plot.Add($"state {unit + 1}", states.Select(h => (double)h[unit]));
    }

    plot.Save("sentiment.svg");
}
