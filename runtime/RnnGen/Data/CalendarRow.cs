using System.Numerics;
using RnnGen.Numerics;

namespace RnnGen;

/// <summary>Writes the calendar features of a time.</summary>
internal static class CalendarRow
{
    public static int Size(CalendarFeatures features) => 2 * BitOperations.PopCount((uint)features);

    /// <summary>Sine and cosine for each feature, in the order of the enumeration.</summary>
    public static void Write(CalendarFeatures features, DateTime time, Span<float> row)
    {
        double day = time.TimeOfDay / TimeSpan.FromDays(1);
        Add(CalendarFeatures.HourOfDay, day, ref row);
        Add(CalendarFeatures.DayOfWeek, ((((int)time.DayOfWeek + 6) % 7) + day) / 7, ref row);
        Add(CalendarFeatures.DayOfYear, (time.DayOfYear - 1 + day) / (DateTime.IsLeapYear(time.Year) ? 366 : 365), ref row);

        void Add(CalendarFeatures feature, double turns, ref Span<float> rest)
        {
            if (features.HasFlag(feature))
            {
                (double sine, double cosine) = PortableMath.SinCosOfTurns(turns);
                (rest[0], rest[1]) = ((float)sine, (float)cosine);
                rest = rest[2..];
            }
        }
    }
}
