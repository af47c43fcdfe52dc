using RnnGen;
using RnnGen.Samples;

// 13 seconds: three times as long as what the dancer is trained on.
const int Steps = 193;

return SampleProgram.Run(args, "Learns to dance in four styles, and makes up dances.", options =>
{
    var choreographer = new Choreographer(new Random(options.Seed));
    Dance[] training = Make(options.Quick ? 20 : 500);
    Dance[] held = Make(50);

    var dancer = new Dancer(options.Seed);
    Dancer.Trainer trainer = dancer.CreateTrainer(new Adam(0.006f) { ClipNorm = 10, Schedule = new CosineSchedule(options.Updates(5000)) });
    trainer.Workers = 2;
    Sequences<float, float> lessons = Lessons.Steps(training, new Random(options.Seed));
    trainer.Fit(lessons, null, options.Training(updates: 5000, batchSize: 8), new ConsoleProgress());

    var judge = new Judge(options.Seed);
    Judge.Trainer judgeTrainer = judge.CreateTrainer(new Adam(0.003f) { ClipNorm = 1, Schedule = new CosineSchedule(options.Updates(400)) });
    Sequences<float, int> labelled = Lessons.Styles(training);
    judgeTrainer.Fit(labelled, null, options.Training(updates: 400, batchSize: 16), new ConsoleProgress());
    Console.WriteLine($"The judge recognizes the style of {Recognized(judge, held)} of {held.Length} true dances that it has not seen.");

    var performance = new Performance(dancer, options.Seed);
    Dance[] performed = [.. held.Select(dance => performance.Perform(dance.Style, choreographer.Beat(dance.Style), Steps))];
    Console.WriteLine("        recognized   limbs off by           joints, cm/s    nearest training dance, cm");
    Console.WriteLine("                     mean   95 %   99 %     made  true      made  true");
    var picture = new AnimatedFigures();
    for (int style = 0; style < Styles.Count; style++)
    {
        (string name, Dance[] made, Dance[] real) = (Styles.All[style].Name, Of(performed, style), Of(held, style));
        (double X, double Y)[][][] known = [.. Of(training, style).Select(dance => dance.Joints)];
        double[] errors = Comparison.LengthErrors(made);
        Console.WriteLine(
            $"{name,-8}{Recognized(judge, made),4} of {made.Length} {100 * errors.Average(),7:0.0} % {At(errors, 0.95),4:0.0} % {At(errors, 0.99),4:0.0} %" +
            $"{made.Average(Comparison.Speed),9:0}{real.Average(Comparison.Speed),6:0}" +
            $"{made.Average(dance => Comparison.Nearest(dance, known)),10:0.0}{real.Average(dance => Comparison.Nearest(dance, known)),6:0.0}");
        picture.Add(name, made[0]);
    }

    picture.Save("dance.svg");
    double share = 100.0 * Recognized(judge, performed) / performed.Length;
    double within = At(Comparison.LengthErrors(performed), 0.95);
    return $"style recognized in {share:0.0} % of {performed.Length} dances, 95 % of limbs within {within:0.0} % of their length";

    Dance[] Make(int perStyle) => [.. Enumerable.Range(0, Styles.Count * perStyle).Select(k => choreographer.Make(k / perStyle, Steps))];
});

static Dance[] Of(IEnumerable<Dance> dances, int style) => [.. dances.Where(dance => dance.Style == style)];

static long Recognized(Judge judge, Dance[] dances) => (long)Math.Round(judge.Evaluate(Lessons.Styles(dances)).Accuracy * dances.Length);

// An error that so large a share of all errors does not exceed, in percent.
static double At(double[] errors, double share) => 100 * errors[(int)(share * (errors.Length - 1))];
