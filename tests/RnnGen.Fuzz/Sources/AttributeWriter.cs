namespace RnnGen.Fuzz;

/// <summary>Writes one attribute. Every option appears, by chance.</summary>
internal sealed class AttributeWriter(Dice dice, string name)
{
    private readonly List<string> _arguments = [];

    /// <summary>An argument with a place; its parameter is named, or not.</summary>
    public AttributeWriter Argument(string parameter, string value)
    {
        _arguments.Add(dice.Chance(0.2) || (_arguments.Count > 0 && _arguments[^1].Contains(": ", StringComparison.Ordinal)) ? $"{parameter}: {value}" : value);
        return this;
    }

    public AttributeWriter Option(string property, string value)
    {
        _arguments.Add($"{property} = {value}");
        return this;
    }

    public AttributeWriter MaybeFlag(string property, double chance = 0.15) =>
        dice.Chance(chance) ? Flag(property, dice.Chance(0.7)) : this;

    public AttributeWriter Flag(string property, bool value) => Option(property, dice.Odd() ? OddValues.Flag(dice) : value ? "true" : "false");

    public AttributeWriter MaybeNumber(string property, double chance, params ReadOnlySpan<string> values) =>
        dice.Chance(chance) ? Option(property, dice.Odd() ? OddValues.Number(dice) : dice.One(values)) : this;

    public AttributeWriter Choice<T>(string property, T value)
        where T : struct, Enum =>
        Option(property, Choice(value));

    public string Choice<T>(T value)
        where T : struct, Enum =>
        dice.Odd() ? OddValues.Choice(dice, typeof(T).Name) : $"{typeof(T).Name}.{value}";

    /// <summary>The attribute without its brackets.</summary>
    public string Write()
    {
        if (dice.Odd())
        {
            string wrong = dice.One(
                "Nothing = 3", "Size = 3", "Bias = false", "Tied = null", "Tied = \"\"", "From = null!", "From = []", "From = [null!]", "From = [\"\"]", "Layers = 2",
                "Merge = Merge.Sum", "Delta = 5", "Alpha = 1", "Residual = true", "InputForget = true", "Direction = Direction.Reverse", "3", "size: 3", "hiddenSize: 3");
            _arguments.Insert(dice.Below(_arguments.Count + 1), wrong);
        }

        if (_arguments.Count > 0 && dice.Chance(dice.Oddness / 3))
        {
            _arguments.RemoveAt(dice.Below(_arguments.Count));
        }

        string prefix = dice.Chance(0.03) ? "global::RnnGen." : dice.Chance(0.03) ? "RnnGen." : "";
        string suffix = dice.Chance(0.03) ? "Attribute" : dice.Odd() ? dice.One("", "x", "Attribut") : "";
        string arguments = _arguments.Count > 0 ? $"({string.Join(", ", _arguments)})" : dice.Chance(0.3) ? "()" : "";
        return prefix + name + suffix + arguments;
    }
}
