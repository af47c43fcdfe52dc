namespace RnnGen.Numerics.Tests.Models;

/// <summary>The table of models that are checked.</summary>
internal static class Combinations
{
    private static readonly string[] Heads = ["", "Softmax", "Sigmoid", "Linear"];

    private static readonly string[] Cells = ["Rnn({0})", "Lstm({0})", "Gru({0})", "Gru({0}, LinearBeforeReset = false)", "Rnn({0}, Activation = Activation.Relu)", "Lstm({0}, Peepholes = true, Clip = 0.8f)"];

    public static IReadOnlyDictionary<string, DeclaredModel> All { get; } = Directions().Concat(Graphs()).Concat(Losses()).Concat(Options()).Concat(Recurrences()).Concat(Minimal()).Concat(Large()).Concat(Unrolled()).Concat(Twins()).ToDictionary(c => c.Name, c => c.Model);

    /// <summary>Cells in all directions, one to three levels, all merge modes, with and without residual, to sequences and to one.</summary>
    private static IEnumerable<(string Name, DeclaredModel Model)> Directions()
    {
        int count = 0;
        foreach (string cell in Cells)
        {
            foreach (string options in new[]
            {
                "Direction = Direction.Reverse",
                "Direction = Direction.Reverse, Layers = 2",
                "Direction = Direction.Reverse, ReturnSequences = false",
                "Direction = Direction.Reverse, Residual = true",
                "Direction = Direction.Bidirectional",
                "Direction = Direction.Bidirectional, Layers = 2",
                "Direction = Direction.Bidirectional, ReturnSequences = false",
                "Direction = Direction.Bidirectional, Merge = Merge.Sum",
                "Direction = Direction.Bidirectional, Merge = Merge.Average, ReturnSequences = false",
                "Direction = Direction.Bidirectional, Merge = Merge.Multiply",
                "Direction = Direction.Bidirectional, Merge = Merge.Sum, Layers = 2, Residual = true",
                "Layers = 2",
                "Layers = 3, ReturnSequences = false",
                "Layers = 2, Residual = true",
                "Residual = true",
                "Bias = false, Direction = Direction.Bidirectional, Merge = Merge.Multiply, Layers = 2, ReturnSequences = false",
            })
            {
                // Sizes from 1 to 18, on both sides of a vector's; a residual layer is as large as its input.
                int size = 1 + (count * 5 % 18);
                int input = options.Contains("Residual") ? size : 1 + (count * 7 % 5);
                bool tokens = count % 4 == 1 && !options.Contains("Residual");
                string head = Heads[count++ % Heads.Length];
                string layer = cell.Replace("{0}", $"{size}").Replace(")", $", {options})");
                yield return ($"{cell}: {options}", Model(input, tokens, head, $"[{layer}] public partial Layer A {{ get; }}"));
            }
        }
    }

    /// <summary>Layers that read several others, and several that read one.</summary>
    private static IEnumerable<(string Name, DeclaredModel Model)> Graphs()
    {
        (string Name, string[] Layers)[] graphs =
        [
            ("skip", ["Rnn(5)", "Gru(4)", "Dense(3, From = [nameof(A), nameof(B)])"]),
            ("skip from the input", ["Lstm(5)", "Gru(4, From = [nameof(A), Layer.Input])"]),
            ("input last", ["Gru(6)", "Lstm(3, From = [nameof(A)])", "Rnn(4, From = [Layer.Input, nameof(B), nameof(A)])"]),
            ("two branches", ["Rnn(4, From = [Layer.Input])", "Lstm(3, From = [Layer.Input])", "Gru(5, From = [nameof(A), nameof(B)])"]),
            ("branch of a branch", ["Dense(7)", "Activation(Activation.Tanh)", "Rnn(5, From = [nameof(A)])", "Gru(3, From = [nameof(B), nameof(C)])"]),
            ("residual dense", ["Rnn(6)", "Dense(6, Residual = true)", "Gru(6, Residual = true)"]),
            ("input twice", ["Rnn(5, From = [Layer.Input, Layer.Input])"]),
            ("join of the last steps", ["Lstm(5, ReturnSequences = false)", "Gru(4, From = [Layer.Input], ReturnSequences = false)", "Dense(3, From = [nameof(A), nameof(B)])"]),
            ("residual after the last step", ["Lstm(5, ReturnSequences = false)", "Dense(5, Residual = true)"]),
            ("both ways and a skip", ["Gru(3, Direction = Direction.Bidirectional)", "Lstm(4, From = [nameof(A), Layer.Input], Direction = Direction.Bidirectional, Merge = Merge.Average)"]),
            ("forward beside reverse, last steps", ["Rnn(3, ReturnSequences = false)", "Rnn(4, From = [Layer.Input], Direction = Direction.Reverse, ReturnSequences = false)", "Dense(2, From = [nameof(A), nameof(B)])"]),
            ("reverse below forward", ["Rnn(17, Direction = Direction.Reverse)", "Gru(5)", "Lstm(4, From = [nameof(A), nameof(B)], Layers = 2)"]),
        ];
        int count = 0;
        foreach ((string name, string[] layers) in graphs)
        {
            foreach (string head in Heads.Skip(count++ % 2).Where((_, k) => k % 2 == 0))
            {
                string body = string.Join("\n", layers.Select((layer, k) => $"[{layer}] public partial Layer {(char)('A' + k)} {{ get; }}"));
                yield return ($"{name}, {(head == "" ? "no" : head)} head", Model(1 + (count % 4), false, head, body));
            }
        }
    }

    /// <summary>Heads for regression with other losses than the squared error.</summary>
    private static IEnumerable<(string Name, DeclaredModel Model)> Losses()
    {
        foreach (string loss in new[] { "Loss = Loss.AbsoluteError", "Loss = Loss.Huber", "Loss = Loss.Huber, Delta = 0.25" })
        {
            foreach (int size in new[] { 3, 19 })
            {
                yield return With(3, $"Linear({size}, {loss})", "Gru(5)");
            }
        }
    }

    /// <summary>Options of heads, at sizes below and above a vector, and layers whose weights come from data.</summary>
    private static IEnumerable<(string Name, DeclaredModel Model)> Options()
    {
        foreach (int size in new[] { 3, 19 })
        {
            string weights = string.Join(", ", Enumerable.Range(0, size).Select(k => k % 3 == 1 ? 0 : 1 + (k % 4)));
            yield return With(3, $"Linear({size})", "Gru(5)");
            yield return With(3, $"Sigmoid({size})", "Gru(5)");
            yield return With(3, $"Softmax({size}, ClassWeights = [{weights}])", "Gru(5)");
            yield return With(3, $"Sigmoid({size}, PositiveWeights = [{weights}])", "Rnn(5, ReturnSequences = false)");
            yield return With(size, "Linear(2)", "Normalization", "Gru(5)");
            yield return With(size, "Linear(2)", "Normalization", "Rnn(4, Direction = Direction.Bidirectional)");
        }

        yield return With(7, "Softmax(7, Tied = nameof(A))", "Embedding(5)", "Gru(5)");
        yield return With(19, "Softmax(19, Tied = nameof(A), Bias = false)", "Embedding(17)", "Rnn(6)", "Dense(17)");
        yield return With(35, "Softmax(35, Tied = nameof(A))", "Embedding(4)", "Lstm(4, ReturnSequences = false)");
        yield return With(9, "Softmax(9, Tied = nameof(A))", "Embedding(33)", "Gru(33, Direction = Direction.Bidirectional, Merge = Merge.Sum)");
    }

    private static (string Name, DeclaredModel Model) With(int inputSize, string head, params string[] layers)
    {
        string body = string.Concat(layers.Select((layer, k) => $"[{layer}] public partial Layer {(char)('A' + k)} {{ get; }}\n")) + $"[{head}] public partial Layer Out {{ get; }}";
        return ($"{inputSize} inputs, {string.Join(", ", layers)}, {head}", Model(inputSize, layers[0].StartsWith("Embedding"), "", body));
    }

    /// <summary>Recurrent dropout, zoneout and learned states, with other options and in all directions.</summary>
    private static IEnumerable<(string Name, DeclaredModel Model)> Recurrences()
    {
        string[] layers =
        [
            "Rnn(5, RecurrentDropout = 0.4)",
            "Rnn(17, Zoneout = 0.3, Clip = 0.6f)",
            "Rnn(16, RecurrentDropout = 0.2, Zoneout = 0.3, Activation = Activation.Relu, Direction = Direction.Bidirectional, Layers = 2)",
            "Lstm(6, RecurrentDropout = 0.4, ReturnSequences = false)",
            "Lstm(5, Zoneout = 0.1)",
            "Lstm(17, ZoneoutCell = 0.5, Direction = Direction.Reverse)",
            "Lstm(4, RecurrentDropout = 0.3, Zoneout = 0.1, ZoneoutCell = 0.5, Peepholes = true, InputForget = true, Clip = 0.7f, Layers = 2)",
            "Lstm(18, RecurrentDropout = 0.3, Zoneout = 0.1, ZoneoutCell = 0.5, Peepholes = true, LayerNorm = true, ProjectionSize = 7)",
            "Gru(5, RecurrentDropout = 0.4)",
            "Gru(16, RecurrentDropout = 0.4, Zoneout = 0.2, LinearBeforeReset = false, Direction = Direction.Bidirectional, Merge = Merge.Sum)",
            "Gru(3, Zoneout = 0.5, Bias = false)",
            "Rnn(7, LearnInitialState = true)",
            "Lstm(5, LearnInitialState = true, Direction = Direction.Bidirectional, Layers = 2)",
            "Lstm(17, LearnInitialState = true, ProjectionSize = 3, ReturnSequences = false)",
            "Gru(5, LearnInitialState = true, Direction = Direction.Reverse)",
            "Gru(18, LearnInitialState = true, RecurrentDropout = 0.3, Zoneout = 0.4, LinearBeforeReset = false, Residual = true)",
        ];
        int count = 0;
        foreach (string layer in layers)
        {
            int input = layer.Contains("Residual") ? 18 : 1 + (count * 7 % 5);
            bool tokens = count % 4 == 1;
            yield return (layer, Model(input, tokens, Heads[count++ % Heads.Length], $"[{layer}] public partial Layer A {{ get; }}"));
        }
    }

    /// <summary>Other cells than those of ONNX: directions, levels, ends, options, and a size at which the sums of the inputs come first.</summary>
    private static IEnumerable<(string Name, DeclaredModel Model)> Minimal()
    {
        foreach ((string cell, string functions) in new[] { ("MinGru", "Clip = 0.9f"), ("Mgu", "RecurrentDropout = 0.3, GateActivation = Activation.HardSigmoid, CandidateActivation = Activation.Elu, CandidateAlpha = 0.7f") })
        {
            yield return With(3, "Softmax(4)", $"{cell}(5)");
            yield return With(1, "Linear(2)", $"{cell}(1)", $"{cell}(16)", $"{cell}(17, ReturnSequences = false)");
            yield return With(9, "Softmax(9)", "Embedding(4)", $"{cell}(6)");
            yield return With(4, "Sigmoid(3)", $"{cell}(33, Bias = false, Zoneout = 0.2, LearnInitialState = true)");
            yield return With(2, "Linear(3)", $"{cell}(7, {functions}, Direction = Direction.Bidirectional, Layers = 2)");
            yield return With(5, "Linear(3)", $"{cell}(5, Direction = Direction.Bidirectional, Merge = Merge.Sum, Residual = true)");
            yield return ($"Tokens, {cell}", Model(7, tokens: true, "Softmax", $"[{cell}(20)] public partial Layer A {{ get; }}"));
            DeclaredModel large = Model(70, tokens: false, "Linear", $"[{cell}(80)] public partial Layer A {{ get; }}");
            yield return ($"Large {cell}", large with { Attributes = "[RnnModel(inputSize: 70, sequenceLength: 19)]" });
        }
    }

    /// <summary>Layers whose inputs are summed up sixteen steps at a time: in windows of such a chunk and some steps, of two chunks, and of a step alone.</summary>
    private static IEnumerable<(string Name, DeclaredModel Model)> Large()
    {
        (string Layers, int Inputs)[] models =
        [
            ("Rnn(90)", 50),
            ("Lstm(33)", 70),
            ("Gru(40)", 70),
            ("Gru(40, LinearBeforeReset = false)", 70),
            ("Lstm(33, Peepholes = true, InputForget = true)", 90),
            ("Lstm(33, LayerNorm = true)", 70),
            ("Lstm(40, ProjectionSize = 20)", 70),
            ("Lstm(50, Residual = true)", 50),
            ("Gru(50, Layers = 2, Residual = true)", 50),
            ("Lstm(33, Direction = Direction.Reverse)", 70),
            ("Gru(40, Direction = Direction.Bidirectional, Merge = Merge.Sum)", 70),
            ("Lstm(33, Direction = Direction.Bidirectional, ReturnSequences = false)", 70),
            ("Rnn(90, Layers = 2, ReturnSequences = false)", 50),
            ("Gru(40, Bias = false)", 70),
            ("Lstm(33, RecurrentDropout = 0.3, Zoneout = 0.1, LearnInitialState = true)", 70),
        ];
        int count = 0;
        foreach ((string layer, int inputs) in models)
        {
            DeclaredModel model = Model(inputs, tokens: false, Heads[count++ % Heads.Length], $"[{layer}] public partial Layer A {{ get; }}");
            yield return ("Large " + layer, model with { Attributes = $"[RnnModel(inputSize: {inputs}, sequenceLength: {(layer.StartsWith("Gru(40)") ? 34 : 19)})]" });
        }

        string last = "[Rnn(90)] public partial Layer A { get; }\n[Lstm(40, From = [nameof(A), Layer.Input], ReturnSequences = false)] public partial Layer B { get; }\n[Dense(6)] public partial Layer C { get; }";
        yield return ("Large, input twice and a last step", Model(50, tokens: false, "Linear", last) with { Attributes = "[RnnModel(inputSize: 50, sequenceLength: 19)]" });
    }

    /// <summary>Loops that are written out, and kernels that have nothing but loops; some are too large to be written out.</summary>
    private static IEnumerable<(string Name, DeclaredModel Model)> Unrolled()
    {
        foreach (string unroll in new[] { "Rows", "None" })
        {
            foreach ((string layer, int inputs, int steps) in new[]
            {
                ("Rnn(17)", 3, 5),
                ("Lstm(20)", 1, 5),
                ("Lstm(32)", 16, 5),
                ("Lstm(24, LayerNorm = true, Peepholes = true)", 2, 5),
                ("Gru(24, LinearBeforeReset = false)", 5, 5),
                ("Gru(40)", 70, 19),
            })
            {
                DeclaredModel model = Model(inputs, tokens: false, "Linear", $"[{layer}] public partial Layer A {{ get; }}");
                yield return ($"Unroll.{unroll}: {layer}", model with { Attributes = $"[RnnModel(inputSize: {inputs}, sequenceLength: {steps}, Unroll = Unroll.{unroll})]" });
            }
        }
    }

    /// <summary>Layers with the same equations and sizes, whose kernels are shared.</summary>
    private static IEnumerable<(string Name, DeclaredModel Model)> Twins()
    {
        foreach ((int inputs, int steps, string[] layers) in new (int, int, string[])[]
        {
            (5, 5, ["Lstm(5)", "Lstm(5)", "Lstm(5, ReturnSequences = false)"]),
            (20, 5, ["Gru(20, LinearBeforeReset = false)", "Rnn(20)", "Gru(20, LinearBeforeReset = false, From = [Layer.Input])", "Dense(20, From = [nameof(B)])", "Dense(20, From = [nameof(C)])", "Rnn(3, From = [nameof(D), nameof(E)])"]),
            (6, 5, ["Lstm(6, LearnInitialState = true, Peepholes = true)", "Lstm(6, LearnInitialState = true, Peepholes = true, Direction = Direction.Reverse)"]),
            (40, 19, ["Lstm(40)", "Lstm(40, Residual = true)", "Lstm(40)"]),
        })
        {
            string body = string.Join("\n", layers.Select((layer, k) => $"[{layer}] public partial Layer {(char)('A' + k)} {{ get; }}"));
            DeclaredModel model = Model(inputs, tokens: false, "Linear", body);
            yield return ($"Twins of {layers[0]}", model with { Attributes = $"[RnnModel(inputSize: {inputs}, sequenceLength: {steps})]" });
        }
    }

    private static DeclaredModel Model(int inputSize, bool tokens, string head, string body)
    {
        string attribute = $"[RnnModel(inputSize: {inputSize}, sequenceLength: 5, Tokens = {(tokens ? "true" : "false")})]";
        string members = head == "" ? body : body + $"\n[{head}(3)] public partial Layer Out {{ get; }}";
        return new DeclaredModel(attribute, members);
    }
}
