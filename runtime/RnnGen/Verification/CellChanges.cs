namespace RnnGen.Verification;

/// <summary>The conventions of one cell, the usual ones first.</summary>
internal static class CellChanges
{
    private static readonly ElementFunction[] Gates = [new(Activation.Sigmoid), new(Activation.HardSigmoid, 0.2, 0.5), new(Activation.HardSigmoid, 1 / 6d, 0.5)];

    private static readonly ElementFunction[] Others =
        [new(Activation.Tanh), new(Activation.Relu), new(Activation.Affine), new(Activation.Sigmoid), new(Activation.Softsign), new(Activation.Elu)];

    public static IEnumerable<CellChange> Of(ReferenceCell cell) =>
    [
        .. Transpositions(cell),
        .. Gated(cell),
        .. Biases(cell),
        .. Orders(cell, "the gates are", (c, moved) => c with
        {
            InputWeights = moved(c.InputWeights), StateWeights = moved(c.StateWeights), InputBias = moved(c.InputBias), StateBias = moved(c.StateBias),
        }),
        .. Functions(cell),
        new(Convention.InitialState, "the initial states are zero", c => c with { InitialH = new double[c.InitialH.Length], InitialC = new double[c.InitialC.Length] }),
        .. Orders(cell, "the gates of the input weights alone are", (c, moved) => c with { InputWeights = moved(c.InputWeights) }),
        .. Orders(cell, "the gates of the state weights alone are", (c, moved) => c with { StateWeights = moved(c.StateWeights) }),
        .. Orders(cell, "the gates of the biases alone are", (c, moved) => c with { InputBias = moved(c.InputBias), StateBias = moved(c.StateBias) }),
        .. Peepholes(cell),
    ];

    private static IEnumerable<CellChange> Orders(ReferenceCell cell, string what, Func<ReferenceCell, Func<double[], double[]>, ReferenceCell> apply)
    {
        string own = string.Join(' ', cell.Gates);
        return
            from order in Permutations([.. cell.Gates])
            let text = string.Join(' ', order)
            where text != own
            select new CellChange(
                Convention.GateOrder, $"{what} in the order {text}, where {own} is assumed: GateOrder = \"{text}\" instead", c => string.Join(' ', c.Gates) == own ? apply(c, rows => Moved(c, rows, order)) : c);
    }

    private static IEnumerable<CellChange> Peepholes(ReferenceCell cell)
    {
        string[] own = [.. cell.Peepholes.Keys];
        return
            from order in Permutations(own)
            where !order.SequenceEqual(own)
            select new CellChange(
                Convention.Peepholes,
                $"the peephole weights are in the order {string.Join(' ', order)}, where {string.Join(' ', own)} is assumed",
                c => c.Peepholes.Keys.SequenceEqual(own) ? c with { Peepholes = order.Zip(own).ToDictionary(pair => pair.First, pair => c.Peepholes[pair.Second]) } : c);
    }

    private static IEnumerable<CellChange> Transpositions(ReferenceCell cell)
    {
        yield return Transposed("the matrices are transposed: Transposed = true", (c, m) => Vectors.Transpose(m, m.Length / (c.Gates.Count * c.Units)), true, true);
        yield return Transposed("the state weights are transposed: Transposed = true", (c, m) => Vectors.Transpose(m, c.StateSize), false, true);
        yield return Transposed("the input weights are transposed: Transposed = true", (c, m) => Vectors.Transpose(m, c.Inputs), true, false);
        if (cell.Gates.Count > 1)
        {
            yield return Transposed("the matrix of each gate is transposed: Transposed = true, with one matrix per gate", EachTransposed, true, true);
            yield return Transposed("the state weights of each gate are transposed: Transposed = true, with one matrix per gate", EachTransposed, false, true);
            yield return Transposed("the input weights of each gate are transposed: Transposed = true, with one matrix per gate", EachTransposed, true, false);
        }

        yield return new CellChange(Convention.JoinedOrder, "the matrices of x and h are exchanged: Joined = JoinedWeights.StateFirst", c => c.StateWeights.Length == 0 ? c : Exchanged(c));

        CellChange Transposed(string text, Func<ReferenceCell, double[], double[]> turned, bool input, bool state) => new(
            Convention.Transposition,
            text,
            c => c with { InputWeights = input ? turned(c, c.InputWeights) : c.InputWeights, StateWeights = state && c.StateWeights.Length > 0 ? turned(c, c.StateWeights) : c.StateWeights });
    }

    private static IEnumerable<CellChange> Gated(ReferenceCell cell)
    {
        if (cell.IsGru)
        {
            string place = cell.ResetAfter ? "before" : "after";
            yield return new(
                Convention.ResetGate,
                $"the reset gate acts {place} the recurrent product: declare LinearBeforeReset = {(cell.ResetAfter ? "false" : "true")}",
                c => c.IsGru ? c with { ResetAfter = !c.ResetAfter } : c);
        }

        if (cell.RowOf("f") >= 0)
        {
            yield return Forget(1, "1 is added to the forget gate: ForgetBias = 1");
            yield return Forget(-1, "1 is added twice to the forget gate: ForgetBias = 0");
        }

        if (cell.RowOf("z") >= 0)
        {
            yield return new(Convention.UpdateGate, "the update gate is 1 minus that of the layer: InvertedUpdate = true", c => c.RowOf("z") < 0 ? c : c with
            {
                InputWeights = Negated(c, c.InputWeights), StateWeights = Negated(c, c.StateWeights), InputBias = Negated(c, c.InputBias), StateBias = Negated(c, c.StateBias),
            });
        }

        static CellChange Forget(double amount, string text) => new(Convention.ForgetBias, text, c => c.RowOf("f") < 0 ? c : c with
        {
            InputBias = [.. c.InputBias.Select((value, k) => k / c.Units == c.RowOf("f") / c.Units ? value + amount : value)],
        });
    }

    private static IEnumerable<CellChange> Biases(ReferenceCell cell)
    {
        if (cell.IsGru)
        {
            yield return new(Convention.Biases, "the biases are exchanged: InputBias is StateBias", c => c with { InputBias = c.StateBias, StateBias = c.InputBias });
        }

        yield return new(Convention.Biases, "there is one bias: without StateBias", c => c with { StateBias = new double[c.StateBias.Length] });
        yield return new(Convention.Biases, "there is one bias: without InputBias", c => c with { InputBias = new double[c.InputBias.Length] });
        yield return new(Convention.Biases, "there are no biases", c => c with { InputBias = new double[c.InputBias.Length], StateBias = new double[c.StateBias.Length] });
        yield return new(Convention.Biases, "the bias is added twice: StateBias is InputBias, too", c => c with { StateBias = c.InputBias });
    }

    private static IEnumerable<CellChange> Functions(ReferenceCell cell)
    {
        if (cell.Declaration is RnnAttribute)
        {
            foreach (ElementFunction function in Others.Concat(Gates))
            {
                yield return new(Convention.Activation, $"the function is {function}: declare Activation = Activation.{function.Kind}", c => c.Declaration is RnnAttribute ? c with { Gate = function } : c);
            }

            yield break;
        }

        foreach (ElementFunction function in Gates)
        {
            yield return new(Convention.Activation, $"the function of the gates is {function}: declare GateActivation = Activation.{function.Kind}", c => c.Declaration is RnnAttribute or MinGruAttribute ? c : c with { Gate = function });
        }

        foreach (ElementFunction function in Others)
        {
            string name = cell.IsLstm ? "CellActivation" : "CandidateActivation";
            yield return new(Convention.Activation, $"the function of the candidate is {function}: declare {name} = Activation.{function.Kind}", c => c.Declaration is RnnAttribute or MinGruAttribute ? c : c with { Candidate = function });
            if (cell.IsLstm)
            {
                yield return new(Convention.Activation, $"the function of the memory in the output is {function}: declare OutputActivation = Activation.{function.Kind}", c => c.IsLstm ? c with { Squash = function } : c);
                yield return new(
                    Convention.Activation, $"the function of candidate and memory is {function}: declare CellActivation and OutputActivation = Activation.{function.Kind}", c => c.IsLstm ? c with { Candidate = function, Squash = function } : c);
            }
        }
    }

    /// <summary>Rows that were taken for those of the cell's gates are those of other gates.</summary>
    private static double[] Moved(ReferenceCell cell, double[] rows, string[] order)
    {
        int size = rows.Length / cell.Gates.Count;
        return [.. cell.Gates.SelectMany(gate => rows.AsSpan(Array.IndexOf(order, gate) * size, size).ToArray())];
    }

    private static double[] EachTransposed(ReferenceCell cell, double[] matrix)
    {
        int size = matrix.Length / cell.Gates.Count;
        return [.. Enumerable.Range(0, cell.Gates.Count).SelectMany(gate => Vectors.Transpose(matrix.AsSpan(gate * size, size), size / cell.Units))];
    }

    /// <summary>Columns of [x, h] that are those of [h, x].</summary>
    private static ReferenceCell Exchanged(ReferenceCell cell)
    {
        int rows = cell.Gates.Count * cell.Units;
        int inputs = cell.Inputs;
        double[][] joined =
        [
            .. Enumerable.Range(0, rows).Select(row => (double[])[.. cell.InputWeights.AsSpan(row * inputs, inputs), .. cell.StateWeights.AsSpan(row * cell.StateSize, cell.StateSize)]),
        ];
        return cell with { StateWeights = [.. joined.SelectMany(row => row[..cell.StateSize])], InputWeights = [.. joined.SelectMany(row => row[cell.StateSize..])] };
    }

    private static double[] Negated(ReferenceCell cell, double[] rows)
    {
        int size = rows.Length / cell.Gates.Count;
        int first = cell.RowOf("z") / cell.Units * size;
        return [.. rows.Select((value, k) => k >= first && k < first + size ? -value : value)];
    }

    private static IEnumerable<string[]> Permutations(string[] items) => items.Length < 2
        ? [items]
        : from k in Enumerable.Range(0, items.Length)
          from rest in Permutations([.. items[..k], .. items[(k + 1)..]])
          select (string[])[items[k], .. rest];
}
