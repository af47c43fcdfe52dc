namespace RnnGen.Generator.Loops.Schedules;

/// <summary>
/// A kernel for two streams at once: each of its statements stands there twice, for the first stream and for the second, as those do not wait for each other. The weights are the same.
/// </summary>
internal sealed class PairLoops
{
    private readonly HashSet<string> _shared = [Names.Of(Planning.Region.Weights)];
    private readonly OfStream[] _streams;

    public PairLoops() => _streams = [new(_shared, 0), new(_shared, 1)];

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
            case Pointer pointer when _shared.Contains(pointer.To.Base.Name):
                _shared.Add(pointer.Reference.Name);
                return [node];
            case Advance advance when _shared.Contains(advance.Reference.Name):
                return [node];
            default:
                return [.. _streams.Select(stream => stream.Rewrite(node))];
        }
    }

    private sealed class OfStream(HashSet<string> shared, int stream) : Rewriting
    {
        public Node Rewrite(Node node) => Of(node);

        protected override Reference Of(Reference reference) => shared.Contains(reference.Name) ? reference : reference with { Name = Of(reference.Name) };

        protected override string Of(string name) => PairLoops.Of(name, stream);
    }
}
