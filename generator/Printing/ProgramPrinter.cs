using RnnGen.Generator.Emission;
using RnnGen.Generator.Model;
using RnnGen.Generator.Programs;

namespace RnnGen.Generator.Printing;

/// <summary>Prints the loops around the kernels.</summary>
/// <param name="writer">The text.</param>
/// <param name="model">The class that contains them; null in the files of the kernels, where types of the framework have aliases.</param>
internal sealed class ProgramPrinter(SourceWriter writer, TypeTarget? model = null)
{
    private readonly string _kernels = model is null ? "" : $"global::{KernelNames.Namespace(model)}.";
    private readonly string _unsafe = model is null ? "Unsafe" : "global::System.Runtime.CompilerServices.Unsafe";

    public void Print(Method method)
    {
        writer.Line($"/// <summary>{method.Summary}</summary>");

        // Optimized from the first call on, so that the choice of a width is made while it is compiled and is no method of its own.
        writer.Line("[MethodImpl(MethodImplOptions.AggressiveOptimization)]");
        using (writer.Open($"internal static void {method.Name}({string.Join(", ", method.Parameters)})"))
        {
            Print(method.Body);
        }
    }

    public void Print(IEnumerable<Statement> statements)
    {
        bool isFirst = true;
        foreach (Statement statement in statements)
        {
            if (statement is Remark && !isFirst)
            {
                writer.Line();
            }

            Print(statement);
            isFirst = false;
        }
    }

    private void Print(Statement statement)
    {
        (string line, IReadOnlyList<Statement>? body) = statement switch
        {
            For loop => ($"for ({Header(loop)})", loop.Body),
            IfAny condition => ($"if ({condition.Count} > 0)", condition.Body),
            IfSet condition => ($"if ({condition.Flag})", condition.Body),
            _ => (Line(statement), (IReadOnlyList<Statement>?)null),
        };
        if (body is null)
        {
            writer.Line(line);
            return;
        }

        using (writer.Open(line))
        {
            Print(body);
        }
    }

    private string Line(Statement statement) => statement switch
    {
        Remark remark => "// " + remark.Text,
        Local local => $"int {local.Name} = {local.Value};",
        Shift shift => $"{shift.Reference} = ref {_unsafe}.Add(ref {shift.Reference}, {Literals.Integer(shift.By)});",
        Clear clear => $"{Of(clear.At)}.Clear();",
        Copy copy => $"{Of(copy.From)}.CopyTo({Of(copy.To)});",
        CallKernel call => $"{_kernels}{KernelNames.Class(call.Home)}.{call.Kernel}({Arguments(call.Arguments)});",
        CallRuntime call => $"{call.Receiver}.{call.Name}({Arguments(call.Arguments)});",
        _ => throw new NotSupportedException(statement.GetType().Name),
    };

    private static string Header(For loop)
    {
        string variable = loop.Variable;
        string next = loop switch
        {
            { Next: not null } => $"{variable} = {loop.Next}",
            { By: 1 } => variable + "++",
            { By: -1 } => variable + "--",
            { By: < 0 } => $"{variable} -= {Literals.Integer(-loop.By)}",
            _ => $"{variable} += {Literals.Integer(loop.By)}",
        };
        return $"int {variable} = {loop.First}; {variable} {(loop.By < 0 ? ">=" : "<")} {loop.End}; {next}";
    }

    private static string Of(Slice slice) => slice.Length is null ? slice.Memory : $"{slice.Memory}.Slice({slice.Start}, {slice.Length})";

    private string Arguments(IEnumerable<Argument> arguments) => string.Join(", ", arguments.Select(Of));

    private string Of(Argument argument) => argument switch
    {
        Place { Offset: Programs.Index.Number { Value: 0 } } place => $"ref {place.Memory}",
        Place place => $"ref {_unsafe}.Add(ref {place.Memory}, {place.Offset})",
        TokenAt token => $"(nuint){_unsafe}.Add(ref {token.Memory}, {token.Offset})",
        Quantity { IsNative: true, Value: not Programs.Index.Number } quantity => $"(nuint){quantity.Value}",
        Quantity quantity => quantity.Value.ToString(),
        Slice slice => Of(slice),
        Factor factor => Literals.Float(factor.Value),
        _ => throw new NotSupportedException(argument.GetType().Name),
    };
}
