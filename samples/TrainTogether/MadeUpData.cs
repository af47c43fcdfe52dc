using System.Text;
using RnnGen;

namespace TrainTogether;

/// <summary>Data for those who have none at hand: the same in every process.</summary>
internal static class MadeUpData
{
    private static readonly string[] People = ["the captain", "a young king", "her brother", "the miller", "an old friend", "my neighbor", "the queen of the north", "nobody"];
    private static readonly string[] Verbs = ["sees", "forgets", "carries", "looks for", "sells", "dreams of", "returns with", "never finds"];
    private static readonly string[] Things = ["a silver lamp", "the letter", "seven horses", "the harbor", "a quiet song", "bread and wine", "the winter road", "a map of the stars"];
    private static readonly string[] Ends = [".", "!", ", and so it goes.", "; who can tell why?"];

    /// <summary>Simple sentences, some 160,000 characters.</summary>
    public static string Text()
    {
        var random = new Random(1);
        var text = new StringBuilder();
        for (int sentence = 0; sentence < 4000; sentence++)
        {
            text.Append(Any(People)).Append(' ').Append(Any(Verbs)).Append(' ').Append(Any(Things)).Append(Any(Ends)).Append('\n');
        }

        return text.ToString();

        string Any(string[] words) => words[random.Next(words.Length)];
    }

    /// <summary>Windows of waves, each reading with its own frequency and phase; targets are the first readings one step later.</summary>
    /// <param name="windows">Number of windows.</param>
    /// <param name="seed">Others for another seed.</param>
    public static Sequences<float, float> Waves(int windows, int seed)
    {
        var random = new Random(seed);
        var inputs = new float[windows][];
        var targets = new float[windows][];
        for (int window = 0; window < windows; window++)
        {
            inputs[window] = new float[SeriesLstm.SequenceLength * SeriesLstm.InputSize];
            targets[window] = new float[SeriesLstm.SequenceLength * SeriesLstm.OutputSize];
            for (int reading = 0; reading < SeriesLstm.InputSize; reading++)
            {
                double frequency = 0.05 + (0.01 * reading);
                double phase = 2 * Math.PI * random.NextDouble();
                for (int step = 0; step < SeriesLstm.SequenceLength; step++)
                {
                    inputs[window][(step * SeriesLstm.InputSize) + reading] = (float)Math.Sin(phase + (frequency * step));
                    if (reading < SeriesLstm.OutputSize)
                    {
                        targets[window][(step * SeriesLstm.OutputSize) + reading] = (float)Math.Sin(phase + (frequency * (step + 1)));
                    }
                }
            }
        }

        return new(inputs, targets);
    }
}
