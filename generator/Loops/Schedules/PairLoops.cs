namespace RnnGen.Generator.Loops.Schedules;

/// <summary>
/// A kernel for two streams at once: each of its statements stands there twice, for the first stream and for the second, as those do not wait for each other. The weights are the same.
/// </summary>
internal sealed class PairLoops
{
    private readonly HashSet<string> _shared = [Names.Of(Planning.Region.Weights)];

    /// <summary>The name of something that each of the streams has.</summary>
    public static string Of(string name, int stream) => $"{name}_{Literals.Integer(stream)}";

    /// <param name="nodes">The statements for one stream.</param>
    public IEnumerable<Node> Nodes(IEnumerable<Node> nodes) => [.. nodes.SelectMany(Twice)];

    private IEnumerable<Node> Twice(Node node)
    {
        switch (node)
        {
            case Loop loop:
                return [new Loop(loop.Axis, loop.End, loop.Step, Nodes(loop.Body)) { Start = loop.Start, Type = loop.Type }];
            case Scope scope:
                return [new Scope(Nodes(scope.Body))];
            case Comment or AskWidth:
                return [node];
            case Pointer pointer when IsShared(pointer.To):
                _shared.Add(pointer.Reference.Name);
                return [node];
            case Advance advance when _shared.Contains(advance.Reference.Name):
                return [node];
            default:
                return [Of(node, 0), Of(node, 1)];
        }
    }

    private Node Of(Node node, int stream) => node switch
    {
        Pointer pointer => new Pointer(Of(pointer.Reference, stream), Of(pointer.To, stream)),
        Advance advance => new Advance(Of(advance.Reference, stream), advance.By),
        Let let => new Let(Of(let.Name, stream), Of(let.Value, stream)),
        MultiplyAdd product => new MultiplyAdd(Of(product.Sum, stream), Of(product.Scalar, stream), Of(product.Vector, stream)),
        AddTo add => new AddTo(Of(add.Sum, stream), Of(add.Value, stream)),
        Assign assign => new Assign(Of(assign.Sum, stream), Of(assign.Value, stream)),
        Store store => new Store(Of(store.To, stream), Of(store.Value, stream)),
        StoreMean mean => new StoreMean(Of(mean.To, stream), Of(mean.From, stream), mean.Count),
        _ => throw new NotSupportedException($"{node.GetType().Name} is for one stream."),
    };

    private Value Of(Value value, int stream) => value switch
    {
        Named named => new Named(Of(named.Name, stream)),
        Load load => new Load(Of(load.From, stream)),
        Broadcast broadcast => new Broadcast(Of(broadcast.From, stream)),
        Number => value,
        FirstUnits first => first with { Value = Of(first.Value, stream), Unit = Of(first.Unit, stream) },
        Call call => call with { Operand = Of(call.Operand, stream) },
        Operation operation => new Operation(operation.Operator, Of(operation.Left, stream), Of(operation.Right, stream)),
        Negate negation => new Negate(Of(negation.Operand, stream)),
        _ => throw new NotSupportedException($"{value.GetType().Name} is for one stream."),
    };

    private Address Of(Address address, int stream) => address with { Base = Of(address.Base, stream) };

    private Reference Of(Reference reference, int stream) => _shared.Contains(reference.Name) ? reference : reference with { Name = Of(reference.Name, stream) };

    private bool IsShared(Address address) => _shared.Contains(address.Base.Name);
}
