using RnnGen.Generator.Planning;

namespace RnnGen.Generator.Loops;

/// <summary>A kernel as a method.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Summary">What it is for.</param>
/// <param name="Home">The layer whose class has it.</param>
/// <param name="IsNarrow">Whether the one over <c>Vector&lt;float&gt;</c> serves every machine.</param>
/// <param name="Parameters">What it is handed.</param>
/// <param name="Contents">What stands where in the memory that it is handed, for readers.</param>
/// <param name="Body">Its statements for vectors of a width.</param>
internal sealed record KernelMethod(
    string Name, string Summary, LayerPlan Home, bool IsNarrow, IReadOnlyList<Parameter> Parameters, IReadOnlyList<string> Contents, Func<Width, IEnumerable<Node>> Body);

/// <summary>A parameter of a kernel: a reference to memory, or a number.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">What the number is, or what the reference leads to.</param>
/// <param name="IsReference">Whether it is a reference.</param>
internal sealed record Parameter(string Name, Element Type = Element.Float, bool IsReference = true);
