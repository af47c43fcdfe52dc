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
                using (writer.Open($"for ({Type(loop.Type)} {loop.Axis} = {Of(loop.Start)}; {loop.Axis} < {Of(loop.End)}; {step})"))
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
        Advance advance => $"{advance.Reference.Name} = ref {(IsUnsigned(advance.By) ? At(advance.Reference) : "Unsafe.Add")}(ref {advance.Reference.Name}, {Of(advance.By)});",
        Let let => $"var {let.Name} = {Of(let.Value)};",
        MultiplyAdd { Vector: Load load } product => $"{product.Sum} = VectorMath.AddProduct({product.Sum}, {Of(product.Scalar)}, {Place(load.From)});",
        MultiplyAdd { Scalar: Broadcast broadcast } product => $"{product.Sum} = VectorMath.AddScaled({product.Sum}, {Of(product.Vector)}, {Place(broadcast.From)});",
        MultiplyAdd product => $"{product.Sum} = VectorMath.MultiplyAdd({Of(product.Scalar)}, {Of(product.Vector)}, {product.Sum});",
        AddByteProducts products => $"{products.Sum} = NarrowMath.AddProducts({products.Sum}, {Of(products.Numbers)}, {Of(products.Weights)});",
        AddNibbleProducts products => $"{products.Sums} = NarrowMath.AddNibbles({products.Sums}, {Of(products.First)}, {Of(products.Second)}, {Of(products.Weights)});",
        AddScaledHalves scaled => $"{scaled.Sum} = NarrowMath.AddScaled({scaled.Sum}, {Of(scaled.Halves)}, {Of(scaled.Factors)});",
        AddTo add => $"{add.Sum} += {Of(add.Value)};",
        Assign assign => $"{assign.Sum} = {Of(assign.Value)};",
        Store { Value: Operation { Operator: '+', Left: Load load } sum } store when ReferenceEquals(load.From, store.To) =>
            $"Simd.Add({Of(sum.Right)}, {Place(store.To)});",
        Store store => $"Simd.Store({Of(store.Value)}, {Place(store.To)});",
        StoreMean mean => $"{Variable(mean.To)} = VectorMath.Mean({Reference(mean.From)}, {Literals.Integer(mean.Count)});",
        StoreBytes bytes => $"NarrowNumbers.{(bytes.InBlocks ? "StoreBlocks" : "Store")}({Reference(bytes.From)}, {Literals.Integer(bytes.Count)}, {Reference(bytes.To)});",
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
        Load load => $"Simd.Load({Place(load.From)})",
        Broadcast broadcast => $"Simd.Broadcast({Place(broadcast.From)})",
        Number { Value: 0 } => "Lanes.Zero",
        Number { Value: 1 } => "Lanes.One",
        Number number => $"Simd.Create({Literals.Float(number.Value)})",
        FirstUnits first => $"VectorMath.First({Of(first.Value)}, {(Index(first.Unit) is { Length: > 0 } index ? index : "0")}, {Literals.Integer(first.Units)})",
        Call call => $"{(call.Precise ? "PreciseMath" : "VectorMath")}.{call.Function.VectorMethod}({Arguments(call)})",
        HalfOf half => $"NarrowMath.{(half.IsSecond ? "Second" : "First")}({Of(half.Pair)})",
        Integers integers => $"NarrowMath.Integers({Of(integers.Bits)})",
        Halves halves => $"NarrowMath.Halves({Of(halves.Bits)})",
        Floats floats => $"NarrowMath.Floats({Of(floats.Integers)})",
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
    private string Reference(Address address) => "ref " + Variable(address);

    /// <summary>What lies there.</summary>
    private string Variable(Address address) => Distances(address).Length == 0 ? address.Base.Name : $"{At(address.Base)}({Place(address)})";

    /// <summary>The method that moves a reference.</summary>
    private static string At(Reference reference) => reference.Element == Element.Float ? "Simd.At" : "Unsafe.Add";

    // A distance that a caller knows may be negative.
    private static bool IsUnsigned(Extent distance) => distance.Of is null or "width";

    /// <summary>Reference and distances, as those take them who add them: up to three of floats, one of others.</summary>
    private string Place(Address address)
    {
        string[] distances = Distances(address);
        string[] arguments = address.Base.Element != Element.Float && distances.Length > 0 ? [Index(address)]
            : distances.Length == 4 ? [distances[0], distances[1], $"{distances[2]} + {distances[3]}"]
            : distances;
        return string.Join(", ", arguments.Prepend("ref " + address.Base.Name));
    }

    /// <summary>What is added to the reference; empty for nothing.</summary>
    private string Index(Address address) => string.Join(" + ", Distances(address));

    private string[] Distances(Address address) =>
    [
        .. address.Terms.Select(Of),
        .. address.Constant(width) is not 0 and int constant ? [Literals.Integer(constant)] : Array.Empty<string>(),
        .. address.Vectors(width) is Extent vectors ? [Of(vectors)] : Array.Empty<string>(),
    ];

    private string Of(Term term) => (term.Token is null ? term.Axis : "(nuint)" + Variable(term.Token)) + (term.Stride == 1 ? "" : $" * {Literals.Integer(term.Stride)}");

    private static string Of(Extent extent)
    {
        string product = extent.Of is null ? Literals.Integer(extent.Factor) : extent.Factor == 1 ? extent.Of : $"{Literals.Integer(extent.Factor)} * {extent.Of}";
        return extent.Plus == 0 ? product : $"{Literals.Integer(extent.Plus)} + ({product})";
    }
}
