using RnnGen.Generator.Cells;
using RnnGen.Generator.Planning;

namespace RnnGen.Generator.Emission;

/// <summary>Names in the generated code.</summary>
internal static class Names
{
    /// <summary>Turns the name of a value into an identifier: <c>c'</c> becomes <c>cNext</c>.</summary>
    public static string Local(string name) => name.Replace("'", "Next");

    /// <summary>Parameter of a forward kernel.</summary>
    public static string Forward(Region region) => region switch
    {
        Region.Weights => "weights",
        Region.Input => "x",
        Region.State => "state",
        Region.Next => "next",
        Region.Masks => "masks",
        Region.Sums => "sums",
        _ => "work",
    };

    /// <summary>Parameter of a backward kernel.</summary>
    public static string Backward(Region region) => region switch
    {
        Region.Weights => "weights",
        Region.Input => "dy",
        Region.State => "dNext",
        Region.Next => "dState",
        Region.Output => "dx",
        Region.Work => "sums",
        Region.TapeInput => "x",
        Region.StateBefore => "state",
        Region.StateAfter => "next",
        Region.Masks => "masks",
        _ => "saved",
    };

    /// <summary>Short name of a source in a kernel.</summary>
    public static string Source(Expression source) => source switch
    {
        Leaf leaf => leaf.Symbol,
        _ => Local(source.Name ?? "source"),
    };
}
