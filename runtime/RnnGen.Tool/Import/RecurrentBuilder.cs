using RnnGen.Tool.Description;

namespace RnnGen.Tool.Import;

/// <summary>Makes recurrent layers: of one direction, or of two that have the same inputs and options.</summary>
/// <param name="usage">Which signals outputs depend on.</param>
/// <param name="layers">Receives the layers.</param>
internal sealed class RecurrentBuilder(Usage usage, LayerSet layers)
{
    private static readonly string[] LstmFunctions = ["Gate", "Cell", "Output"];
    private static readonly string[] GruFunctions = ["Gate", "Candidate"];
    private static readonly string[] RnnFunctions = [""];

    private readonly HashSet<RecurrentSignal> _done = [];

    /// <summary>Makes the layer of a signal, unless that of another direction was made of it, too.</summary>
    /// <param name="signal">The signal.</param>
    /// <param name="fold">Makes a matrix of what scaled inputs are made of.</param>
    public void Add(RecurrentSignal signal, Func<Wire[], double[], double[], Folded> fold)
    {
        if (!_done.Add(signal))
        {
            return;
        }

        RecurrentSignal[] candidates = [.. usage.Order.OfType<RecurrentSignal>().Where(candidate => IsPair(signal, candidate) && !_done.Contains(candidate))];
        RecurrentSignal? other = candidates.FirstOrDefault(candidate => candidate.Node == signal.Node) ?? candidates.FirstOrDefault();
        RecurrentSignal[] directions = other is null ? [signal] : signal.IsReverse ? [other, signal] : [signal, other];
        if (other is not null)
        {
            _done.Add(other);
        }

        Add(directions, fold);
    }

    private bool IsPair(RecurrentSignal one, RecurrentSignal other) => one.IsReverse != other.IsReverse && Patterns.Same(one.Operand, other.Operand)
        && one.Cell.HasOptionsOf(other.Cell) && usage.ReturnsSequences(one) == usage.ReturnsSequences(other);

    private void Add(RecurrentSignal[] directions, Func<Wire[], double[], double[], Folded> fold)
    {
        RecurrentSignal first = directions[0];
        CellWeights cell = first.Cell;
        bool learns = directions.Any(signal => signal.InitialH.Numbers is not null || signal.InitialC.Numbers is not null);
        Folded[] inputs = [.. directions.Select(signal => fold(signal.Operand, signal.Cell.InputWeights, signal.Cell.InputBias ?? new double[cell.Gates * cell.Units]))];
        bool hasBias = cell.InputBias is not null || inputs.Any(input => input.Bias.Any(bias => bias != 0));
        Joined joined = layers.Join(inputs[0].Wires, first.Origin);
        var tensors = new List<ImportedTensor>();
        for (int d = 0; d < directions.Length; d++)
        {
            AddTensors(tensors, directions[d], inputs[d], joined, hasBias, learns, directions.Length > 1 && d == 1 ? "_reverse" : directions[d].IsReverse ? "_reverse" : "");
        }

        layers.Add(
            new ImportedLayer
            {
                Name = "",
                Kind = cell.Kind.ToString(),
                Argument = cell.Units,
                Options = OptionsOf(directions, hasBias, learns),
                From = joined.From,
                Width = directions.Length * cell.Units,
                Tensors = tensors,
                Origin = first.Origin,
            },
            LayerBuilder.Outputs([.. directions.SelectMany(signal => signal.Wires())]));
    }

    private List<(string, object)> OptionsOf(RecurrentSignal[] directions, bool hasBias, bool learns)
    {
        CellWeights cell = directions[0].Cell;
        var options = new List<(string, object)>();
        AddUnless(directions.Length == 1 && !directions[0].IsReverse, "Direction", directions.Length > 1 ? Direction.Bidirectional : Direction.Reverse);
        AddUnless(usage.ReturnsSequences(directions[0]), "ReturnSequences", false);
        AddUnless(hasBias, "Bias", false);
        AddUnless(cell.LinearBeforeReset, "LinearBeforeReset", false);
        AddUnless(cell.Peepholes is null, "Peepholes", true);
        AddUnless(!cell.IsCoupled, "InputForget", true);
        AddUnless(cell.Clip == 0, "Clip", cell.Clip);
        AddUnless(!learns, "LearnInitialState", true);
        string[] prefixes = cell.Kind switch { CellKind.Lstm => LstmFunctions, CellKind.Gru => GruFunctions, _ => RnnFunctions };
        for (int k = 0; k < prefixes.Length; k++)
        {
            Activation usual = cell.Kind != CellKind.Rnn && k == 0 ? Activation.Sigmoid : Activation.Tanh;
            AddUnless(cell.Functions[k].Kind == usual, prefixes[k] + "Activation", cell.Functions[k].Kind);
            LayerBuilder.AddParameters(options, prefixes[k], cell.Functions[k]);
        }

        return options;

        void AddUnless(bool isDefault, string name, object value)
        {
            if (!isDefault)
            {
                options.Add((name, value));
            }
        }
    }

    private static void AddTensors(List<ImportedTensor> tensors, RecurrentSignal signal, Folded input, Joined joined, bool hasBias, bool learns, string suffix)
    {
        CellWeights cell = signal.Cell;
        int rows = cell.Gates * cell.Units;
        tensors.Add(new ImportedTensor("weight_ih_l0" + suffix, [rows, joined.Width], joined.Spread(input.Weights)));
        tensors.Add(new ImportedTensor("weight_hh_l0" + suffix, [rows, cell.Units], Array.ConvertAll(cell.StateWeights, weight => (float)weight)));
        if (hasBias)
        {
            tensors.Add(LayerBuilder.Vector("bias_ih_l0" + suffix, input.Bias));
            tensors.Add(LayerBuilder.Vector("bias_hh_l0" + suffix, cell.StateBias ?? new double[rows]));
        }

        string[] peepholes = cell.IsCoupled ? ["weight_ci_l0", "weight_co_l0"] : ["weight_ci_l0", "weight_cf_l0", "weight_co_l0"];
        for (int k = 0; k < (cell.Peepholes?.Length ?? 0); k++)
        {
            tensors.Add(LayerBuilder.Vector(peepholes[k] + suffix, cell.Peepholes![k]));
        }

        if (learns)
        {
            tensors.Add(LayerBuilder.Vector("initial_h_l0" + suffix, signal.InitialH.Numbers ?? new double[cell.Units]));
            if (cell.Kind == CellKind.Lstm)
            {
                tensors.Add(LayerBuilder.Vector("initial_c_l0" + suffix, signal.InitialC.Numbers ?? new double[cell.Units]));
            }
        }
    }
}
