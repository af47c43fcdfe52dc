using RnnGen.Generator.Loops;

namespace RnnGen.Generator.Tests.Infrastructure;

/// <summary>Executes the statements of a kernel, so that a schedule is tested by what it computes, without a compiler.</summary>
/// <param name="floats">Floats of a vector.</param>
/// <param name="memory">The memory that the parameters of the kernel refer to.</param>
internal sealed class LoopInterpreter(int floats, IReadOnlyDictionary<string, float[]> memory)
{
    private readonly Dictionary<string, (float[] Memory, int Start)> _pointers = memory.ToDictionary(m => m.Key, m => (m.Value, 0));
    private readonly Dictionary<string, int> _numbers = new() { ["width"] = floats };
    private readonly Dictionary<string, float[]> _vectors = [];

    /// <summary>The most sums that one block of statements has in registers.</summary>
    public int MostSums { get; private set; }

    public LoopInterpreter With(string name, int number)
    {
        _numbers[name] = number;
        return this;
    }

    public LoopInterpreter Run(IEnumerable<Node> nodes)
    {
        MostSums = Math.Max(MostSums, nodes.OfType<MultiplyAdd>().Select(m => m.Sum).Distinct().Count());
        foreach (Node node in nodes)
        {
            Run(node);
        }

        return this;
    }

    private void Run(Node node)
    {
        switch (node)
        {
            case Loop loop:
                for (int k = Of(loop.Start); k < Of(loop.End); k += Of(loop.Step))
                {
                    _numbers[loop.Axis] = k;
                    Run(loop.Body);
                }

                break;
            case Scope scope:
                Run(scope.Body);
                break;
            case Pointer pointer:
                _pointers[pointer.Reference.Name] = At(pointer.To);
                break;
            case Advance advance:
                (float[] array, int start) = _pointers[advance.Reference.Name];
                _pointers[advance.Reference.Name] = (array, start + Of(advance.By));
                break;
            case Let let:
                _vectors[let.Name] = Of(let.Value);
                break;
            case MultiplyAdd product:
                _vectors[product.Sum] = Combine(_vectors[product.Sum], Combine(Of(product.Scalar), Of(product.Vector), (x, w) => x * w), (s, p) => s + p);
                break;
            case AddTo add:
                _vectors[add.Sum] = Combine(_vectors[add.Sum], Of(add.Value), (x, y) => x + y);
                break;
            case Assign assign:
                _vectors[assign.Sum] = Of(assign.Value);
                break;
            case Store store:
                (float[] target, int place) = At(store.To);
                Of(store.Value).CopyTo(target, place);
                break;
            case StoreMean mean:
                (float[] means, int at) = At(mean.To);
                (float[] values, int first) = At(mean.From);
                means[at] = values.AsSpan(first, mean.Count).ToArray().Average();
                break;
            case Comment or AskWidth:
                break;
            default:
                throw new NotSupportedException(node.GetType().Name);
        }
    }

    private float[] Of(Value value) => value switch
    {
        Named named => _vectors[named.Name],
        Load load => At(load.From) is var (array, start) ? array[start..(start + floats)] : [],
        Broadcast broadcast => Fill(At(broadcast.From) is var (array, start) ? array[start] : 0),
        Number number => Fill((float)number.Value),
        FirstUnits first => [.. Of(first.Value).Select((x, k) => (At(first.Unit).Start - At(new Address(first.Unit.Base)).Start) + k < first.Units ? x : 0)],
        Call call => [.. Of(call.Operand).Select(x => (float)call.Function.Evaluate(x))],
        Negate negation => [.. Of(negation.Operand).Select(x => -x)],
        Operation { Operator: '+' } sum => Combine(Of(sum.Left), Of(sum.Right), (x, y) => x + y),
        Operation { Operator: '-' } difference => Combine(Of(difference.Left), Of(difference.Right), (x, y) => x - y),
        Operation product => Combine(Of(product.Left), Of(product.Right), (x, y) => x * y),
        _ => throw new NotSupportedException(value.GetType().Name),
    };

    private (float[] Memory, int Start) At(Address address)
    {
        (float[] array, int start) = _pointers[address.Base.Name];
        return (array, start + address.Offset + (address.Vector * floats) + address.Terms.Sum(Of));
    }

    private int Of(Term term) => term.Stride * (term.Token is null ? _numbers[term.Axis] : At(term.Token) is var (array, start) ? (int)array[start] : 0);

    private int Of(Extent extent) => extent.Plus + (extent.Factor * (extent.Of is null ? 1 : _numbers[extent.Of]));

    private float[] Fill(float x) => [.. Enumerable.Repeat(x, floats)];

    private static float[] Combine(float[] left, float[] right, Func<float, float, float> of) => [.. left.Zip(right, of)];
}
