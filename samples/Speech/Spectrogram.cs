using RnnGen.Samples;

/// <summary>The picture of an utterance: time to the right, bands upward, dark where they are loud; below, what was said and what was heard.</summary>
internal static class Spectrogram
{
    // Frames of room for names on the left.
    private const int Margin = 20;
    private const int Shades = 10;

    private static readonly string[] Words = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"];

    public static PixelSheet Draw(Utterance utterance, IEnumerable<Heard> followed, IEnumerable<Heard> read)
    {
        float[][] frames = [.. new LogMel().Hear(utterance.Samples).Chunk(LogMel.Bands)];
        int width = Margin + frames.Length;
        float quietest = frames.Min(frame => frame.Min());
        float loudest = frames.Max(frame => frame.Max());
        var sheet = new PixelSheet(columns: 1, width, "white");
        sheet.Add(Enumerable.Range(0, LogMel.Bands * width).Select(pixel =>
        {
            int frame = (pixel % width) - Margin;
            return frame < 0 ? null : Color((frames[frame][LogMel.Bands - 1 - (pixel / width)] - quietest) / (loudest - quietest));
        }));

        Write(0, "said", utterance.Starts.Zip(utterance.Digits, (start, digit) => (start / (double)LogMel.Rate, Words[digit])));
        Write(1, "streaming", followed.Select(heard => (heard.Second, Words[heard.Digit])));
        Write(2, "whole", read.Select(heard => (heard.Second, Words[heard.Digit])));
        return sheet;

        void Write(int line, string name, IEnumerable<(double Second, string Word)> words)
        {
            sheet.Caption(0, line, name);
            foreach ((double second, string word) in words)
            {
                sheet.Caption(Margin + (int)(second * LogMel.Rate / LogMel.Hop), line, word);
            }
        }
    }

    // From white to dark blue, in few shades, so that the file is small.
    private static string? Color(float loudness)
    {
        int shade = Math.Min((int)(loudness * Shades), Shades - 1);
        return shade == 0 ? null : $"#{Mix(255, 16):x2}{Mix(255, 42):x2}{Mix(255, 92):x2}";

        int Mix(int light, int dark) => light + ((dark - light) * shade / (Shades - 1));
    }
}
