using System.Globalization;

namespace RnnGen.Benchmarks;

/// <summary>How figures are written in tables.</summary>
internal static class Format
{
    public static string Nanoseconds(double value) => value.ToString(value < 100 ? "0.0" : "#,0", CultureInfo.InvariantCulture);

    /// <summary>Something divided by ours.</summary>
    public static string Ratio(double value) => value.ToString(value < 10 ? "0.00" : "0", CultureInfo.InvariantCulture) + "x";

    public static string Percent(double value) => (100 * value).ToString("0", CultureInfo.InvariantCulture) + " %";

    public static string Count(int value) => value.ToString("#,0", CultureInfo.InvariantCulture);

    public static string Deviation(double value) => value.ToString("0.0000", CultureInfo.InvariantCulture);

    public static string Bytes(double value) => value.ToString("0.#", CultureInfo.InvariantCulture);
}
