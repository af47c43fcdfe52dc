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

    /// <summary>
    /// Whether its products keep the multipliers as busy as its loads the cache, as those of bytes do: two multiplications of integers for each cache line. A function adds all of its
    /// own to that, and each that it saves counts (a step of two layers LSTM 128 -> 128 takes 0.98 of the time).
    /// </summary>
    public bool IsBoundByMultipliers { get; init; }

    /// <summary>Whether its statements are for one of two streams that it computes together.</summary>
    public bool IsOfTwo { get; init; }

    /// <summary>Whether it computes one of two parts of a step, as the axis <c>part</c> says.</summary>
    public bool IsPart { get; init; }

    /// <summary>Where it keeps a source as bytes. Each part of a step has its own.</summary>
    public Address BytesOf(Operand source) => IsPart ? BytesOfPart().Start.Plus(Plan.Bytes[source].Offset) : At(Plan.Bytes[source]);

    public Address At(Operand place) => new(new Reference(Names.Of(place.Region)), place.Offset);

    public KernelShape Shape(Stage stage) => (Width.IsWide, IsOfTwo) switch
    {
        (true, false) => stage.Shape.Wide,
        (true, true) => stage.Shape.WideOfTwo,
        (false, false) => stage.Shape.Portable,
        (false, true) => stage.Shape.PortableOfTwo,
    };

    /// <summary>Its stages, one behind the other.</summary>
    public IEnumerable<Node> Stages(Func<Stage, IEnumerable<Node>> stage) => Stages(stage, Plan.Stages);

    /// <summary>Some of its stages.</summary>
    public IEnumerable<Node> Stages(Func<Stage, IEnumerable<Node>> stage, IReadOnlyList<Stage> some) =>
    [
        .. Width.Floats is not null || some.All(s => s.Stores.Count == 0) ? new Node[0] : [new AskWidth()],
        .. IsPart && Plan.Bytes.Count > 0 ? new Node[] { BytesOfPart() } : [],
        .. Scope.Each(some.Select(stage)),
    ];

    private Pointer BytesOfPart() => At(new Operand(Region.Work, 0)).Along(new Term("part", Plan.BytesSize)).As("bytesOfPart");
}
