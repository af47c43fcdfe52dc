using System.Reflection;

namespace RnnGen.Numerics.Tests;

public class GeneratedCodeTests
{
    // The compiler of the runtime gives up optimizing a method of 60,000 bytes; a third of it leaves room, and stays quick to compile.
    private const int LargestMethod = 20_000;

    private const BindingFlags Everything =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    [Fact]
    public void No_method_of_a_model_is_too_large()
    {
        Type[] models = [.. typeof(GeneratedCodeTests).Assembly.GetTypes().Where(type => type.IsClass && type.IsAssignableTo(typeof(IRnnModel)))];
        Assert.True(models.Length > 50, $"Only {models.Length} models were found.");

        Assert.All(models, CheckMethods);
    }

    internal static void CheckMethods(Type model)
    {
        (string Name, int Size)[] methods = [.. WithNested(model).Concat(Kernels(model)).SelectMany(Methods)];
        Assert.Contains(methods, method => method.Name.EndsWith(".BackwardStep", StringComparison.Ordinal) && method.Size > 0);
        Assert.All(methods, method => Assert.True(method.Size <= LargestMethod, $"{method.Name} has {method.Size} bytes of IL."));
    }

    private static IEnumerable<Type> WithNested(Type type) => type.GetNestedTypes(Everything).SelectMany(WithNested).Prepend(type);

    /// <summary>The classes with a model's kernels.</summary>
    private static IEnumerable<Type> Kernels(Type model) =>
        model.Assembly.GetTypes().Where(type => type.Namespace == $"RnnGen.GeneratedCode.{model.FullName!.Replace('+', '.')}.Kernels");

    private static IEnumerable<(string Name, int Size)> Methods(Type type) =>
        from method in type.GetMembers(Everything).OfType<MethodBase>()
        let code = method.GetMethodBody()?.GetILAsByteArray()
        where code is not null
        select ($"{type.FullName}.{method.Name}", code.Length);
}
