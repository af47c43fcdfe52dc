using RnnGen.Generator.Planning;

namespace RnnGen.Generator.Loops.Schedules;

/// <summary>
/// A kernel whose vectors have streams as elements: the statements for one stream and one unit at a time, in which every number of the stream has become a vector of that number of several
/// streams. A weight is the same for all of them.
/// </summary>
internal sealed class StreamVectorLoops(Kernel kernel) : Rewriting
{
    private const string Stream = "stream";

    private readonly HashSet<string> _weights = [Names.Of(Region.Weights)];

    public IEnumerable<Node> Nodes() =>
    [
        .. kernel.Width.Floats is null ? [new AskWidth()] : Array.Empty<Node>(),
        new Loop(Stream, "streams", kernel.Width.Of(1), new StepLoops(kernel with { Width = Width.One }).Nodes().Select(Of)),
    ];

    protected override Node Of(Node node)
    {
        switch (node)
        {
            // Only weights have references that move.
            case Pointer pointer:
                _weights.Add(pointer.Reference.Name);
                return base.Of(node);
            // The weight is the number now that is put into all elements.
            case MultiplyAdd product:
                return new MultiplyAdd(product.Sum, Of(product.Vector), Of(product.Scalar));
            default:
                return base.Of(node);
        }
    }

    protected override Value Of(Value value) => value switch
    {
        Load load => Read(load.From),
        Broadcast broadcast => Read(broadcast.From),
        FirstUnits first => Of(first.Value),
        _ => base.Of(value),
    };

    protected override Address Of(Address address)
    {
        int floats = address.Offset + address.Vector;
        return IsWeight(address) ? new Address(address.Base, floats) { Terms = address.Terms } : new Address(address.Base, floats * StreamVector.Stride)
        {
            Terms = [Stream, .. address.Terms.Select(term => term with { Stride = term.Stride * StreamVector.Stride })],
        };
    }

    private Value Read(Address address) => IsWeight(address) ? new Broadcast(Of(address)) : new Load(Of(address));

    private bool IsWeight(Address address) => _weights.Contains(address.Base.Name);
}
