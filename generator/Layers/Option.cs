using RnnGen.Generator.Model;

namespace RnnGen.Generator.Layers;

/// <summary>An option of a layer: one of its attribute's named arguments, or several that belong together.</summary>
internal abstract class Option(string name)
{
    /// <summary>The key of its value in <see cref="OptionValues"/>, and the name of the argument if there is only one.</summary>
    public string Name { get; } = name;

    /// <summary>The names of its arguments.</summary>
    public virtual IReadOnlyList<string> Arguments => [Name];

    /// <summary>Its default.</summary>
    public abstract object Default { get; }
}

/// <inheritdoc cref="Option"/>
/// <param name="name">Its name.</param>
/// <param name="otherwise">Its default.</param>
internal abstract class Option<T>(string name, T otherwise) : Option(name)
    where T : notnull
{
    public sealed override object Default { get; } = otherwise;
}

/// <summary>A flag.</summary>
internal sealed class Flag(string name, bool otherwise = false) : Option<bool>(name, otherwise);

/// <summary>A number within a range.</summary>
/// <param name="name">Its name.</param>
/// <param name="otherwise">Its default.</param>
/// <param name="isAllowed">Whether a number is in the range, for a layer with a given number of units.</param>
/// <param name="range">The range in words, for messages.</param>
internal sealed class Number(string name, double otherwise, Func<double, int, bool> isAllowed, Func<int, string> range) : Option<double>(name, otherwise)
{
    public Number(string name, double otherwise, Func<double, bool> isAllowed, string range)
        : this(name, otherwise, (number, _) => isAllowed(number), _ => range)
    {
    }

    public Func<double, int, bool> IsAllowed { get; } = isAllowed;

    public Func<int, string> Range { get; } = range;

    /// <summary>Finite and greater than 0, also as a <see cref="float"/>.</summary>
    public static Number Positive(string name, double otherwise) => new(name, otherwise, n => n >= float.Epsilon && n <= float.MaxValue, "finite and greater than 0");

    /// <summary>At least 0 and less than 1, also as a <see cref="float"/>.</summary>
    public static Number Probability(string name) => new(name, 0, p => p >= 0 && (float)p < 1, "a probability, at least 0 and less than 1");
}

/// <summary>One number per output, or none; or as many as the argument without a name has.</summary>
/// <param name="name">Its name.</param>
/// <param name="isAllowed">Whether a number is in the range.</param>
/// <param name="range">The range in words, for messages.</param>
internal sealed class Numbers(string name, Func<double, bool> isAllowed, string range) : Option<EquatableArray<double>>(name, default)
{
    public Func<double, bool> IsAllowed { get; } = isAllowed;

    public string Range { get; } = range;

    /// <summary>Whether each must be greater than the one before it.</summary>
    public bool IsIncreasing { get; init; }
}

/// <summary>A member of an enum of the runtime, by default the first.</summary>
/// <typeparam name="T">The generator's copy of the enum.</typeparam>
internal sealed class Choice<T>(string name) : Option<T>(name, default), IChoice
    where T : struct, Enum
{
    public Type Values => typeof(T);
}

/// <summary>What all choices have in common.</summary>
internal interface IChoice
{
    /// <summary>The generator's copy of the enum.</summary>
    Type Values { get; }
}

/// <summary>An element-wise function with its numbers: the arguments <c>GateActivation</c>, <c>GateAlpha</c> and <c>GateBeta</c>.</summary>
/// <param name="prefix">The prefix of the names of the arguments.</param>
/// <param name="otherwise">The default function.</param>
internal sealed class Function(string prefix, ActivationKind otherwise) : Option<FunctionSpec>(prefix + "Activation", new FunctionSpec(otherwise))
{
    public string Alpha { get; } = prefix + "Alpha";

    public string Beta { get; } = prefix + "Beta";

    public override IReadOnlyList<string> Arguments => [Name, Alpha, Beta];
}
