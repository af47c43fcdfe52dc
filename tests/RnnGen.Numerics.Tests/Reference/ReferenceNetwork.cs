using System.Reflection;
using RnnGen.Generator.Cells;
using RnnGen.Generator.Model;
using RnnGen.Generator.Planning;
using RnnGen.Numerics.Tests.Goldens;

namespace RnnGen.Numerics.Tests.Reference;

/// <summary>A whole model in double precision, read from the attributes of its class: layers by their equations, heads by their definitions.</summary>
internal sealed class ReferenceNetwork
{
    private readonly List<(LayerSpec Spec, Cell Cell)> _layers = [];
    private readonly bool _tokens;
    private readonly int _inputSize;

    public ReferenceNetwork(IRnnModel model, Cell cell)
    {
        _inputSize = cell.Input.Size;
        _layers.Add((new LayerSpec(model.Layers[0].Name, LayerKind.Rnn, _inputSize, cell.Output!.Size, default, true, true, true, null), cell));
        ReadWeights(model);
    }

    public ReferenceNetwork(IRnnModel model)
    {
        Type type = model.GetType();
        RnnModelAttribute attribute = type.GetCustomAttribute<RnnModelAttribute>()!;
        (string Name, LayerAttribute Attribute)[] members =
        [
            .. type.GetProperties()
                .Where(p => p.GetCustomAttribute<LayerAttribute>() is not null)
                .OrderBy(p => p.MetadataToken)
                .Select(p => (p.Name, p.GetCustomAttribute<LayerAttribute>()!))
        ];
        if (members.Length == 0)
        {
            members = [.. type.GetCustomAttributes<LayerAttribute>().Select(a => (a.GetType().Name.Replace("Attribute", ""), a))];
        }

        _inputSize = attribute.InputSize;
        _tokens = attribute.Tokens || members[0].Attribute is EmbeddingAttribute;
        int size = attribute.InputSize;
        foreach ((string name, LayerAttribute layer) in members)
        {
            LayerSpec spec = Spec(name, layer, size);
            Cell cell = LayerCells.Of(spec);
            _layers.Add((spec, cell));
            size = spec.Size;
        }

        ReadWeights(model);
    }

    public Dictionary<string, double[]> Weights { get; } = [];

    private void ReadWeights(IRnnModel model)
    {
        foreach (Layer layer in model.Layers)
        {
            foreach (Parameter parameter in layer.Parameters)
            {
                var values = new float[parameter.Count];
                parameter.CopyTo(values);
                Weights.Add($"{layer.Name}.{parameter.Name}", [.. values.Select(v => (double)v)]);
            }
        }
    }

    /// <param name="inputs">A window: numbers, or tokens written as numbers.</param>
    /// <param name="states">States by name, such as A.h; they are moved on.</param>
    /// <returns>The last layer's outputs before the activation of the head, row after row.</returns>
    public double[][] Forward(double[] inputs, Dictionary<string, double[]> states)
    {
        double[][] sequence = _tokens
            ? [.. inputs.Select(token => Enumerable.Range(0, _inputSize).Select(k => k == (int)token ? 1.0 : 0).ToArray())]
            : [.. inputs.Chunk(_inputSize)];
        foreach ((LayerSpec spec, Cell cell) in _layers)
        {
            var run = new CellRun(cell, cell.Tensors.ToDictionary(t => t.Name, t => Weights[$"{spec.Name}.{t.Name}"]));
            (sequence, double[][] last) = run.Forward(sequence, [.. cell.States.Select(s => states[$"{spec.Name}.{s.Name}"])]);
            for (int k = 0; k < last.Length; k++)
            {
                states[$"{spec.Name}.{cell.States[k].Name}"] = last[k];
            }

            if (!spec.ReturnSequences)
            {
                sequence = [sequence[^1]];
            }
        }

        return sequence;
    }

    /// <summary>The activation of the head, row by row.</summary>
    public double[] Activate(double[][] rows) => _layers[^1].Spec.Kind switch
    {
        LayerKind.Softmax => [.. rows.SelectMany(row => row.Select(z => Math.Exp(z) / row.Sum(Math.Exp)))],
        LayerKind.Sigmoid => [.. rows.SelectMany(row => row.Select(z => 1 / (1 + Math.Exp(-z))))],
        _ => [.. rows.SelectMany(row => row)],
    };

    /// <summary>The sum of the losses of the head.</summary>
    public double Loss(double[][] rows, Targets targets)
    {
        double[] y = Activate(rows);
        int size = rows[0].Length;
        return _layers[^1].Spec.Kind switch
        {
            LayerKind.Softmax => targets.Integers.Select((target, row) => target < 0 ? 0 : -Math.Log(y[(row * size) + target])).Sum(),
            LayerKind.Sigmoid => y.Zip(targets.Floats, (p, t) => -(t * Math.Log(p)) - ((1 - t) * Math.Log(1 - p))).Sum(),
            _ => y.Zip(targets.Floats, (a, t) => (a - t) * (a - t)).Sum(),
        };
    }

    private static LayerSpec Spec(string name, LayerAttribute attribute, int inputSize)
    {
        LayerKind kind = Enum.Parse<LayerKind>(attribute.GetType().Name.Replace("Attribute", ""));
        var recurrent = attribute as RecurrentAttribute;
        Activation activation = attribute switch
        {
            RnnAttribute rnn => rnn.Activation,
            ActivationAttribute layer => layer.Activation,
            _ => default,
        };
        bool bias = attribute switch
        {
            DenseAttribute dense => dense.Bias,
            LayerNormAttribute norm => norm.Bias,
            HeadAttribute head => head.Bias,
            _ => recurrent?.Bias ?? true,
        };
        CellOptions options = Options(attribute);
        int projection = (attribute as LstmAttribute)?.ProjectionSize ?? 0;
        int size = projection > 0 ? projection : attribute.Size == 0 ? inputSize : attribute.Size;
        return new LayerSpec(
            name, kind, inputSize, size, (ActivationKind)(int)activation,
            (attribute as GruAttribute)?.LinearBeforeReset ?? true, recurrent?.ReturnSequences ?? true, bias, Property: null)
        {
            Options = options,
        };
    }

    private static CellOptions Options(LayerAttribute attribute)
    {
        return new CellOptions
        {
            Alpha = Number("Alpha"),
            Beta = Number("Beta"),
            Gate = Function("Gate"),
            Candidate = Function("Cell") ?? Function("Candidate"),
            Output = Function("Output"),
            Clip = Value("Clip") is float clip ? clip : 0,
            Peepholes = Value("Peepholes") is true,
            InputForget = Value("InputForget") is true,
            ProjectedFrom = Value("ProjectionSize") is > 0 ? attribute.Size : 0,
            LayerNorm = Value("LayerNorm") is true,
        };

        object? Value(string property) => attribute.GetType().GetProperty(property)?.GetValue(attribute);

        double? Number(string property) => Value(property) is float number && !float.IsNaN(number) ? number : null;

        FunctionSpec? Function(string prefix) =>
            Value(prefix + "Activation") is Activation kind ? new FunctionSpec((ActivationKind)(int)kind, Number(prefix + "Alpha"), Number(prefix + "Beta")) : null;
    }
}
