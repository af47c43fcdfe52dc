using RnnGen.Generator.Loops;

namespace RnnGen.Generator.Printing.Kernels;

/// <summary>Prints the statements of kernels, all of them: what they are is decided by the schedules.</summary>
internal sealed class LoopPrinter(SourceWriter writer, Width width)
{
    // What lies behind a reference: floats, unless it leads to something else.
    private readonly Dictionary<string, Element> _elements = new() { ["tokens"] = Loops.Element.Int };

    /// <summary>The type of what lies in memory, or is counted.</summary>
    public static string Type(Element element) => element switch
    {
        Loops.Element.Float => "float",
        Loops.Element.Int => "int",
        Loops.Element.NativeInt => "nint",
        Loops.Element.NativeUInt => "nuint",
        _ => throw new ArgumentOutOfRangeException(nameof(element)),
    };

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
                string step = loop.Step == 1 ? loop.Axis + "++" : $"{loop.Axis} += {Of(loop.Step)}";
                using (writer.Open($"for ({Type(loop.Type)} {loop.Axis} = 0; {loop.Axis} < {Of(loop.End)}; {step})"))
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
        Pointer pointer => $"ref {Type(_elements[pointer.Name] = ElementOf(pointer.To))} {pointer.Name} = {Reference(pointer.To)};",
        Advance advance => $"{advance.Pointer} = ref Unsafe.Add(ref {advance.Pointer}, {Of(advance.By)});",
        Position position => $"nuint {position.Name} = {Of(position.Start)};",
        Increase increase => $"{increase.Position} += {Literals.Integer(increase.By)};",
        Let let => string.Join(" ", let.Beside.Prepend(let).Select(l => $"var {l.Name} = {Of(l.Value)};")),
        MultiplyAdd product => $"{product.Sum} = VectorMath.MultiplyAdd({Of(product.Scalar)}, {Of(product.Vector)}, {product.Sum});",
        AddTo add => $"{add.Sum} += {Of(add.Value)};",
        Assign assign => $"{assign.Sum} = {Of(assign.Value)};",
        Store store => $"Simd.StoreUnsafe({Of(store.Value)}, {Arguments(store.To)});",
        StoreMean mean => $"{Element(mean.To)} = VectorMath.Mean({Reference(mean.From)}, {Literals.Integer(mean.Count)});",
        _ => throw new NotSupportedException(node.GetType().Name),
    };

    private string Of(Value value) => value switch
    {
        Named named => named.Name,
        Load load => $"Simd.LoadUnsafe({Arguments(load.From)})",
        Broadcast broadcast => $"Simd.Create({Element(broadcast.From)})",
        Number { Value: 0 } => "Lanes.Zero",
        Number { Value: 1 } => "Lanes.One",
        Number number => $"Simd.Create({Literals.Float(number.Value)})",
        FirstUnits first => $"VectorMath.First({Of(first.Value)}, {(Index(first.Unit) is { Length: > 0 } index ? index : "0")}, {Literals.Integer(first.Units)})",
        Call call => $"{(call.Precise ? "PreciseMath" : "VectorMath")}.{call.Function.VectorMethod}({Arguments(call)})",
        Group group => $"({Of(group.Value)})",
        Negate negation => "-" + Factor(negation.Operand),
        Operation { Operator: '+' } sum => $"{Of(sum.Left)} + {Of(sum.Right)}",
        Operation { Operator: '-' } difference => $"{Of(difference.Left)} - {Factor(difference.Right)}",
        Operation product => $"{Factor(product.Left)} {product.Operator} {Factor(product.Right)}",
        _ => throw new NotSupportedException(value.GetType().Name),
    };

    private string Arguments(Call call) => string.Join(", ", call.Function.Arguments.Select(Literals.Float).Prepend(Of(call.Operand)));

    private Element ElementOf(Address address) => _elements.TryGetValue(address.Base, out Element element) ? element : Loops.Element.Float;

    /// <summary>A reference to a place.</summary>
    private string Reference(Address address) => Index(address) is { Length: > 0 } index ? $"ref Unsafe.Add(ref {address.Base}, {index})" : $"ref {address.Base}";

    /// <summary>What lies there.</summary>
    private string Element(Address address) => Index(address) is { Length: > 0 } index ? $"Unsafe.Add(ref {address.Base}, {index})" : address.Base;

    /// <summary>Reference and distance, as loads and stores take them.</summary>
    private string Arguments(Address address) => Index(address) is { Length: > 0 } index ? $"ref {address.Base}, {index}" : $"ref {address.Base}";

    /// <summary>What is added to the reference; empty for nothing.</summary>
    private string Index(Address address) => string.Join(" + ",
    [
        .. address.Terms.Select(Of),
        .. address.Constant(width) is not 0 and int constant ? [Literals.Integer(constant)] : Array.Empty<string>(),
        .. address.Vectors(width) is Extent vectors ? [Of(vectors)] : Array.Empty<string>(),
    ]);

    private string Of(Term term) => term.Text
        ?? (term.Token is null ? term.Axis : "(nuint)" + Element(term.Token)) + (term.Stride == 1 ? "" : $" * {Literals.Integer(term.Stride)}");

    private static string Of(Extent extent) =>
        extent.Of is null ? Literals.Integer(extent.Factor) : extent.Factor == 1 ? extent.Of : $"{Literals.Integer(extent.Factor)} * {extent.Of}";

    // Names and calls need no parentheses; anything with an operator does.
    private string Factor(Value value) => value is Operation or Negate ? $"({Of(value)})" : Of(value);
}
