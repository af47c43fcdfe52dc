namespace RnnGen.Tool.Import;

/// <summary>ONNX's recurrent operators. Their gates are z r h and i o f c; ours are PyTorch's r z n and i f g o.</summary>
internal static class RecurrentNodes
{
    public static Value[] Rnn(NodeCall call) => Layer(call, CellKind.Rnn, [0], [Activation.Tanh], initialC: -1);

    public static Value[] Gru(NodeCall call) => Layer(call, CellKind.Gru, [1, 0, 2], [Activation.Sigmoid, Activation.Tanh], initialC: -1);

    public static Value[] Lstm(NodeCall call) =>
        Layer(call, CellKind.Lstm, call.Node.Int("input_forget", 0) != 0 ? [0, 3, 1] : [0, 2, 3, 1], [Activation.Sigmoid, Activation.Tanh, Activation.Tanh], initialC: 6);

    private static Value[] Layer(NodeCall call, CellKind kind, int[] gates, Activation[] defaults, int initialC)
    {
        bool isBatchFirst = call.Node.Int("layout", 0) switch
        {
            0 => false,
            1 => true,
            var other => throw call.Refuse($"expected layout 0 or 1, found {other}."),
        };
        bool[] directions = call.Node.Text("direction", "forward").ToLowerInvariant() switch
        {
            "forward" => [false],
            "reverse" => [true],
            "bidirectional" => [false, true],
            var other => throw call.Refuse($"expected direction forward, reverse or bidirectional, found {other}."),
        };
        int all = kind switch { CellKind.Rnn => 1, CellKind.Gru => 3, _ => 4 };
        Value x = call.Input(0);
        if (x.Shape.Length != 3)
        {
            throw call.Refuse($"expected inputs of three dimensions, found {Shapes.Show(x.Shape)}.");
        }

        x = isBatchFirst ? call.Transpose(x, [1, 0, 2]) : x;
        (int steps, int rows, int inputs) = (x.Shape[0], x.Shape[1], x.Shape[2]);
        ConstantValue w = call.Constant(1);
        ConstantValue r = call.Constant(2);
        int units = r.Shape is [_, _, > 0 and var last] ? last : 0;
        Expect(call, "W", w, directions.Length, all * units, inputs);
        Expect(call, "R", r, directions.Length, all * units, (int)Math.Clamp(call.Node.Int("hidden_size", units), 0, int.MaxValue));
        ConstantValue? b = call.OptionalConstant(3);
        Expect(call, "B", b, directions.Length, 2 * all * units);
        ConstantValue? p = kind == CellKind.Lstm ? call.OptionalConstant(7) : null;
        Expect(call, "P", p, directions.Length, 3 * units);

        RowsOf read = RecurrentValues.Read(call, x);
        ReadLengths(call, steps);
        Function[][] functions = ActivationsOf(call, defaults, directions.Length);
        Value?[] initial = [Initial(call, 5, isBatchFirst), initialC < 0 ? null : Initial(call, initialC, isBatchFirst)];
        var signals = new RecurrentSignal[directions.Length];
        for (int d = 0; d < directions.Length; d++)
        {
            call.Take([all * units, inputs + units + 3]);
            var cell = new CellWeights
            {
                Kind = kind,
                Units = units,
                InputWeights = CellWeights.Blocks(w.Numbers, d * all * units * inputs, gates, units * inputs),
                StateWeights = CellWeights.Blocks(r.Numbers, d * all * units * units, gates, units * units),
                InputBias = b is null ? null : CellWeights.Blocks(b.Numbers, d * 2 * all * units, gates, units),
                StateBias = b is null ? null : CellWeights.Blocks(b.Numbers, ((d * 2) + 1) * all * units, gates, units),
                Peepholes = p is null ? null : [.. Peepholes(gates.Length).Select(gate => CellWeights.Blocks(p.Numbers, d * 3 * units, [gate], units))],
                IsCoupled = kind == CellKind.Lstm && gates.Length == 3,
                LinearBeforeReset = kind != CellKind.Gru || call.Node.Int("linear_before_reset", 0) != 0,
                Clip = call.Node.Float("clip", 0),
                Functions = functions[d],
            };
            signals[d] = new RecurrentSignal(call.Place, call, cell, read.Wires, read.PositionCount, directions[d])
            {
                InitialH = InitialOf(call, initial[0], d, directions.Length, rows, units),
                InitialC = InitialOf(call, initial[1], d, directions.Length, rows, units),
            };
        }

        Value y = RecurrentValues.Output(call, signals);
        Value[] states = [RecurrentValues.Final(call, signals, 'h'), .. kind == CellKind.Lstm ? (Value[])[RecurrentValues.Final(call, signals, 'c')] : []];
        return isBatchFirst
            ? [call.Transpose(y, [2, 0, 1, 3]), .. states.Select(state => call.Transpose(state, [1, 0, 2]))]
            : [y, .. states];
    }

    /// <summary>The peepholes c to i, f and o of ONNX's i, o, f.</summary>
    private static int[] Peepholes(int gates) => gates == 3 ? [0, 1] : [0, 2, 1];

    private static void ReadLengths(NodeCall call, int steps)
    {
        switch (call.Optional(4))
        {
            case null:
            case ConstantValue lengths when lengths.Numbers.All(length => length == steps):
                return;
            case SignalValue { Elements: [{ Signal: InputSignal { IsInteger: true } input }, ..] } lengths when
                lengths.Elements.Select((element, k) => element.Signal == input && element.Index == k).All(isSame => isSame)
                && (call.Context.Lengths ?? input) == input:
                call.Context.Lengths = input;
                return;
            default:
                throw call.Refuse($"expected the lengths of the rows as an input of the graph, one for all layers, found other ones.");
        }
    }

    private static Value? Initial(NodeCall call, int input, bool isBatchFirst) => call.Optional(input) is not { } value ? null
        : value.Shape.Length != 3 ? throw call.Refuse($"expected initial states of three dimensions, found {Shapes.Show(value.Shape)}.")
        : isBatchFirst ? call.Transpose(value, [1, 0, 2])
        : value;

    private static InitialState InitialOf(NodeCall call, Value? value, int direction, int directions, int rows, int units)
    {
        if (value is null)
        {
            return new InitialState();
        }

        if (!value.Shape.AsSpan().SequenceEqual([directions, rows, units]))
        {
            throw call.Refuse($"expected initial states of shape {Shapes.Show([directions, rows, units])}, found {Shapes.Show(value.Shape)}.");
        }

        int start = direction * rows * units;
        if (value is SignalValue { Elements: var elements })
        {
            Element[] own = elements[start..(start + (rows * units))];
            return own.All(element => element.Signal is InputSignal)
                ? new InitialState(Elements: own)
                : throw call.Refuse($"expected initial states that are numbers of the file or inputs of the graph, found that {own.First(e => e.Signal is not InputSignal).Signal.Origin} computes them. Import the networks one by one, and use StartFrom.");
        }

        double[] numbers = ((ConstantValue)value).Numbers[start..(start + (rows * units))];
        for (int k = units; k < numbers.Length; k++)
        {
            if (!numbers[k].Equals(numbers[k % units]))
            {
                throw call.Refuse($"expected the same initial state for every row of the batch, found others.");
            }
        }

        return numbers.All(number => number == 0) ? new InitialState() : new InitialState(numbers[..units]);
    }

    /// <summary>The functions of every direction. Alphas and betas are listed only for functions that have one.</summary>
    private static Function[][] ActivationsOf(NodeCall call, Activation[] defaults, int directions)
    {
        IReadOnlyList<string>? names = call.Node.Texts("activations");
        int count = defaults.Length * directions;
        if (names is not null && names.Count != count)
        {
            throw call.Refuse($"expected {count} activations, found {names.Count}.");
        }

        var alphas = new Queue<float>(call.Node.Floats("activation_alpha") ?? []);
        var betas = new Queue<float>(call.Node.Floats("activation_beta") ?? []);
        var functions = new Function[directions][];
        for (int d = 0; d < directions; d++)
        {
            functions[d] = new Function[defaults.Length];
            for (int k = 0; k < defaults.Length; k++)
            {
                Activation kind = names is null ? defaults[k] : Function.Find(names[(d * defaults.Length) + k])
                    ?? throw call.Refuse($"expected an activation of {Function.Names}, found {names[(d * defaults.Length) + k]}.");
                double? alpha = Function.TakesAlpha(kind) && alphas.TryDequeue(out float a) ? a : null;
                functions[d][k] = new Function(kind, alpha, Function.TakesBeta(kind) && betas.TryDequeue(out float b) ? b : null);
            }
        }

        return functions;
    }

    private static void Expect(NodeCall call, string name, ConstantValue? value, params int[] shape)
    {
        if (value is not null && !value.Shape.AsSpan().SequenceEqual(shape))
        {
            throw call.Refuse($"expected {name} of shape {Shapes.Show(shape)}, found {Shapes.Show(value.Shape)}.");
        }
    }
}
