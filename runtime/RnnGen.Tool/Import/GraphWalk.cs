using RnnGen.Formats.Onnx;

namespace RnnGen.Tool.Import;

/// <summary>Computes the values of a graph, node by node: numbers where it can, signals elsewhere.</summary>
/// <param name="context">What nodes share.</param>
/// <param name="version">The version of ONNX's operators.</param>
internal sealed class GraphWalk(ImportContext context, long version)
{
    /// <summary>Computes the values of a graph.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="known">The values of its inputs, and of graphs around it; receives all others.</param>
    public void Run(OnnxGraph graph, Scope known)
    {
        foreach (OnnxTensor tensor in graph.Initializers)
        {
            known[tensor.Name] = Constants.Of(context, tensor);
        }

        for (int k = 0; k < graph.Nodes.Count; k++)
        {
            OnnxNode node = graph.Nodes[k];
            Value[] outputs = Compute(node, k, known);
            for (int output = 0; output < node.Outputs.Count; output++)
            {
                if (node.Outputs[output].Length > 0)
                {
                    known[node.Outputs[output]] = output < outputs.Length
                        ? outputs[output]
                        : new UnknownValue(new ImportException(NodeCall.Describe(node, k), $"expected at most {outputs.Length} outputs that are used, found output {output} used."));
                }
            }
        }
    }

    private Value[] Compute(OnnxNode node, int index, Scope known)
    {
        try
        {
            var inputs = new Value?[node.Inputs.Count];
            for (int k = 0; k < inputs.Length; k++)
            {
                inputs[k] = node.Inputs[k].Length == 0 ? null : known.Find(node.Inputs[k])
                    ?? throw new ImportException(NodeCall.Describe(node, index), $"expected its input '{node.Inputs[k]}' as an output of an earlier node, found none.");
            }

            var call = new NodeCall(context, node, index, version, inputs);
            if (node is { OperatorType: "If", Domain: "" })
            {
                return Branch(call, known);
            }

            foreach (UnknownValue unknown in inputs.OfType<UnknownValue>())
            {
                throw unknown.Reason;
            }

            return Operators.Find(node) is { } compute
                ? compute(call)
                : throw call.Refuse($"expected an operator that a class can express ({Operators.Names}), found {(node.Domain.Length > 0 ? node.Domain + "." : "")}{node.OperatorType}.");
        }
        catch (ImportException e) when (!e.IsFinal)
        {
            // It is an error only if an output depends on it.
            Value[] unknown = new Value[node.Outputs.Count];
            Array.Fill(unknown, new UnknownValue(e));
            return unknown;
        }
    }

    /// <summary>Follows the branch that is taken: the one that the condition tells or, where it depends on an input, the only one that computes something.</summary>
    private Value[] Branch(NodeCall call, Scope known)
    {
        if (call.Optional(0) is ConstantValue { Count: 1 } condition)
        {
            return Run(condition.Numbers[0] != 0);
        }

        Value[] then = Run(true);
        Value[] otherwise = Run(false);
        if (then.OfType<UnknownValue>().FirstOrDefault() is { } unknown && otherwise.OfType<UnknownValue>().Any())
        {
            // Whichever branch is taken.
            throw unknown.Reason;
        }

        bool isThen = then.Any(value => value is not ConstantValue);
        if (isThen == otherwise.Any(value => value is not ConstantValue))
        {
            throw call.Refuse($"expected a condition that does not depend on an input, or one branch of numbers, found two that compute. Fix the input, for example with --set {FirstInput(call)}=1.");
        }

        call.Context.Notes.Add($"{call.Place}: this is the branch for {(isThen ? "true" : "false")}; the other one has the same answer for all inputs.");
        return isThen ? then : otherwise;

        Value[] Run(bool isTaken)
        {
            string name = isTaken ? "then_branch" : "else_branch";
            OnnxGraph graph = call.Node.Graph(name) ?? throw call.Refuse($"expected attribute '{name}', found none.");
            var inner = new Scope(known);
            this.Run(graph, inner);
            return [.. graph.Outputs.Select(output => inner.Find(output.Name) ?? throw call.Refuse($"expected output '{output.Name}' in its {name}, found none."))];
        }
    }

    private static string FirstInput(NodeCall call) => call.Node.Inputs is [{ Length: > 0 } name, ..] ? name : "NAME";
}
