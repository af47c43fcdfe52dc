using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using RnnGen.Generator.Diagnostics;
using RnnGen.Generator.Model;

namespace RnnGen.Generator.Parsing;

/// <summary>Reads the arguments of one attribute, and reports those that cannot be used.</summary>
/// <param name="attribute">The attribute; code that does not compile may leave anything in it missing.</param>
/// <param name="owner">The class or member that has it, for messages.</param>
/// <param name="errors">Receives the errors.</param>
/// <param name="cancellationToken">Cancels reading the syntax.</param>
internal sealed class AttributeReader(
    AttributeData attribute,
    string owner,
    ErrorCollector errors,
    CancellationToken cancellationToken)
{
    private readonly AttributeSyntax? _syntax = attribute.ApplicationSyntaxReference?.GetSyntax(cancellationToken) as AttributeSyntax;

    public string Name => KnownNames.ShortName(attribute);

    public Location? Location => _syntax?.GetLocation();

    /// <summary>Whether the compiler could bind the arguments; reports an error if not.</summary>
    public bool CheckReadable(int argumentCount)
    {
        if (attribute.AttributeConstructor is not null && attribute.ConstructorArguments.Length == argumentCount)
        {
            return true;
        }

        errors.Add(Descriptors.UnreadableAttribute, Location, Name, owner);
        return false;
    }

    /// <summary>A size by its position in the argument list: a constant of at least 1, or null after an error.</summary>
    public int? ReadSize(int index)
    {
        string parameter = attribute.AttributeConstructor!.Parameters[index].Name;
        if (ReadConstant(attribute.ConstructorArguments[index], parameter, index) is not { } value)
        {
            return null;
        }

        if (value is not int size)
        {
            errors.Add(Descriptors.UnreadableAttribute, Location, Name, owner);
            return null;
        }

        if (size < 1)
        {
            errors.Add(Descriptors.SizeNotPositive, ArgumentLocation(parameter, index), parameter, Name, owner, size);
            return null;
        }

        return size;
    }

    /// <summary>An activation by its position in the argument list.</summary>
    public ActivationKind ReadActivation(int index)
    {
        string parameter = attribute.AttributeConstructor!.Parameters[index].Name;
        return ToActivation(ReadConstant(attribute.ConstructorArguments[index], parameter, index), parameter, index);
    }

    /// <summary>An activation by name, or its default.</summary>
    public ActivationKind ReadActivation(string property, ActivationKind otherwise) =>
        FindNamed(property) is { } constant ? ToActivation(ReadConstant(constant, property, index: null), property, index: null) : otherwise;

    /// <summary>A number by name; null if it is not set or after an error.</summary>
    /// <param name="property">The name.</param>
    /// <param name="isAllowed">Whether a number is allowed.</param>
    /// <param name="range">The allowed numbers, for the message.</param>
    public double? ReadNumber(string property, Func<double, bool> isAllowed, string range)
    {
        object? value = FindNamed(property) is { } constant ? ReadConstant(constant, property, index: null) : null;
        return value is int or float or double ? Allowed(value, property, isAllowed, range) : null;
    }

    /// <summary>An array of numbers by name; empty if it is not set or after an error.</summary>
    /// <inheritdoc cref="ReadNumber"/>
    public EquatableArray<double> ReadNumbers(string property, Func<double, bool> isAllowed, string range)
    {
        if (FindNamed(property) is not { Kind: TypedConstantKind.Array, IsNull: false } constant)
        {
            return default;
        }

        return ReadNumbers(constant, property, index: null, isAllowed, range);
    }

    /// <summary>The numbers of a parameter that takes any number of them; empty after an error.</summary>
    /// <param name="index">The position of the parameter.</param>
    /// <inheritdoc cref="ReadNumber(string, Func{double, bool}, string)"/>
    public EquatableArray<double> ReadNumbers(int index, Func<double, bool> isAllowed, string range) =>
        attribute.ConstructorArguments[index] is { Kind: TypedConstantKind.Array, IsNull: false } constant
            ? ReadNumbers(constant, attribute.AttributeConstructor!.Parameters[index].Name, index, isAllowed, range)
            : default;

    /// <summary>How many arguments a parameter has that takes any number of them: at least 1, or null after an error.</summary>
    public int? ReadLength(int index)
    {
        TypedConstant constant = attribute.ConstructorArguments[index];
        int length = constant is { Kind: TypedConstantKind.Array, IsNull: false } ? constant.Values.Length : 0;
        if (length == 0)
        {
            string parameter = attribute.AttributeConstructor!.Parameters[index].Name;
            errors.Add(Descriptors.SizeNotPositive, ArgumentLocation(parameter, index), "number of " + parameter, Name, owner, 0);
            return null;
        }

        return length;
    }

    /// <summary>A string by name, or null.</summary>
    public string? ReadName(string property) => FindNamed(property) is { IsNull: false } constant ? ReadConstant(constant, property, index: null) as string : null;

    /// <summary>Reports an error at an argument; the message begins with its name, the attribute and the owner.</summary>
    public void Report(DiagnosticDescriptor descriptor, string property, string detail) =>
        errors.Add(descriptor, ArgumentLocation(property, null), property, Name, owner, detail);

    /// <summary>Reports an option that is set but has no effect; its value does not matter then.</summary>
    public bool HasEffect(string property, bool hasEffect, string why)
    {
        if (!hasEffect && FindNamed(property) is not null)
        {
            Report(Descriptors.OptionWithoutEffect, property, why);
        }

        return hasEffect;
    }

    /// <summary>A flag by name, or its default.</summary>
    public bool ReadFlag(string property, bool otherwise) =>
        FindNamed(property) is { } constant && ReadConstant(constant, property, index: null) is bool flag ? flag : otherwise;

    /// <summary>An array of strings by name; empty if it is not set.</summary>
    public EquatableArray<string> ReadNames(string property)
    {
        if (FindNamed(property) is not { Kind: TypedConstantKind.Array, IsNull: false } constant)
        {
            return default;
        }

        // The compiler reports arguments that are not constants; they are not reported as names of unknown layers, too.
        return new EquatableArray<string>(constant.Values.Where(value => value.Kind != TypedConstantKind.Error).Select(value => value.Value as string ?? ""));
    }

    /// <summary>A member of an enum by name, or its first member.</summary>
    public int ReadChoice(string property, Type choices)
    {
        if (FindNamed(property) is not { } constant || ReadConstant(constant, property, index: null) is not int value)
        {
            return 0;
        }

        if (!Enum.IsDefined(choices, value))
        {
            errors.Add(Descriptors.OptionOutOfRange, ArgumentLocation(property, index: null), property, Name, owner, value);
            return 0;
        }

        return value;
    }

    /// <summary>An integer of at least 1 by name.</summary>
    /// <param name="property">Its name.</param>
    /// <param name="otherwise">The value if it is not set, or after an error.</param>
    /// <param name="most">The largest allowed value.</param>
    public int ReadCount(string property, int otherwise = 1, int most = 100)
    {
        if (FindNamed(property) is not { } constant || ReadConstant(constant, property, index: null) is not int value)
        {
            return otherwise;
        }

        if (value < 1 || value > most)
        {
            errors.Add(Descriptors.OptionOutOfRange, ArgumentLocation(property, index: null), property, Name, owner, value);
            return otherwise;
        }

        return value;
    }

    /// <summary>A number by its position in the argument list, or null after an error.</summary>
    public double? ReadNumber(int index, Func<double, bool> isAllowed)
    {
        string parameter = attribute.AttributeConstructor!.Parameters[index].Name;
        if (ReadConstant(attribute.ConstructorArguments[index], parameter, index) is not double value)
        {
            return null;
        }

        if (!isAllowed(value))
        {
            errors.Add(Descriptors.OptionOutOfRange, ArgumentLocation(parameter, index), parameter, Name, owner, value.ToString(CultureInfo.InvariantCulture));
            return null;
        }

        return value;
    }

    /// <summary>The location of an argument; that of the whole attribute if it is unknown.</summary>
    public Location? ArgumentLocation(string name, int? index)
    {
        if (_syntax?.ArgumentList is { } list)
        {
            for (int position = 0; position < list.Arguments.Count; position++)
            {
                AttributeArgumentSyntax argument = list.Arguments[position];
                string? written = argument.NameColon?.Name.Identifier.ValueText ?? argument.NameEquals?.Name.Identifier.ValueText;
                if (written is null ? position == index : written == name)
                {
                    return argument.Expression.GetLocation();
                }
            }
        }

        return Location;
    }

    /// <summary>The location of a layer's size, its first argument.</summary>
    public Location? SizeLocation(int index) =>
        attribute.AttributeConstructor is { } constructor && index < constructor.Parameters.Length
            ? ArgumentLocation(constructor.Parameters[index].Name, index)
            : Location;

    private EquatableArray<double> ReadNumbers(TypedConstant constant, string name, int? index, Func<double, bool> isAllowed, string range)
    {
        double?[] numbers = [.. constant.Values.Select((value, k) => value.Value is double number ? Allowed(number, name, isAllowed, range, index + k) : null)];
        return numbers.Contains(null) ? default : new EquatableArray<double>(numbers.Select(number => number!.Value));
    }

    private double? Allowed(object value, string property, Func<double, bool> isAllowed, string range, int? index = null)
    {
        double number = Convert.ToDouble(value, CultureInfo.InvariantCulture);
        if (isAllowed(number))
        {
            return number;
        }

        errors.Add(Descriptors.NumberOutOfRange, ArgumentLocation(property, index), property, Name, owner, number.ToString("R", CultureInfo.InvariantCulture), range);
        return null;
    }

    private ActivationKind ToActivation(object? value, string name, int? index)
    {
        if (value is int number)
        {
            if (Enum.IsDefined(typeof(ActivationKind), number))
            {
                return (ActivationKind)number;
            }

            errors.Add(Descriptors.UnknownActivation, ArgumentLocation(name, index), number, Name, owner);
        }

        return ActivationKind.Tanh;
    }

    private object? ReadConstant(TypedConstant constant, string name, int? index)
    {
        if (constant.Kind is TypedConstantKind.Primitive or TypedConstantKind.Enum && constant.Value is { } value)
        {
            return value;
        }

        errors.Add(Descriptors.ArgumentNotConstant, ArgumentLocation(name, index), name, Name, owner);
        return null;
    }

    private TypedConstant? FindNamed(string property)
    {
        foreach (KeyValuePair<string, TypedConstant> argument in attribute.NamedArguments)
        {
            if (argument.Key == property)
            {
                return argument.Value;
            }
        }

        return null;
    }
}
