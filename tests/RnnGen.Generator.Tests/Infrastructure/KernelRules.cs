using RnnGen.Generator.Loops;

namespace RnnGen.Generator.Tests.Infrastructure;

/// <summary>Rules for the names in a kernel: none is declared twice, and none is declared or advanced without being used.</summary>
internal static class KernelRules
{
    public static IReadOnlyList<string> Violations(IReadOnlyList<Node> body, IEnumerable<string> parameters)
    {
        var violations = new List<string>();
        HashSet<string> used = [.. Uses(body)];
        violations.AddRange(parameters.Where(p => !used.Contains(p)).Select(p => $"the parameter {p} is not used"));
        Check(body, [.. parameters], violations);
        return violations;
    }

    private static void Check(IEnumerable<Node> block, HashSet<string> outer, List<string> violations)
    {
        Node[] nodes = [.. block];
        var names = new HashSet<string>(outer);
        foreach (string name in nodes.SelectMany(Declared))
        {
            if (!names.Add(name))
            {
                violations.Add($"{name} is declared twice");
            }
        }

        HashSet<string> used = [.. Uses(nodes)];
        var usedBelow = new HashSet<string>();
        for (int k = nodes.Length - 1; k >= 0; k--)
        {
            violations.AddRange(Declared(nodes[k]).Where(name => !usedBelow.Contains(name)).Select(name => $"{name} is declared and not used"));
            usedBelow.UnionWith(Uses(nodes[k]));
            switch (nodes[k])
            {
                case Pointer pointer when pointer.Reference.Element != pointer.To.Base.Element:
                    violations.Add($"{pointer.Reference.Name} leads to something else than it is made of");
                    break;
                case Advance advance when !used.Contains(advance.Reference.Name):
                    violations.Add($"{advance.Reference.Name} is moved and not used");
                    break;
                case Scope scope when !scope.Body.Any(node => Declared(node).Any()):
                    violations.Add("a scope declares nothing");
                    break;
                case Scope scope:
                    Check(scope.Body, names, violations);
                    break;
                case Loop loop:
                    if (names.Contains(loop.Axis))
                    {
                        violations.Add($"{loop.Axis} is a loop's variable, and declared around it");
                    }

                    Check(loop.Body, [.. names, loop.Axis], violations);
                    break;
            }
        }
    }

    private static IEnumerable<string> Declared(Node node) => node switch
    {
        Pointer pointer => [pointer.Reference.Name],
        Let let => [let.Name],
        AskWidth => ["width"],
        _ => [],
    };

    private static IEnumerable<string> Uses(IEnumerable<Node> nodes) => nodes.SelectMany(Uses);

    private static IEnumerable<string> Uses(Node node) => node switch
    {
        Loop loop => [.. Uses(loop.Start), .. Uses(loop.End), .. Uses(loop.Step), .. Uses(loop.Body)],
        Scope scope => Uses(scope.Body),
        Pointer pointer => Uses(pointer.To),
        Advance advance => Uses(advance.By),
        Let let => Uses(let.Value),
        MultiplyAdd product => [product.Sum, .. Uses(product.Scalar), .. Uses(product.Vector)],
        AddTo add => [add.Sum, .. Uses(add.Value)],
        Assign assign => Uses(assign.Value),
        Store store => [.. Uses(store.To), .. Uses(store.Value)],
        StoreMean mean => [.. Uses(mean.To), .. Uses(mean.From)],
        Comment or AskWidth => [],
        _ => throw new NotSupportedException(node.GetType().Name),
    };

    private static IEnumerable<string> Uses(Value value) => value switch
    {
        Named named => [named.Name],
        Load load => Uses(load.From),
        Broadcast broadcast => Uses(broadcast.From),
        Number => [],
        FirstUnits first => [.. Uses(first.Value), .. Uses(first.Unit)],
        Call call => Uses(call.Operand),
        Negate negation => Uses(negation.Operand),
        Operation operation => [.. Uses(operation.Left), .. Uses(operation.Right)],
        _ => throw new NotSupportedException(value.GetType().Name),
    };

    private static IEnumerable<string> Uses(Address address) =>
        [address.Base.Name, .. address.Terms.SelectMany(t => t.Token is null ? [t.Axis] : Uses(t.Token)), .. address.Vector > 0 ? ["width"] : Array.Empty<string>()];

    private static IEnumerable<string> Uses(Extent extent) => extent.Of is null ? [] : [extent.Of];
}
