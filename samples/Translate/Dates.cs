using System.Globalization;
using RnnGen;

/// <summary>Dates in many human forms.</summary>
internal static class Dates
{
    /// <summary>Characters of both languages; the bar stands before and after a translation.</summary>
    public const int Characters = 40;

    public const int Longest = 32;

    private static readonly string[] Months =
        ["january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december"];

    private static readonly string[] Weekdays = ["sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday"];

    private static readonly int Days = new DateOnly(2060, 1, 1).DayNumber - new DateOnly(1960, 1, 1).DayNumber;

    public static Vocabulary Alphabet { get; } = new("| abcdefghijklmnopqrstuvwxyz0123456789-/");

    public static string Iso(DateOnly date) => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>A day of a century, 1960 to 2059. Every tenth one is held out from training.</summary>
    public static DateOnly Draw(Random random, bool held)
    {
        while (true)
        {
            int day = random.Next(Days);
            if (day % 10 == 0 == held)
            {
                return new DateOnly(1960, 1, 1).AddDays(day);
            }
        }
    }

    /// <summary>One of twelve ways to write it.</summary>
    public static string Write(Random random, DateOnly date)
    {
        string month = Months[date.Month - 1];
        string shortMonth = month[..3];
        string weekday = Weekdays[(int)date.DayOfWeek];
        (int d, int m, int y) = (date.Day, date.Month, date.Year);
        return random.Next(12) switch
        {
            0 => $"{d} {month} {y}",
            1 => $"{month} {d} {y}",
            2 => $"{shortMonth} {d} {y}",
            3 => $"{d} {shortMonth} {y}",
            4 => $"{d}/{m}/{y}",
            5 => $"{d:00}-{m:00}-{y}",
            6 => $"{weekday} {d} {month} {y}",
            7 => $"{weekday[..3]} {shortMonth} {d} {y}",
            8 => $"the {Ordinal(d)} of {month} {y}",
            9 => $"{month} the {Ordinal(d)} {y}",
            10 => $"{d} {month} in {y}",
            _ => $"{y} {shortMonth} {d}",
        };
    }

    private static string Ordinal(int day) => day + (day is 11 or 12 or 13 ? "th" : (day % 10) switch { 1 => "st", 2 => "nd", 3 => "rd", _ => "th" });
}
