namespace RnnGen.Generator.Loops.Schedules;

/// <summary>Statements for one stream, rewritten for others: the same ones, with other names and places.</summary>
internal abstract class Rewriting
{
    protected virtual Node Of(Node node) => node switch
    {
        Loop loop => new Loop(loop.Axis, loop.End, loop.Step, loop.Body.Select(Of)) { Type = loop.Type, Start = loop.Start },
        Scope scope => new Scope(scope.Body.Select(Of)),
        Comment => node,
        Pointer pointer => new Pointer(Of(pointer.Reference), Of(pointer.To)),
        Advance advance => new Advance(Of(advance.Reference), advance.By),
        Let let => new Let(Of(let.Name), Of(let.Value)),
        MultiplyAdd product => new MultiplyAdd(Of(product.Sum), Of(product.Scalar), Of(product.Vector)),
        AddTo add => new AddTo(Of(add.Sum), Of(add.Value)),
        Assign assign => new Assign(Of(assign.Sum), Of(assign.Value)),
        Store store => new Store(Of(store.To), Of(store.Value)),
        StoreMean mean => new StoreMean(Of(mean.To), Of(mean.From), mean.Count),
        _ => throw new NotSupportedException($"{node.GetType().Name} is for one stream."),
    };

    protected virtual Value Of(Value value) => value switch
    {
        Named named => new Named(Of(named.Name)),
        Load load => new Load(Of(load.From)),
        Broadcast broadcast => new Broadcast(Of(broadcast.From)),
        Number => value,
        FirstUnits first => first with { Value = Of(first.Value), Unit = Of(first.Unit) },
        Call call => call with { Operand = Of(call.Operand) },
        Operation operation => new Operation(operation.Operator, Of(operation.Left), Of(operation.Right)),
        Negate negation => new Negate(Of(negation.Operand)),
        _ => throw new NotSupportedException($"{value.GetType().Name} is for one stream."),
    };

    protected virtual Address Of(Address address) => address with { Base = Of(address.Base) };

    protected virtual Reference Of(Reference reference) => reference;

    protected virtual string Of(string name) => name;
}
