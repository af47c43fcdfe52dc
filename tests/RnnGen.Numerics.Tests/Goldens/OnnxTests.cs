using System.Globalization;
using System.Text.Json;
using RnnGen.Numerics.Tests.Models;
using RnnGen.Numerics.Tests.Reference;

namespace RnnGen.Numerics.Tests.Goldens;

/// <summary>
/// The operators RNN, GRU and LSTM of ONNX, whose answers are in the folder <c>onnx</c>: directions, activations with alpha and beta, clip,
/// peepholes, coupled gates, both places of the reset gate, lengths per row. A file of two directions is two models, because ONNX gives each its
/// own activations.
/// </summary>
public class OnnxTests
{
    private static readonly CompiledModels Models = new(Files.SelectMany(file => Directions(file.Data)).Select(d => (d.Name, d.Declaration)));

    public static TheoryData<string> Files =>
        new(Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "onnx"), "*.safetensors").Select(Path.GetFileNameWithoutExtension).Order()!);

    [Theory]
    [MemberData(nameof(Files))]
    public void Agrees_within_1e_5(string name) => Assert.All(Directions(name), direction => direction.Check(new ModelUnderTest(Models.Create(direction.Name))));

    private static IEnumerable<OneDirection> Directions(string name)
    {
        var file = new GoldenFile(name + ".safetensors", "onnx");
        string direction = file.Text("direction");
        int directions = direction == "bidirectional" ? 2 : 1;
        return Enumerable.Range(0, directions).Select(d => new OneDirection(name, file, d, directions, isReverse: direction == "reverse" || d == 1));
    }

    /// <summary>One direction of an operator.</summary>
    private sealed class OneDirection(string name, GoldenFile file, int index, int directions, bool isReverse)
    {
        private readonly int _inputs = file.Option("input_size");
        private readonly int _units = file.Option("hidden_size");
        private readonly int _steps = file.Option("seq_len");
        private readonly int _batch = file.Option("batch");
        private readonly string _operator = file.Text("operator");

        private bool IsCoupled => _operator == "LSTM" && file.Option("input_forget") == 1;

        public string Name => $"{name}, direction {index}";

        public DeclaredModel Declaration =>
            new($"[RnnModel({_inputs}, {_steps}), {char.ToUpperInvariant(_operator[0])}{_operator[1..].ToLowerInvariant()}({_units}{Options()})]");

        public void Check(ModelUnderTest test)
        {
            CopyWeights(test.Model.Layers[0]);
            for (int row = 0; row < _batch; row++)
            {
                CheckRow(test, row);
            }
        }

        private void CheckRow(ModelUnderTest test, int row)
        {
            int length = file.Has("sequence_lens") ? file.Integers("sequence_lens")[row] : _steps;
            float[] x = [.. Enumerable.Range(0, length).SelectMany(t => Slice("X", ((t * _batch) + row) * _inputs, _inputs))];
            test.State.Reset();
            foreach (string state in test.State.Names)
            {
                string initial = "initial_" + Kind(state);
                if (file.Has(initial))
                {
                    Slice(initial, ((index * _batch) + row) * _units, _units).CopyTo(test.State[state]);
                }
            }

            var y = new float[length * _units];
            test.Forward(x, y);

            double[] expected = [.. Enumerable.Range(0, length).SelectMany(t => Slice("Y", ((((t * directions) + index) * _batch) + row) * _units, _units)).Select(v => (double)v)];
            Compare.Absolute(expected, y, 1e-5, "Y");
            foreach (string state in test.State.Names)
            {
                double[] last = [.. Slice("Y_" + Kind(state), ((index * _batch) + row) * _units, _units).Select(v => (double)v)];
                Compare.Absolute(last, test.State[state], 1e-5, "Y_" + Kind(state));
            }
        }

        private static char Kind(string state) => state[state.IndexOf('.') + 1];

        private string Options()
        {
            var options = new List<string>();
            if (isReverse)
            {
                options.Add("Direction = Direction.Reverse");
            }

            if (file.Json("clip").ValueKind == JsonValueKind.Number)
            {
                options.Add($"Clip = {Number(file.Json("clip"))}");
            }

            string[] functions = _operator switch { "RNN" => [""], "GRU" => ["Gate", "Candidate"], _ => ["Gate", "Cell", "Output"] };
            for (int k = 0; k < functions.Length; k++)
            {
                int place = (index * functions.Length) + k;
                options.Add($"{functions[k]}Activation = Activation.{file.Json("activations")[place]}");
                AddNumber(options, functions[k] + "Alpha", file.Json("alphas")[place]);
                AddNumber(options, functions[k] + "Beta", file.Json("betas")[place]);
            }

            if (_operator == "GRU")
            {
                options.Add($"LinearBeforeReset = {(file.Option("linear_before_reset") == 1 ? "true" : "false")}");
            }

            if (file.Has("P"))
            {
                options.Add("Peepholes = true");
            }

            if (IsCoupled)
            {
                options.Add("InputForget = true");
            }

            if (!file.Has("B"))
            {
                options.Add("Bias = false");
            }

            return string.Concat(options.Select(option => ", " + option));
        }

        private static void AddNumber(List<string> options, string name, JsonElement value)
        {
            if (value.ValueKind == JsonValueKind.Number)
            {
                options.Add($"{name} = {Number(value)}");
            }
        }

        private static string Number(JsonElement value) => ((float)value.GetDouble()).ToString("R", CultureInfo.InvariantCulture) + "f";

        /// <summary>ONNX's gates in our order: i f g o of its i o f c, and r z n of its z r h. Coupled gates have no rows for f.</summary>
        private int[] Gates => _operator switch { "RNN" => [0], "GRU" => [1, 0, 2], _ => IsCoupled ? [0, 3, 1] : [0, 2, 3, 1] };

        private void CopyWeights(Layer layer)
        {
            int all = _operator switch { "RNN" => 1, "GRU" => 3, _ => 4 };
            foreach (Parameter parameter in layer.Parameters)
            {
                string name = parameter.Name.Split("_l0")[0];
                parameter.CopyFrom(name switch
                {
                    "weight_ih" => Rows("W", index * all * _units, _inputs),
                    "weight_hh" => Rows("R", index * all * _units, _units),
                    "bias_ih" => Rows("B", index * 2 * all * _units, 1),
                    "bias_hh" => Rows("B", ((index * 2) + 1) * all * _units, 1),
                    "weight_ci" => Slice("P", index * 3 * _units, _units),
                    "weight_co" => Slice("P", ((index * 3) + 1) * _units, _units),
                    "weight_cf" => Slice("P", ((index * 3) + 2) * _units, _units),
                    _ => throw new InvalidOperationException(parameter.Name),
                });
            }
        }

        private float[] Rows(string tensor, int firstRow, int width) =>
            [.. Gates.SelectMany(gate => Slice(tensor, (firstRow + (gate * _units)) * width, _units * width))];

        private float[] Slice(string tensor, int start, int length) => file.Floats(tensor).AsSpan(start, length).ToArray();
    }
}
