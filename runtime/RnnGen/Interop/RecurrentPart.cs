using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace RnnGen.Interop;

/// <summary>The parameters of one level and direction of a recurrent layer.</summary>
internal sealed class RecurrentPart
{
    private const string Reversed = "_reverse";

    private readonly string _suffix;

    private RecurrentPart(Layer layer, string suffix)
    {
        Layer = layer;
        _suffix = suffix;
        InputWeights = Find("weight_ih")!;
        Gates = InputWeights.Gates.Count == 0 ? [""] : InputWeights.Gates;
        Peepholes = [.. new[] { "i", "f", "o" }.Select(gate => (gate, Find("weight_c" + gate))).Where(peephole => peephole.Item2 is not null)!];
    }

    /// <summary>The layer.</summary>
    public Layer Layer { get; }

    /// <summary>The names of the gates in the order of the rows; an empty name if there is only one.</summary>
    public IReadOnlyList<string> Gates { get; }

    public Parameter InputWeights { get; }

    /// <summary>Null for a cell without a recurrent product.</summary>
    public Parameter? StateWeights => Find("weight_hh");

    public Parameter? InputBias => Find("bias_ih");

    public Parameter? StateBias => Find("bias_hh");

    public Parameter? Projection => Find("weight_hr");

    /// <summary>The peephole weights by the names of their gates, in the order i, f, o.</summary>
    public IReadOnlyList<(string Gate, Parameter Parameter)> Peepholes { get; }

    /// <summary>The gains and the offset of a layer-normalized LSTM, by their names.</summary>
    public IEnumerable<(string Name, Parameter Parameter)> Norms =>
        from name in new[] { "weight_ln_ih", "weight_ln_hh", "weight_ln_c", "bias_ln_c" }
        let parameter = Find(name)
        where parameter is not null
        select (name, parameter);

    public Parameter? InitialH => Find("initial_h");

    public Parameter? InitialC => Find("initial_c");

    public int Units => InputWeights.Shape[0] / Gates.Count;

    public int Inputs => InputWeights.Shape[1];

    /// <summary>The size of h.</summary>
    public int StateSize => StateWeights?.Shape[1] ?? Units;

    /// <summary>Whether there is a reset gate.</summary>
    public bool IsGru => Gates.Contains("r");

    /// <summary>The layer and the part of it, for messages.</summary>
    public string Text => $"layer '{Layer.Name}'{(_suffix is "_l0" or "_l0" + Reversed ? "" : $", {_suffix[1..]}")}";

    /// <summary>Finds a level and direction.</summary>
    /// <param name="layer">The layer.</param>
    /// <param name="level">The level.</param>
    /// <param name="direction">The direction; null for the only one.</param>
    /// <exception cref="ArgumentException">The layer is not recurrent, has no such level or direction, or two directions, and none was chosen.</exception>
    public static RecurrentPart Of(Layer layer, int level, Direction? direction)
    {
        RecurrentPart[] all = All(layer);
        RecurrentPart[] found =
        [
            .. from part in all
               where part.Level == level && (direction is null || direction == part.Direction)
               select part,
        ];
        return found switch
        {
            [RecurrentPart only] => only,
            [] => throw new ArgumentException(
                $"Layer '{layer.Name}' has no level {level}{(direction is null ? "" : $" with direction {direction}")}; it has {string.Join(", ", all.Select(part => $"level {part.Level} {part.Direction}"))}.",
                direction is null ? nameof(level) : nameof(direction)),
            _ => throw new ArgumentException($"Layer '{layer.Name}' has two directions: choose Direction.Forward or Direction.Reverse.", nameof(direction)),
        };
    }

    /// <summary>All levels and directions, in PyTorch's order.</summary>
    /// <param name="layer">The layer.</param>
    /// <exception cref="ArgumentException">The layer is not recurrent.</exception>
    public static RecurrentPart[] All(Layer layer)
    {
        const string Prefix = "weight_ih";
        RecurrentPart[] parts =
        [
            .. from parameter in layer.Parameters
               where parameter.Name.StartsWith(Prefix + "_l", StringComparison.Ordinal)
               select new RecurrentPart(layer, parameter.Name[Prefix.Length..]),
        ];
        return parts.Length > 0 ? parts : throw new ArgumentException($"Expected a recurrent layer, found {layer}.", nameof(layer));
    }

    /// <summary>Negates the rows of a gate, all bits but the sign unchanged.</summary>
    public void Negate(string gate, float[] values)
    {
        foreach (ref float value in RowsOf(gate, values))
        {
            value = BitConverter.Int32BitsToSingle(BitConverter.SingleToInt32Bits(value) ^ int.MinValue);
        }
    }

    /// <summary>Adds a number to the rows of a gate, unless it is 0 or the gate is not there.</summary>
    public void Add(string gate, float[] values, float amount)
    {
        if (amount != 0)
        {
            foreach (ref float value in RowsOf(gate, values))
            {
                value += amount;
            }
        }
    }

    /// <summary>The values of a parameter; null if there is none.</summary>
    [return: NotNullIfNotNull(nameof(parameter))]
    public static float[]? ValuesOf(Parameter? parameter)
    {
        if (parameter is null)
        {
            return null;
        }

        var values = new float[parameter.Count];
        parameter.CopyTo(values);
        return values;
    }

    /// <summary>Whether all values are 0 or -0.</summary>
    public static bool AreZero(ReadOnlySpan<float> values) => values.IndexOfAnyExcept(0f) < 0;

    /// <summary>The direction, Forward or Reverse.</summary>
    public Direction Direction => _suffix.EndsWith(Reversed, StringComparison.Ordinal) ? Direction.Reverse : Direction.Forward;

    /// <summary>The level, from 0.</summary>
    public int Level => int.Parse(_suffix.Replace(Reversed, "", StringComparison.Ordinal).AsSpan(2), CultureInfo.InvariantCulture);

    private Span<float> RowsOf(string gate, float[] values)
    {
        int index = Gates.ToList().IndexOf(gate);
        int size = values.Length / Gates.Count;
        return index < 0 ? [] : values.AsSpan(index * size, size);
    }

    private Parameter? Find(string name) => Layer.Stored.FirstOrDefault(parameter => parameter.Name == name + _suffix);
}
