using RnnGen.Generator.Loops;

namespace RnnGen.Generator.Emission;

/// <summary>Prints the statements of kernels, all of them: what they are is decided by the schedules.</summary>
internal sealed class LoopPrinter(SourceWriter writer, Width width)
{
    // What lies behind a reference: floats, unless it leads to something else.
    private readonly Dictionary<string, string> _elements = new() { ["tokens"] = "int" };

    public void Print(IEnumerable<Node> nodes)
    {
        foreach (Node node in nodes)
        {
            Print(node);
        }
    }

    private void Print(Node node)
    {
        switch (node)
        {
            case Loop loop:
                string step = loop.Step == 1 ? loop.Axis + "++" : $"{loop.Axis} += {loop.Step}";
                using (writer.Open($"for ({loop.Type} {loop.Axis} = 0; {loop.Axis} < {loop.End}; {step})"))
                {
                    Print(loop.Body);
                }

                break;
            case Scope scope:
                using (writer.Open())
                {
                    Print(scope.Body);
                }

                break;
            case Advance { By: { Factor: 0 } }:
                break;
            default:
                writer.Line(Line(node));
                break;
        }
    }

    private string Line(Node node) => node switch
    {
        Comment { Text: var text } => text.Length == 0 ? "" : "// " + text,
        AskWidth => "nuint width = (nuint)Lanes.Count;",
        Pointer pointer => $"ref {_elements[pointer.Name] = Element(pointer.To)} {pointer.Name} = {pointer.To.Reference(width)};",
        Advance advance => $"{advance.Pointer} = ref Unsafe.Add(ref {advance.Pointer}, {advance.By});",
        Position position => $"nuint {position.Name} = {position.Start.Print(width)};",
        Increase increase => $"{increase.Position} += {Literals.Integer(increase.By)};",
        Let let => string.Join(" ", let.Beside.Prepend(let).Select(l => $"var {l.Name} = {Of(l.Value)};")),
        MultiplyAdd product => $"{product.Sum} = VectorMath.MultiplyAdd({Of(product.Scalar)}, {Of(product.Vector)}, {product.Sum});",
        AddTo add => $"{add.Sum} += {Of(add.Value)};",
        Assign assign => $"{assign.Sum} = {Of(assign.Value)};",
        Store store => $"Simd.StoreUnsafe({Of(store.Value)}, {store.To.Arguments(width)});",
        StoreMean mean => $"{mean.To.Element(width)} = VectorMath.Mean({mean.From.Reference(width)}, {Literals.Integer(mean.Count)});",
        _ => throw new NotSupportedException(node.GetType().Name),
    };

    private string Of(Value value) => value switch
    {
        Named named => named.Name,
        Load load => $"Simd.LoadUnsafe({load.From.Arguments(width)})",
        Broadcast broadcast => $"Simd.Create({broadcast.From.Element(width)})",
        Number { Value: 0 } => "Lanes.Zero",
        Number { Value: 1 } => "Lanes.One",
        Number number => $"Simd.Create({Literals.Float(number.Value)})",
        FirstUnits first => $"VectorMath.First({Of(first.Value)}, {(first.Unit.Index(width) is { Length: > 0 } index ? index : "0")}, {Literals.Integer(first.Units)})",
        Call call => $"{(call.Precise ? "PreciseMath" : "VectorMath")}.{call.Function.VectorMethod}({Arguments(call)})",
        Group group => $"({Of(group.Value)})",
        Negate negation => "-" + Factor(negation.Operand),
        Operation { Operator: '+' } sum => $"{Of(sum.Left)} + {Of(sum.Right)}",
        Operation { Operator: '-' } difference => $"{Of(difference.Left)} - {Factor(difference.Right)}",
        Operation product => $"{Factor(product.Left)} {product.Operator} {Factor(product.Right)}",
        _ => throw new NotSupportedException(value.GetType().Name),
    };

    private string Arguments(Call call) => string.Join(", ", call.Function.Arguments.Select(Literals.Float).Prepend(Of(call.Operand)));

    private string Element(Address address) => _elements.TryGetValue(address.Base, out string? element) ? element : "float";

    // Names and calls need no parentheses; anything with an operator does.
    private string Factor(Value value) => value is Operation or Negate ? $"({Of(value)})" : Of(value);
}
