using RnnGen;

/// <summary>Utterances of three to six digits.</summary>
internal sealed class Corpus
{
    /// <summary>Records utterances of new voices.</summary>
    /// <param name="random">Draws voices, digits and sounds.</param>
    /// <param name="voices">Number of voices.</param>
    /// <param name="each">Utterances of each voice.</param>
    public Corpus(Random random, int voices, int each)
    {
        Utterances = [.. Enumerable.Range(0, voices).Select(_ => Voice.Draw(random)).SelectMany(voice => Enumerable.Range(0, each).Select(_ => Record(voice, random)))];
        var ear = new LogMel();
        Windows = new Sequences<float, int>(Utterances.Select(utterance => ear.Hear(utterance.Samples)), Utterances.Select(utterance => utterance.Digits));
    }

    public IReadOnlyList<Utterance> Utterances { get; }

    /// <summary>For training: the steps, and the digits that are said in them, but not when.</summary>
    public Sequences<float, int> Windows { get; }

    private static Utterance Record(Voice voice, Random random) =>
        Synthesizer.Say(voice, [.. Enumerable.Range(0, random.Next(3, 7)).Select(_ => random.Next(10))], random);
}
