using System.Collections;
using System.Reflection;
using Microsoft.CodeAnalysis;

namespace RnnGen.Generator.Tests.Infrastructure;

/// <summary>Walks everything that a pipeline value holds on to.</summary>
internal static class ObjectGraph
{
    /// <summary>Fails if a value reaches a part of the compiler: it would keep whole compilations alive, and compare by reference.</summary>
    public static void AssertFreeOfCompiler(object? value) => Visit(value, "value", new HashSet<object>(ReferenceEqualityComparer.Instance));

    private static void Visit(object? value, string path, HashSet<object> visited)
    {
        if (value is null or string or Enum || value.GetType().IsPrimitive || !visited.Add(value))
        {
            return;
        }

        Assert.False(
            value is Compilation or ISymbol or SyntaxNode or SyntaxTree or Location or SyntaxReference or AttributeData or Diagnostic or SemanticModel,
            $"{path} is a {value.GetType()}");

        if (value is IEnumerable items)
        {
            foreach (object? item in items)
            {
                Visit(item, path + "[]", visited);
            }
        }

        for (Type? type = value.GetType(); type is not null && type != typeof(object); type = type.BaseType)
        {
            foreach (FieldInfo field in type.GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly))
            {
                Visit(field.GetValue(value), $"{path}.{field.Name}", visited);
            }
        }
    }
}
