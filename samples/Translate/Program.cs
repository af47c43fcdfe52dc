using RnnGen;
using RnnGen.Samples;

const int Mark = 0;
const int BatchSize = 16;

return SampleProgram.Run(args, "Translates dates as people write them into ISO dates.", options =>
{
    var random = new Random(options.Seed);
    var reader = new Reader(options.Seed);
    var writer = new Writer(options.Seed + 1);
    IReadOnlyList<(double, double)> losses = Train(reader, writer, random, options.Updates(4000));

    var sampler = new Sampler(Writer.OutputSize, options.Seed) { Temperature = 0 };
    var iso = new int[10];
    foreach (string human in new[] { "tuesday 12 may 1998", "the 31st of december 2024", "2031 feb 3", "7/8/2009" })
    {
        Console.WriteLine($"{human,-26} {Translate(human)}");
    }

    const int Held = 2000;
    int exact = 0;
    for (int k = 0; k < Held; k++)
    {
        DateOnly date = Dates.Draw(random, held: true);
        exact += Translate(Dates.Write(random, date)) == Dates.Iso(date) ? 1 : 0;
    }

    var plot = new Plot("Learning to translate dates", "update", "loss in nats per character");
    plot.Add("training", losses);
    plot.Save("translate.svg");
    return $"exact {100.0 * exact / Held:0.0} % of {Held} dates on held-out days";

    // Delayed many to many: first all is read, then all is written.
    string Translate(string human)
    {
        Reader.State read = reader.CreateState();
        reader.Forward(read, Dates.Alphabet.Encode(human), new float[Reader.OutputSize]);
        Writer.State state = writer.CreateState();
        state.StartFrom(read);
        int count = writer.Generate(state, Mark, iso, sampler, end: Mark);
        return Dates.Alphabet.Decode(iso.AsSpan(0, count));
    }
});

static IReadOnlyList<(double, double)> Train(Reader reader, Writer writer, Random random, int updates)
{
    var settings = new Adam(0.003f) { ClipNorm = 1, Schedule = new CosineSchedule(updates) };
    Optimizer readerOptimizer = settings.CreateOptimizer(reader);
    Optimizer writerOptimizer = settings.CreateOptimizer(writer);
    Reader.Tape readerTape = reader.CreateTape();
    Writer.Tape writerTape = writer.CreateTape();
    Reader.State read = reader.CreateState();
    Reader.State gradients = reader.CreateState();
    Writer.State state = writer.CreateState();

    return TrainingConsole.Loop(updates, () =>
    {
        for (int k = 0; k < BatchSize; k++)
        {
            DateOnly date = Dates.Draw(random, held: false);
            int[] iso = [Mark, .. Dates.Alphabet.Encode(Dates.Iso(date)), Mark];

            // There: the writer starts where the reader ended.
            read.Reset();
            reader.Forward(read, Dates.Alphabet.Encode(Dates.Write(random, date)), readerTape);
            state.StartFrom(read);
            writer.Forward(state, iso.AsSpan(..^1), writerTape);

            // And back: the gradient of the writer's first state is that of the reader's last.
            writer.Backward(writerTape, iso.AsSpan(1..));
            gradients.StartFrom(writerTape.InitialStateGradients);
            reader.Backward(readerTape, [], gradients);
        }

        double loss = writerTape.Loss;
        readerOptimizer.Update(readerTape, writerTape.TargetWeight);
        writerOptimizer.Update(writerTape);
        return loss;
    });
}
