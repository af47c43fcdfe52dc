using RnnGen.Generator.Model;
using RnnGen.Generator.Planning;

namespace RnnGen.Generator.Emission;

/// <summary>
/// How kernels are called and where they stand: in a namespace of their own for each model, where no name of the user's comes before theirs.
/// They know nothing of the model's class.
/// </summary>
internal static class KernelCalls
{
    /// <summary>The class of a layer's kernels.</summary>
    public static string Class(LayerPlan layer) => layer.Name + "Layer";

    /// <summary>The class of those for 512-bit vectors.</summary>
    public static string WideClass(LayerPlan layer) => Class(layer) + "512";

    /// <summary>
    /// The namespace of a model's kernels: the path of the class, and a last part that no type inside of the class has, since a model reserves
    /// that name.
    /// </summary>
    public static string Namespace(TypeTarget target) =>
        $"RnnGen.Generated.{string.Concat(target.Path.Select(name => name + "."))}Kernels";

    /// <summary>A call between kernels.</summary>
    public static void Write(SourceWriter writer, LayerPlan layer, string method, string arguments, bool isNarrow) =>
        Write(writer, "", "VectorMath", layer, method, arguments, isNarrow);

    /// <summary>A call from the model's class.</summary>
    public static void Write(SourceWriter writer, TypeTarget target, LayerPlan layer, string method, string arguments, bool isNarrow) =>
        Write(writer, Prefix(target), VerbPhrases.Services + ".VectorMath", layer, method, arguments, isNarrow);

    /// <summary>What stands before the name of a class of kernels in the model's class.</summary>
    public static string Prefix(TypeTarget target) => $"global::{Namespace(target)}.";

    /// <summary>A call in the width of the machine, if there is a choice.</summary>
    private static void Write(SourceWriter writer, string prefix, string math, LayerPlan layer, string method, string arguments, bool isNarrow)
    {
        if (isNarrow)
        {
            writer.Line($"{prefix}{Class(layer)}.{method}({arguments});");
            return;
        }

        using (writer.Open($"if ({math}.IsWide)"))
        {
            writer.Line($"{prefix}{WideClass(layer)}.{method}({arguments});");
        }

        using (writer.Open("else"))
        {
            writer.Line($"{prefix}{Class(layer)}.{method}({arguments});");
        }
    }
}
