/// <summary>Draws digits of 5x7 points into pictures of 8x8, shifted at random, with noise and with strokes of uneven strength.</summary>
internal sealed class Digits(Random random)
{
    public static readonly string[] Names = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"];

    private static readonly string[] Shapes =
    [
        ".###. #...# #..## #.#.# ##..# #...# .###.",
        "..#.. .##.. ..#.. ..#.. ..#.. ..#.. .###.",
        ".###. #...# ....# ...#. ..#.. .#... #####",
        "##### ...#. ..#.. ...#. ....# #...# .###.",
        "...#. ..##. .#.#. #..#. ##### ...#. ...#.",
        "##### #.... ####. ....# ....# #...# .###.",
        "..##. .#... #.... ####. #...# #...# .###.",
        "##### ....# ...#. ..#.. .#... .#... .#...",
        ".###. #...# #...# .###. #...# #...# .###.",
        ".###. #...# #...# .#### ....# ...#. .##..",
    ];

    public float[] Draw(int digit)
    {
        var picture = new float[64];
        for (int k = 0; k < picture.Length; k++)
        {
            picture[k] = 0.25f * random.NextSingle();
        }

        string[] rows = Shapes[digit].Split(' ');
        int right = random.Next(4);
        int down = random.Next(2);
        for (int y = 0; y < rows.Length; y++)
        {
            for (int x = 0; x < rows[y].Length; x++)
            {
                if (rows[y][x] == '#')
                {
                    picture[((y + down) * 8) + x + right] = 0.6f + (0.4f * random.NextSingle());
                }
            }
        }

        return picture;
    }

    /// <summary>A picture as eight lines of text.</summary>
    public static IEnumerable<string> Show(float[] picture) => picture.Chunk(8).Select(row => string.Concat(row.Select(light => " .:+#"[Math.Min(4, (int)(light * 5))])));
}
