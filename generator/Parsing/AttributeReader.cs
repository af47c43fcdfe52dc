using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using RnnGen.Generator.Diagnostics;
using RnnGen.Generator.Model;

namespace RnnGen.Generator.Parsing;

/// <summary>Reads the arguments of one attribute, and reports those that cannot be used.</summary>
/// <param name="attribute">The attribute; code that does not compile may leave anything in it missing.</param>
/// <param name="owner">What carries it, for messages.</param>
/// <param name="errors">Receives the errors.</param>
/// <param name="cancellationToken">Cancels the look at the syntax.</param>
internal sealed class AttributeReader(
    AttributeData attribute,
    string owner,
    ErrorCollector errors,
    CancellationToken cancellationToken)
{
    private readonly AttributeSyntax? _syntax = attribute.ApplicationSyntaxReference?.GetSyntax(cancellationToken) as AttributeSyntax;

    public string Name => KnownNames.ShortName(attribute);

    public Location? Location => _syntax?.GetLocation();

    /// <summary>Whether the compiler could make sense of the arguments; reports an error if not.</summary>
    public bool CheckReadable(int argumentCount)
    {
        if (attribute.AttributeConstructor is not null && attribute.ConstructorArguments.Length == argumentCount)
        {
            return true;
        }

        errors.Add(Descriptors.UnreadableAttribute, Location, Name, owner);
        return false;
    }

    /// <summary>A size at a place in the argument list: a constant of at least 1, or null after an error.</summary>
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

    /// <summary>An activation at a place in the argument list.</summary>
    public ActivationKind ReadActivation(int index)
    {
        string parameter = attribute.AttributeConstructor!.Parameters[index].Name;
        return ToActivation(ReadConstant(attribute.ConstructorArguments[index], parameter, index), parameter, index);
    }

    /// <summary>An activation that is set by name, or its default.</summary>
    public ActivationKind ReadActivation(string property, ActivationKind otherwise) =>
        FindNamed(property) is { } constant ? ToActivation(ReadConstant(constant, property, index: null), property, index: null) : otherwise;

    /// <summary>A number that is set by name, or null without one and after an error.</summary>
    /// <param name="property">The name.</param>
    /// <param name="isAllowed">Whether a number makes sense.</param>
    /// <param name="range">What does, for the message.</param>
    public double? ReadNumber(string property, Func<double, bool> isAllowed, string range)
    {
        object? value = FindNamed(property) is { } constant ? ReadConstant(constant, property, index: null) : null;
        return value is int or float or double ? Allowed(value, property, isAllowed, range) : null;
    }

    /// <summary>Numbers that are set by name; empty without them and after an error.</summary>
    /// <inheritdoc cref="ReadNumber"/>
    public EquatableArray<double> ReadNumbers(string property, Func<double, bool> isAllowed, string range)
    {
        if (FindNamed(property) is not { Kind: TypedConstantKind.Array, IsNull: false } constant)
        {
            return default;
        }

        double?[] numbers = [.. constant.Values.Select(value => value.Value is double number ? Allowed(number, property, isAllowed, range) : null)];
        return numbers.Contains(null) ? default : new EquatableArray<double>(numbers.Select(number => number!.Value));
    }

    /// <summary>A name that is set by name, or null.</summary>
    public string? ReadName(string property) => FindNamed(property) is { IsNull: false } constant ? ReadConstant(constant, property, index: null) as string : null;

    /// <summary>Reports an error at an argument; the message begins with its name, the attribute and the owner.</summary>
    public void Report(DiagnosticDescriptor descriptor, string property, string detail) =>
        errors.Add(descriptor, ArgumentLocation(property, null), property, Name, owner, detail);

    /// <summary>Reports an option that is set though it does nothing; its value does not matter then.</summary>
    public bool HasEffect(string property, bool hasEffect, string why)
    {
        if (!hasEffect && FindNamed(property) is not null)
        {
            Report(Descriptors.OptionWithoutEffect, property, why);
        }

        return hasEffect;
    }

    /// <summary>A yes or no that is set by name, or its default.</summary>
    public bool ReadFlag(string property, bool otherwise) =>
        FindNamed(property) is { } constant && ReadConstant(constant, property, index: null) is bool flag ? flag : otherwise;

    /// <summary>Names that are set by name; empty without them.</summary>
    public EquatableArray<string> ReadNames(string property)
    {
        if (FindNamed(property) is not { Kind: TypedConstantKind.Array, IsNull: false } constant)
        {
            return default;
        }

        // What is no constant is the compiler's to report; that it names no layer would be said in one compilation and not in another.
        return new EquatableArray<string>(constant.Values.Where(value => value.Kind != TypedConstantKind.Error).Select(value => value.Value as string ?? ""));
    }

    /// <summary>One of several values that is set by name, or the first of them.</summary>
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

    /// <summary>A number of at least 1 that is set by name.</summary>
    /// <param name="property">Its name.</param>
    /// <param name="otherwise">The value where it is not set, or after an error.</param>
    /// <param name="most">The largest that there may be.</param>
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

    /// <summary>A number at a place in the argument list, or null after an error.</summary>
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

    /// <summary>Where an argument is written; the whole attribute if that cannot be told.</summary>
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

    /// <summary>Where the size of a layer is written: its first argument.</summary>
    public Location? SizeLocation(int index) =>
        attribute.AttributeConstructor is { } constructor && index < constructor.Parameters.Length
            ? ArgumentLocation(constructor.Parameters[index].Name, index)
            : Location;

    private double? Allowed(object value, string property, Func<double, bool> isAllowed, string range)
    {
        double number = Convert.ToDouble(value, CultureInfo.InvariantCulture);
        if (isAllowed(number))
        {
            return number;
        }

        errors.Add(Descriptors.NumberOutOfRange, ArgumentLocation(property, null), property, Name, owner, number.ToString("R", CultureInfo.InvariantCulture), range);
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
