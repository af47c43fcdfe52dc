using RnnGen.Generator.Loops;
using RnnGen.Generator.Planning;

namespace RnnGen.Generator.Emission;

/// <summary>The parameter lists of kernels.</summary>
internal static class KernelSignature
{
    /// <summary>A kernel of one row.</summary>
    public static string Step(KernelPlan plan) => string.Join(", ",
        plan.Regions.Select(r => plan.IsTokenInput(r) ? "nuint token" : $"ref float {Names.Of(r)}"));

    /// <summary>A kernel of several lanes.</summary>
    public static string Lanes(KernelPlan plan) => string.Join(", ",
        plan.Regions.Select(r => plan.IsTokenInput(r) ? "ref int tokens" : $"ref float {Names.OfLanes(r)}").Append("ref float scratch").Append("nuint lanes"));

    /// <summary>A kernel that adds gradients.</summary>
    public static string Gradient(LayerPlan layer, GradientPlan plan) => string.Join(", ",
    [
        "ref float gradients", .. plan.Regions.Select(r => $"ref float {Names.Of(r)}"), .. plan.ReadsTokens ? ["ref int tokens"] : new string[0],
        .. IsToldDistance(layer, plan) ? ["nint xDistance"] : new string[0], "int steps",
    ]);

    /// <summary>The distance between the steps of a region, in a kernel that adds gradients.</summary>
    public static Extent Distance(LayerPlan layer, Region region) =>
        region == Region.Input && layer.IsShared ? "xDistance" : layer.RowStride(region);

    /// <summary>Layers that share a kernel may have inputs whose rows are differently far apart.</summary>
    public static bool IsToldDistance(LayerPlan layer, GradientPlan plan) => layer.IsShared && plan.Regions.Contains(Region.Input);
}
