using System.Globalization;
using RnnGen.Interop;

namespace RnnGen.Verification;

/// <summary>
/// One level and direction of a recurrent layer, as plain equations in double precision. Unlike the layer, it can change what the class fixes: functions, the
/// place of the reset gate.
/// </summary>
internal sealed record ReferenceCell
{
    // A product reads columns; made when it is needed.
    private double[]? _inputTransposed;
    private double[]? _stateTransposed;

    public required RecurrentAttribute Declaration { get; init; }

    /// <summary>The names of the gates in the order of the rows; an empty name if there is only one.</summary>
    public required IReadOnlyList<string> Gates { get; init; }

    /// <summary>What the names of its states have at the end, such as <c>_l1_reverse</c>.</summary>
    public required string Suffix { get; init; }

    public required int Units { get; init; }

    /// <summary>The size of h.</summary>
    public required int StateSize { get; init; }

    /// <summary>[gates x units, inputs].</summary>
    public required double[] InputWeights
    {
        get;
        init
        {
            field = value;
            _inputTransposed = null;
        }
    }

    /// <summary>[gates x units, size of h]; empty for a cell without a recurrent product.</summary>
    public required double[] StateWeights
    {
        get;
        init
        {
            field = value;
            _stateTransposed = null;
        }
    }

    public required double[] InputBias { get; init; }

    public required double[] StateBias { get; init; }

    public required double[] InitialH { get; init; }

    public required double[] InitialC { get; init; }

    /// <summary>The peephole weights i, f, o of an LSTM, where it has them.</summary>
    public IReadOnlyDictionary<string, double[]> Peepholes { get; init; } = new Dictionary<string, double[]>();

    /// <summary>[size of h, units]; empty for none.</summary>
    public double[] Projection { get; init; } = [];

    /// <summary>The gains and the offset of layer normalization by the names of their parameters; empty for none.</summary>
    public IReadOnlyDictionary<string, double[]> Norms { get; init; } = new Dictionary<string, double[]>();

    /// <summary>The function of the gates, or of a cell with only one function.</summary>
    public ElementFunction Gate { get; init; }

    /// <summary>The function of the candidate.</summary>
    public ElementFunction Candidate { get; init; }

    /// <summary>The function of the memory in the output.</summary>
    public ElementFunction Squash { get; init; }

    /// <summary>Whether a GRU applies the reset gate after the product.</summary>
    public bool ResetAfter { get; init; }

    /// <summary>What the inputs are rounded for, in every step.</summary>
    public WeightFormat InputFormat { get; init; } = WeightFormat.Float32;

    /// <summary>What the states are rounded for, in every step.</summary>
    public WeightFormat StateFormat { get; init; } = WeightFormat.Float32;

    public int Inputs => InputWeights.Length / (Gates.Count * Units);

    public bool IsLstm => Declaration is LstmAttribute;

    public bool IsGru => Declaration is GruAttribute;

    /// <summary>Copies a level and direction.</summary>
    public static ReferenceCell Of(RecurrentPart part)
    {
        var declaration = (RecurrentAttribute)part.Layer.Declaration;
        int rows = part.Gates.Count * part.Units;
        ReferenceCell cell = new()
        {
            Declaration = declaration,
            Gates = part.Gates,
            Suffix = (part.Level > 0 ? string.Create(CultureInfo.InvariantCulture, $"_l{part.Level}") : "") + (part.Direction == Direction.Reverse ? "_reverse" : ""),
            Units = part.Units,
            StateSize = part.StateSize,
            InputWeights = Wide(part.InputWeights, 0),
            StateWeights = Wide(part.StateWeights, 0),
            InputBias = Wide(part.InputBias, rows),
            StateBias = Wide(part.StateBias, rows),
            InitialH = Wide(part.InitialH, part.StateSize),
            InitialC = Wide(part.InitialC, part.Units),
            Peepholes = part.Peepholes.ToDictionary(peephole => peephole.Gate, peephole => Wide(peephole.Parameter, 0)),
            Projection = Wide(part.Projection, 0),
            Norms = part.Norms.ToDictionary(norm => norm.Name, norm => Wide(norm.Parameter, 0)),
        };
        return cell.WithDeclaredFunctions();
    }

    /// <summary>A copy with the functions of the declaration.</summary>
    public ReferenceCell WithDeclaredFunctions() => Declaration switch
    {
        LstmAttribute lstm => this with
        {
            Gate = new(lstm.GateActivation, lstm.GateAlpha, lstm.GateBeta),
            Candidate = new(lstm.CellActivation, lstm.CellAlpha, lstm.CellBeta),
            Squash = new(lstm.OutputActivation, lstm.OutputAlpha, lstm.OutputBeta),
        },
        GruAttribute gru => this with
        {
            Gate = new(gru.GateActivation, gru.GateAlpha, gru.GateBeta),
            Candidate = new(gru.CandidateActivation, gru.CandidateAlpha, gru.CandidateBeta),
            ResetAfter = gru.LinearBeforeReset,
        },
        MguAttribute mgu => this with
        {
            Gate = new(mgu.GateActivation, mgu.GateAlpha, mgu.GateBeta),
            Candidate = new(mgu.CandidateActivation, mgu.CandidateAlpha, mgu.CandidateBeta),
        },
        RnnAttribute rnn => this with { Gate = new(rnn.Activation, rnn.Alpha, rnn.Beta) },
        _ => this with { Gate = new(Activation.Sigmoid), Candidate = new(Activation.Affine) },
    };

    /// <summary><c>W·x</c> for all gates.</summary>
    public double[] FromInput(ReadOnlySpan<double> x) => Product(_inputTransposed ??= Vectors.Transpose(InputWeights, Gates.Count * Units), InputFormat, x);

    /// <summary><c>R·h</c> for all gates.</summary>
    public double[] FromState(ReadOnlySpan<double> h) => Product(_stateTransposed ??= Vectors.Transpose(StateWeights, Gates.Count * Units), StateFormat, h);

    /// <summary>Where the rows of a gate start.</summary>
    public int RowOf(string gate)
    {
        for (int k = 0; k < Gates.Count; k++)
        {
            if (Gates[k] == gate)
            {
                return k * Units;
            }
        }

        return -1;
    }

    private double[] Product(double[] transposed, WeightFormat format, ReadOnlySpan<double> source)
    {
        var sums = new double[Gates.Count * Units];
        Vectors.AddProduct(transposed, format == WeightFormat.Float32 ? source : NarrowReference.Numbers(format, source), sums);
        return sums;
    }

    private static double[] Wide(Parameter? parameter, int count) => parameter is null ? new double[count] : [.. RecurrentPart.ValuesOf(parameter)];
}
