namespace RnnGen.Fuzz;

/// <summary>Arguments that are out of range, of another type, no constants, or just written strangely.</summary>
internal static class OddValues
{
    private static readonly string[] NoValues =
        ["null!", "default", "default!", "\"a\"", "typeof(int)", "Unknown", "Unknown.Name", "1 / 0", "new int()", "x => x", "new[] { 1 }", "3L", "3u", "3.5", "true", "", "checked(int.MaxValue + 1)"];

    private static readonly string[] Sizes =
    [
        "0", "-1", "1", "2", "1000", "65_536", "46_341", "536_870_912", "1_073_741_824", "2_000_000_000", "int.MaxValue", "int.MaxValue - 1", "int.MinValue",
        "'a'", "(byte)3", "1 << 4", "2 + 3", "0x10", "(int)3.5", "nameof(System).Length", "(3)", "(int)Activation.Elu",
    ];

    private static readonly string[] Numbers =
    [
        "0", "-0.0", "1", "-1", "0.5", "0.999999999", "1e-50", "1e38", "-1e38", "1e300", "float.NaN", "float.PositiveInfinity", "float.NegativeInfinity",
        "float.Epsilon", "float.MaxValue", "double.MaxValue", "double.Epsilon", "int.MinValue", "1.5f", "'a'", "1m", "100",
    ];

    private static readonly string[] Choices = ["-1", "0", "1", "2", "3", "4", "10", "11", "int.MaxValue", "int.MinValue"];

    public static string Size(Dice dice) => dice.Chance(0.2) ? dice.One(NoValues) : dice.One(Sizes);

    public static string Number(Dice dice) => dice.Chance(0.2) ? dice.One(NoValues) : dice.One(Numbers);

    public static string Flag(Dice dice) => dice.Chance(0.3) ? dice.One(NoValues) : dice.One("true", "false", "!true", "1 > 2", "true && !false");

    public static string Choice(Dice dice, string enumeration) => dice.Chance(0.2) ? dice.One(NoValues) : $"({enumeration})({dice.One(Choices)})";
}
