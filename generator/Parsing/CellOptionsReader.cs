using RnnGen.Generator.Cells;
using RnnGen.Generator.Diagnostics;
using RnnGen.Generator.Model;

namespace RnnGen.Generator.Parsing;

/// <summary>Reads what an attribute asks of the equations, and reports what cannot be.</summary>
internal static class CellOptionsReader
{
    /// <param name="reader">The attribute. It has no other options than its class, so that all can be asked for by name.</param>
    /// <param name="kind">The layer.</param>
    /// <param name="activation">The layer's one function.</param>
    /// <param name="size">The size that the attribute asks for; that of the output where another one is asked for.</param>
    public static CellOptions Read(AttributeReader reader, LayerKind kind, ActivationKind activation, ref int size)
    {
        bool hasFunction = kind is LayerKind.Rnn or LayerKind.Activation;
        FunctionSpec? function = hasFunction ? ReadNumbers(reader, "", activation, isSet: true) : null;
        int units = size;
        int projection = reader.ReadNumber("ProjectionSize", n => n >= 0 && n < units, $"at least 1 and less than the {units} units (0 is for no projection)") is { } n ? (int)n : 0;
        size = projection > 0 ? projection : units;
        return new CellOptions
        {
            Alpha = function?.Alpha,
            Beta = function?.Beta,
            Gate = ReadFunction(reader, "Gate", ActivationKind.Sigmoid),
            Candidate = ReadFunction(reader, kind == LayerKind.Lstm ? "Cell" : "Candidate", ActivationKind.Tanh),
            Output = ReadFunction(reader, "Output", ActivationKind.Tanh),
            Clip = reader.ReadNumber("Clip", c => c >= 0 && c <= float.MaxValue, "a positive number (0 is for no bound)") ?? 0,
            Peepholes = reader.ReadFlag("Peepholes", otherwise: false),
            InputForget = reader.ReadFlag("InputForget", otherwise: false),
            ProjectedFrom = projection > 0 ? units : 0,
            LayerNorm = reader.ReadFlag("LayerNorm", otherwise: false),
            RecurrentDropout = ReadRate("RecurrentDropout"),
            Zoneout = ReadRate("Zoneout"),
            ZoneoutCell = ReadRate("ZoneoutCell"),
            LearnInitialState = reader.ReadFlag("LearnInitialState", otherwise: false),
        };

        double ReadRate(string name) => reader.ReadNumber(name, p => p >= 0 && (float)p < 1, "a probability, at least 0 and less than 1") ?? 0;
    }

    private static FunctionSpec? ReadFunction(AttributeReader reader, string prefix, ActivationKind otherwise)
    {
        ActivationKind? kind = reader.FindActivation(prefix + "Activation");
        return ReadNumbers(reader, prefix, kind ?? otherwise, isSet: kind is not null);
    }

    private static FunctionSpec? ReadNumbers(AttributeReader reader, string prefix, ActivationKind kind, bool isSet)
    {
        double? alpha = Read("Alpha", Functions.TakesAlpha(kind));
        double? beta = Read("Beta", Functions.TakesBeta(kind));
        return isSet ? new FunctionSpec(kind, alpha, beta) : null;

        double? Read(string name, bool isTaken)
        {
            double? number = reader.ReadNumber(prefix + name, a => Math.Abs(a) <= float.MaxValue, "a finite number");
            if (number is not null && !isTaken)
            {
                reader.Report(Descriptors.OptionWithoutEffect, prefix + name, $"Activation.{kind} takes no such number");
            }

            return number;
        }
    }
}
