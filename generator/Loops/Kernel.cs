using RnnGen.Generator.Planning;

namespace RnnGen.Generator.Loops;

/// <summary>A kernel that is to be scheduled for vectors of one width.</summary>
/// <param name="Plan">What it computes.</param>
/// <param name="Width">Its vectors.</param>
/// <param name="Precise">Whether functions are computed to a few units in the last place.</param>
internal sealed record Kernel(KernelPlan Plan, Width Width, bool Precise)
{
    /// <summary>How far behind the packed weights their narrow copies are.</summary>
    public int NarrowDistance { get; init; }

    /// <summary>Whether its statements are for one of two streams that it computes together.</summary>
    public bool IsOfTwo { get; init; }

    public Address At(Operand place) => new(new Reference(Names.Of(place.Region)), place.Offset);

    public KernelShape Shape(Stage stage) => (Width.IsWide, IsOfTwo) switch
    {
        (true, false) => stage.Shape.Wide,
        (true, true) => stage.Shape.WideOfTwo,
        (false, false) => stage.Shape.Portable,
        (false, true) => stage.Shape.PortableOfTwo,
    };

    /// <summary>Its stages, one behind the other.</summary>
    public IEnumerable<Node> Stages(Func<Stage, IEnumerable<Node>> stage) =>
    [
        .. Width.Floats is not null || Plan.Stages.All(s => s.Stores.Count == 0) ? new Node[0] : [new AskWidth()],
        .. Scope.Each(Plan.Stages.Select(stage)),
    ];
}
