using RnnGen.Generator.Programs;
using Index = RnnGen.Generator.Programs.Index;

namespace RnnGen.Generator.Tests.Infrastructure;

/// <summary>Runs the loops around the kernels, and writes down which kernel is called with which places, one after the other.</summary>
internal sealed class ProgramInterpreter
{
    private readonly Dictionary<string, int> _numbers = [];
    private readonly Dictionary<string, Func<int, int>> _functions = [];

    /// <summary>The calls in their order.</summary>
    public List<Trace> Calls { get; } = [];

    public ProgramInterpreter With(string name, int value)
    {
        _numbers[name] = value;
        return this;
    }

    public ProgramInterpreter With(string method, Func<int, int> function)
    {
        _functions[method] = function;
        return this;
    }

    public ProgramInterpreter Run(IEnumerable<Statement> statements)
    {
        foreach (Statement statement in statements)
        {
            Run(statement);
        }

        return this;
    }

    private void Run(Statement statement)
    {
        switch (statement)
        {
            case Remark:
                break;
            case Local local:
                _numbers[local.Name] = Of(local.Value);
                break;
            case For loop:
                int value = Of(loop.First);
                while (loop.By < 0 ? value >= Of(loop.End) : value < Of(loop.End))
                {
                    _numbers[loop.Variable] = value;
                    Run(loop.Body);
                    value = loop.Next is null ? value + loop.By : Of(loop.Next);
                }

                break;
            case IfSet condition:
                if (Of(condition.Flag) != 0)
                {
                    Run(condition.Body);
                }

                break;
            case CallKernel call:
                Calls.Add(new Trace(call.Kernel, [.. call.Arguments.Select(Of)]));
                break;
            case CallRuntime call:
                Calls.Add(new Trace(call.Name, [.. call.Arguments.Select(Of)]));
                break;
            default:
                throw new NotSupportedException(statement.GetType().Name);
        }
    }

    private int Of(Argument argument) => argument switch
    {
        Place place => Of(place.Offset),
        TokenAt token => Of(token.Offset),
        Quantity quantity => Of(quantity.Value),
        _ => throw new NotSupportedException(argument.GetType().Name),
    };

    private int Of(Index index) => index switch
    {
        Index.Number number => number.Value,
        Index.Variable variable => _numbers[variable.Name],
        Index.Operation { Operator: '+' } sum => Of(sum.Left) + Of(sum.Right),
        Index.Operation { Operator: '-' } difference => Of(difference.Left) - Of(difference.Right),
        Index.Operation { Operator: '*' } product => Of(product.Left) * Of(product.Right),
        Index.Operation { Operator: '%' } rest => Of(rest.Left) % Of(rest.Right),
        Index.Operation { Operator: '&' } bits => Of(bits.Left) & Of(bits.Right),
        Index.Function { Arguments.Count: 2 } smaller => Math.Min(Of(smaller.Arguments[0]), Of(smaller.Arguments[1])),
        Index.Function function => _functions[function.Method](Of(function.Arguments[0])),
        _ => throw new NotSupportedException(index.GetType().Name),
    };

    /// <summary>A call of a kernel.</summary>
    /// <param name="Kernel">Its name.</param>
    /// <param name="Places">Offsets of the memory that it gets, and numbers.</param>
    internal sealed record Trace(string Kernel, int[] Places);
}
