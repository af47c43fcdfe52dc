using RnnGen.Generator.Loops;

namespace RnnGen.Generator.Printing.Kernels;

/// <summary>Prints the statements of kernels.</summary>
internal sealed class LoopPrinter(SourceWriter writer, Width width)
{
    /// <summary>The type of what lies in memory, or is counted.</summary>
    public static string Type(Element element) => element switch
    {
        Element.Float => "float",
        Element.Int => "int",
        Element.NativeInt => "nint",
        Element.NativeUInt => "nuint",
        _ => throw new ArgumentOutOfRangeException(nameof(element)),
    };

    public void Print(IEnumerable<Node> nodes)
    {
        Node? last = null;
        foreach (Node node in nodes)
        {
            if (last is not null && AreUnlike(last, node))
            {
                writer.Line();
            }

            Print(node);
            last = node;
        }
    }

    /// <summary>Whether a blank line stands between two statements: before a comment, around a block, and where sums are complete.</summary>
    private static bool AreUnlike(Node first, Node second) => (first, second) switch
    {
        (Comment, _) => false,
        (AskWidth, _) => true,
        (Pointer, Loop) => false,
        (_, Comment or Loop or Scope) => true,
        (Assign or AddTo, Let or Store) => true,
        _ => false,
    };

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
            default:
                writer.Line(Line(node));
                break;
        }
    }

    private string Line(Node node) => node switch
    {
        Comment comment => $"// {Of(comment)}",
        AskWidth => "nuint width = (nuint)Lanes.Count;",
        Pointer pointer => $"ref {Type(pointer.Reference.Element)} {pointer.Reference.Name} = {Reference(pointer.To)};",
        Advance advance => $"{advance.Reference.Name} = ref Unsafe.Add(ref {advance.Reference.Name}, {Of(advance.By)});",
        Let let => $"var {let.Name} = {Of(let.Value)};",
        MultiplyAdd product => $"{product.Sum} = VectorMath.MultiplyAdd({Of(product.Scalar)}, {Of(product.Vector)}, {product.Sum});",
        AddTo add => $"{add.Sum} += {Of(add.Value)};",
        Assign assign => $"{assign.Sum} = {Of(assign.Value)};",
        Store store => $"Simd.StoreUnsafe({Of(store.Value)}, {Place(store.To)});",
        StoreMean mean => $"{Variable(mean.To)} = VectorMath.Mean({Reference(mean.From)}, {Literals.Integer(mean.Count)});",
        _ => throw new NotSupportedException(node.GetType().Name),
    };

    private static string Of(Comment comment) => comment switch
    {
        Remark remark => remark.Text,
        Equation equation => Equations.Of(equation),
        GradientSums sums => string.Join(", ", sums.Terms.Select(Equations.Of)),
        _ => throw new NotSupportedException(comment.GetType().Name),
    };

    private string Of(Value value) => value switch
    {
        Named named => named.Name,
        Load load => $"Simd.LoadUnsafe({Place(load.From)})",
        Broadcast broadcast => $"Simd.Create({Variable(broadcast.From)})",
        Number { Value: 0 } => "Lanes.Zero",
        Number { Value: 1 } => "Lanes.One",
        Number number => $"Simd.Create({Literals.Float(number.Value)})",
        FirstUnits first => $"VectorMath.First({Of(first.Value)}, {(Index(first.Unit) is { Length: > 0 } index ? index : "0")}, {Literals.Integer(first.Units)})",
        Call call => $"{(call.Precise ? "PreciseMath" : "VectorMath")}.{call.Function.VectorMethod}({Arguments(call)})",
        Negate negation => "-" + Factor(negation.Operand),
        Operation { Operator: '*' } product => $"{(product.Left is Operation { Operator: '*' } ? Of(product.Left) : Factor(product.Left))} * {Factor(product.Right)}",
        Operation sum => $"{Of(sum.Left)} {sum.Operator} {Term(sum.Right)}",
        _ => throw new NotSupportedException(value.GetType().Name),
    };

    private string Arguments(Call call) => string.Join(", ", call.Function.Arguments.Select(Literals.Float).Prepend(Of(call.Operand)));

    // Names and calls need no parentheses; anything with an operator does.
    private string Factor(Value value) => value is Operation or Negate ? $"({Of(value)})" : Of(value);

    // A sum on the right is computed first.
    private string Term(Value value) => value is Operation { Operator: '+' or '-' } or Negate ? $"({Of(value)})" : Of(value);

    /// <summary>A reference to a place.</summary>
    private string Reference(Address address) => Index(address) is { Length: > 0 } index ? $"ref Unsafe.Add(ref {address.Base.Name}, {index})" : $"ref {address.Base.Name}";

    /// <summary>What lies there.</summary>
    private string Variable(Address address) => Index(address) is { Length: > 0 } index ? $"Unsafe.Add(ref {address.Base.Name}, {index})" : address.Base.Name;

    /// <summary>Reference and distance, as loads and stores take them.</summary>
    private string Place(Address address) => Index(address) is { Length: > 0 } index ? $"ref {address.Base.Name}, {index}" : $"ref {address.Base.Name}";

    /// <summary>What is added to the reference; empty for nothing.</summary>
    private string Index(Address address)
    {
        string index = "";
        foreach (Term term in address.Terms)
        {
            index = Sum(index, Of(term));
        }

        index = address.Constant(width) is not 0 and int constant ? Sum(index, Literals.Integer(constant)) : index;
        return address.Vectors(width) is Extent vectors ? Sum(index, Of(vectors)) : index;

        static string Sum(string left, string right) => left.Length == 0 ? right : $"{left} + {right}";
    }

    private string Of(Term term) => (term.Token is null ? term.Axis : "(nuint)" + Variable(term.Token)) + (term.Stride == 1 ? "" : $" * {Literals.Integer(term.Stride)}");

    private static string Of(Extent extent) =>
        extent.Of is null ? Literals.Integer(extent.Factor) : extent.Factor == 1 ? extent.Of : $"{Literals.Integer(extent.Factor)} * {extent.Of}";
}
