using System.Collections;
using System.Globalization;
using System.Reflection;

namespace RnnGen.Documentation.Tests;

/// <summary>The page of the attributes has every attribute, and every option with its default.</summary>
public class AttributePageTests
{
    private static readonly string[] Lines = Page.Read("docs/attributes.md").Text.Split('\n');

    public static TheoryData<string> Attributes => new(typeof(LayerAttribute).Assembly.GetExportedTypes()
        .Where(type => type == typeof(RnnModelAttribute) || type.IsAssignableTo(typeof(LayerAttribute)))
        .Select(type => type.Name));

    [Theory]
    [MemberData(nameof(Attributes))]
    public void Has_a_section_with_all_options(string name)
    {
        Type type = typeof(LayerAttribute).Assembly.GetType($"RnnGen.{name}")!;
        string[][] rows = [.. Section(type).Where(line => line.StartsWith("| ", StringComparison.Ordinal)).Select(line => line.Split(" | "))];
        foreach (PropertyInfo option in type.GetProperties(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly).Where(property => property.CanWrite))
        {
            string[]? row = rows.SingleOrDefault(row => row[0].Contains($"`{option.Name}`", StringComparison.Ordinal));
            Assert.True(row is not null, $"{name} has no row for {option.Name}.");
            Assert.Equal(Default(type, option), row[1].Trim('`'));
        }
    }

    /// <summary>The lines from the heading of an attribute to the next one.</summary>
    private static IEnumerable<string> Section(Type type)
    {
        string title = type.Name switch
        {
            nameof(LayerAttribute) => "All layers",
            nameof(RecurrentAttribute) => "Recurrent layers",
            nameof(HeadAttribute) => "Heads",
            _ => $"`[{type.Name[..^nameof(Attribute).Length]}",
        };
        int heading = Array.FindIndex(Lines, line => line.StartsWith('#') && line.TrimStart('#')[1..] is var text
            && text.StartsWith(title, StringComparison.Ordinal) && text[title.Length..] is "" or "(" or ['(' or ']', ..]);
        Assert.True(heading >= 0, $"{type.Name} has no section.");
        return Lines.Skip(heading + 1).TakeWhile(line => !line.StartsWith('#'));
    }

    private static string Default(Type type, PropertyInfo option) => option.GetValue(Instance(type)) switch
    {
        null => "none",
        ICollection { Count: 0 } => "none",
        double.NaN => "ONNX's",
        bool value => value ? "true" : "false",
        var value => Convert.ToString(value, CultureInfo.InvariantCulture)!,
    };

    /// <summary>An attribute with some arguments; of a base class, one that derives from it.</summary>
    private static object Instance(Type type)
    {
        Type concrete = type.IsAbstract ? type.Assembly.GetExportedTypes().First(other => !other.IsAbstract && other.IsSubclassOf(type)) : type;
        ConstructorInfo constructor = concrete.GetConstructors().Single();
        return constructor.Invoke([.. constructor.GetParameters().Select(parameter =>
            parameter.ParameterType.IsArray ? new[] { 0.5 } : parameter.ParameterType.IsEnum ? Enum.ToObject(parameter.ParameterType, 0) : Convert.ChangeType(1, parameter.ParameterType, CultureInfo.InvariantCulture))]);
    }
}
