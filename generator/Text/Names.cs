using RnnGen.Generator.Planning;

namespace RnnGen.Generator.Text;

/// <summary>Names in the generated code.</summary>
internal static class Names
{
    /// <summary>Turns the name of a value into an identifier: <c>c'</c> becomes <c>cNext</c>.</summary>
    public static string Local(string name) => name.Replace("'", "Next");

    /// <summary>Parameter of a kernel.</summary>
    public static string Of(Region region) => region switch
    {
        Region.Weights => "weights",
        Region.OutputGradients => "dy",
        Region.NextGradients => "dNext",
        Region.StateGradients => "dState",
        Region.InputGradients => "dx",
        Region.SumGradients => "dSums",
        Region.Sums => "sums",
        Region.Input => "x",
        Region.State => "state",
        Region.Next => "next",
        Region.Saved => "saved",
        Region.Work => "work",
        Region.Masks => "masks",
        _ => throw new ArgumentOutOfRangeException(nameof(region)),
    };

    /// <summary>Parameter of a kernel of several lanes: the one at hand has the plain names, so that its element-wise work reads like that of a single stream.</summary>
    public static string OfLanes(Region region) => Of(region) + (region == Region.Weights ? "" : "OfLanes");
}
