using RnnGen.Generator.Emission;
using RnnGen.Generator.Programs;

namespace RnnGen.Generator.Printing;

/// <summary>Prints the loops around the kernels: what they are is decided by the schedules.</summary>
internal sealed class ProgramPrinter(SourceWriter writer)
{
    public void Print(Method method)
    {
        writer.Line($"/// <summary>{method.Summary}</summary>");
        using (writer.Open($"internal static void {method.Name}({string.Join(", ", method.Parameters)})"))
        {
            Print(method.Body);
        }
    }

    private void Print(IEnumerable<Statement> statements)
    {
        foreach (Statement statement in statements)
        {
            Print(statement);
        }
    }

    private void Print(Statement statement)
    {
        switch (statement)
        {
            case Remark remark:
                writer.Line("// " + remark.Text);
                break;
            case Local local:
                writer.Line($"int {local.Name} = {local.Value};");
                break;
            case Shift shift:
                writer.Line($"{shift.Reference} = ref Unsafe.Add(ref {shift.Reference}, {Literals.Integer(shift.By)});");
                break;
            case For loop:
                using (writer.Open($"for ({Header(loop)})"))
                {
                    Print(loop.Body);
                }

                break;
            case IfAny condition:
                using (writer.Open($"if ({condition.Count} > 0)"))
                {
                    Print(condition.Body);
                }

                break;
            case CallKernel call:
                KernelCalls.Write(writer, call.Home, call.Kernel, string.Join(", ", call.Arguments.Select(Of)), call.IsNarrow);
                break;
            default:
                throw new NotSupportedException(statement.GetType().Name);
        }
    }

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

    private static string Of(Argument argument) => argument switch
    {
        Place { Offset: Programs.Index.Number { Value: 0 } } place => $"ref {place.Memory}",
        Place place => $"ref Unsafe.Add(ref {place.Memory}, {place.Offset})",
        TokenAt token => $"(nuint)Unsafe.Add(ref {token.Memory}, {token.Offset})",
        Quantity { IsNative: false } quantity => quantity.Value.ToString(),
        Quantity { Value: Programs.Index.Number } quantity => quantity.Value.ToString(),
        Quantity quantity => $"(nuint){quantity.Value}",
        _ => throw new NotSupportedException(argument.GetType().Name),
    };
}
