using RnnGen.Generator.Cells;
using RnnGen.Generator.Diagnostics;
using RnnGen.Generator.Layers;
using RnnGen.Generator.Model;

namespace RnnGen.Generator.Parsing;

/// <summary>Reads the options of a layer by their declarations. A wrong value is reported, and replaced by the default.</summary>
/// <param name="reader">The attribute.</param>
/// <param name="kind">The kind of layer that it declares.</param>
/// <param name="units">The declared size.</param>
internal sealed class OptionsReader(AttributeReader reader, LayerKind kind, int units)
{
    public OptionValues Read()
    {
        OptionValues values = OptionValues.None;
        foreach (Option option in kind.Options)
        {
            if (kind.WhyIdle(option, values) is not string why)
            {
                values = values.With(option, Read(option) ?? option.Default);
                continue;
            }

            foreach (string argument in option.Arguments)
            {
                reader.HasEffect(argument, hasEffect: false, why);
            }
        }

        CheckCounts(values);
        return values;
    }

    private object? Read(Option option)
    {
        int? index = option == kind.Argument ? 0 : null;
        return option switch
        {
            Flag flag => reader.ReadFlag(flag.Name, (bool)flag.Default),
            Number second when second == kind.SecondArgument => (double?)reader.ReadSize(1),
            Number number when index is int place => reader.ReadNumber(place, n => number.IsAllowed(n, units)),
            Number number => reader.ReadNumber(number.Name, n => number.IsAllowed(n, units), number.Range(units)),
            Numbers numbers when index is int place => reader.ReadNumbers(place, InOrder(numbers), numbers.Range),
            Numbers numbers => reader.ReadNumbers(numbers.Name, numbers.IsAllowed, numbers.Range),
            IChoice choice => Enum.ToObject(choice.Values, reader.ReadChoice(option.Name, choice.Values)),
            Function function => Read(function, index),
            _ => throw new NotSupportedException($"No attribute has an option of type {option.GetType().Name}."),
        };
    }

    private static Func<double, bool> InOrder(Numbers numbers)
    {
        double before = double.NegativeInfinity;
        return number =>
        {
            bool isAllowed = numbers.IsAllowed(number) && (!numbers.IsIncreasing || (float)number > (float)before);
            before = number;
            return isAllowed;
        };
    }

    private FunctionSpec Read(Function function, int? index)
    {
        ActivationKind kind = index is int place ? reader.ReadActivation(place) : reader.ReadActivation(function.Name, ((FunctionSpec)function.Default).Kind);
        return new FunctionSpec(kind, ReadNumber(function.Alpha, Functions.TakesAlpha(kind)), ReadNumber(function.Beta, Functions.TakesBeta(kind)));

        double? ReadNumber(string name, bool isTaken)
        {
            double? number = reader.ReadNumber(name, n => Math.Abs(n) <= float.MaxValue, "a finite number");
            if (number is not null && !isTaken)
            {
                reader.Report(Descriptors.OptionWithoutEffect, name, $"Activation.{kind} does not have this parameter");
            }

            return number;
        }
    }

    /// <summary>Checks that arrays have one number per output.</summary>
    private void CheckCounts(OptionValues values)
    {
        int outputs = kind.OutputSize(units, values);
        foreach (Numbers numbers in kind.Options.OfType<Numbers>().Where(numbers => numbers != kind.Argument))
        {
            int count = values.Get(numbers).Count;
            if (count > 0 && count != outputs)
            {
                reader.Report(Descriptors.WeightCount, numbers.Name, $"length {count}, but the head has size {outputs}");
            }
        }
    }
}
