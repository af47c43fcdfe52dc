using RnnGen.Generator.Model;
using RnnGen.Generator.Planning;

namespace RnnGen.Generator.Emission;

/// <summary>
/// The names of kernels: each model has a namespace for them, where no name of the user's takes precedence. Kernels do not refer to the
/// model's class.
/// </summary>
internal static class KernelNames
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
        $"RnnGen.GeneratedCode.{string.Concat(target.Path.Select(name => name + "."))}Kernels";
}
