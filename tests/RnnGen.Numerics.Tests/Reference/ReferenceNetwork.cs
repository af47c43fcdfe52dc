using System.Reflection;
using RnnGen.CompilerServices;
using RnnGen.Generator.Cells;
using RnnGen.Generator.Layers;
using RnnGen.Generator.Model;
using RnnGen.Generator.Planning;
using RnnGen.Numerics.Tests.Goldens;

namespace RnnGen.Numerics.Tests.Reference;

/// <summary>A whole model in double precision, read from the attributes of its class: layers by their equations, heads by their definitions.</summary>
internal sealed class ReferenceNetwork
{
    private readonly ModelSpec _spec;
    private readonly ModelGraph _graph;
    private readonly Dictionary<GraphNode, Cell> _cells;
    private readonly Lazy<ModelPlan> _plan;
    private float[]? _tape;

    public ReferenceNetwork(IRnnModel model, ModelSpec spec, Func<LayerSpec, Cell>? cells = null)
    {
        _spec = spec;
        _graph = ModelGraph.Of(spec);
        _cells = _graph.Nodes.Where(n => n.Layer is not null).ToDictionary(n => n, n => (cells ?? EquationsOf)(n.Layer!));
        _plan = new(() => ModelPlan.Of(spec, cells ?? EquationsOf));
        ReadWeights(model);
    }

    public ReferenceNetwork(IRnnModel model)
        : this(model, Read(model))
    {
    }

    /// <summary>A model of one cell that need not be any layer's.</summary>
    public ReferenceNetwork(IRnnModel model, Cell cell)
        : this(model, Of(model.Layers[0].Name, cell), _ => cell)
    {
    }

    private static Cell EquationsOf(LayerSpec layer) => layer.Kind.CellOf(layer);

    private static ModelSpec Of(string name, Cell cell) => new(
        new TypeTarget("", default, name, "public", name), cell.Input.Size, 1, Tokens: false,
        new EquatableArray<LayerSpec>([new LayerSpec(name, new Rnn(), cell.Input.Size, cell.Output!.Size, Property: null)]), DocumentClass: false);

    /// <summary>What the class declares, read by reflection.</summary>
    private static ModelSpec Read(IRnnModel model)
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

        int size = attribute.InputSize;
        var layers = new List<LayerSpec>();
        foreach ((string name, LayerAttribute layer) in members)
        {
            layers.Add(Spec(name, layer, size));
            size = layers[^1].Size;
        }

        var target = new TypeTarget("", default, type.Name, "public", type.Name);
        return new ModelSpec(
            target, attribute.InputSize, attribute.SequenceLength, attribute.Tokens || members[0].Attribute is EmbeddingAttribute,
            new EquatableArray<LayerSpec>(layers), DocumentClass: false);
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

    /// <summary>The named values of the last window by layer and name, where the model keeps them.</summary>
    public Dictionary<string, double[][]> Traces { get; } = [];

    /// <summary>Whether layers learn their initial states.</summary>
    public bool LearnsInitialState => _cells.Values.Any(c => c.States.Any(s => s.Initial is not null));

    /// <summary>From now on, windows have the masks of a recorded one, or, without one, their means.</summary>
    public void TakeMasks(Tape? recorded) => _tape = recorded is null ? null : Memory.Window(recorded).ToArray();

    /// <summary>The initial states of a sequence.</summary>
    public Dictionary<string, double[]> InitialStates() => (
        from node in _cells.Keys
        from state in _cells[node].States
        select (Name: $"{node.Layer!.Name}.{state.Name}{node.Suffix}", Start: state.Initial is null ? new double[state.Size] : [.. Tensor(node, state.Initial)]))
        .ToDictionary(s => s.Name, s => s.Start);

    private double[] Tensor(GraphNode node, Tensor tensor)
    {
        // An embedding's matrix has the vectors as rows, as a head has its classes.
        string owner = tensor.Role == TensorRole.Tied ? _spec.Layers[node.Layer!.TiedTo!.Value].Name : node.Layer!.Name;
        string suffix = $"l{node.Level}{(node.IsReverse ? "_reverse" : "")}";
        return Weights[$"{owner}.{(tensor.Name.EndsWith("_l0") ? tensor.Name[..^2] + suffix : tensor.Name)}"];
    }

    /// <summary>The masks of a layer, read where the plan says that the tape has them.</summary>
    private Func<Leaf, int, double[]>? Masks(GraphNode node, int steps)
    {
        if (_tape is null || _cells[node].Masks.Count == 0)
        {
            return null;
        }

        LayerPlan layer = (LayerPlan)_plan.Value.Nodes[_graph.Nodes.ToList().IndexOf(node)];
        return (leaf, step) =>
        {
            int index = _cells[node].Masks.ToList().FindIndex(m => m.Value == leaf);
            int row = node.IsReverse ? steps - 1 - step : step;
            RowPlace masks = _plan.Value.Tape.Of(layer, Region.Masks);
            int start = masks.Start + layer.Masks.Offsets[index] + (row * masks.Stride);
            return [.. _tape.AsSpan(start, leaf.Size).ToArray().Select(m => (double)m)];
        };
    }

    /// <param name="inputs">A window: numbers, or tokens written as numbers.</param>
    /// <param name="states">States by name, such as A.h; they are moved on.</param>
    /// <returns>The last layer's outputs before the activation of the head, row after row.</returns>
    public double[][] Forward(double[] inputs, Dictionary<string, double[]> states) => Outputs(inputs, states)[^1];

    /// <summary>The same, layer by layer as they were declared.</summary>
    public double[][][] Outputs(double[] inputs, Dictionary<string, double[]> states)
    {
        double[][] sequence = _spec.Tokens
            ? [.. inputs.Select(token => Enumerable.Range(0, _spec.InputSize).Select(k => k == (int)token ? 1.0 : 0).ToArray())]
            : [.. inputs.Chunk(_spec.InputSize)];
        var values = new List<double[][]>();
        foreach (GraphNode node in _graph.Nodes)
        {
            double[][][] sources = [.. node.Sources.Select(s => s < 0 ? sequence : values[s])];
            values.Add(node.Layer is null ? Join(node.Merge, sources) : Run(node, sources[0], states));
        }

        return [.. _graph.Results.Select(result => values[result])];
    }

    private double[][] Run(GraphNode node, double[][] inputs, Dictionary<string, double[]> states)
    {
        Cell cell = _cells[node];
        var run = new CellRun(cell, cell.Tensors.ToDictionary(t => t.Name, t => Tensor(node, t)), Masks(node, inputs.Length));
        string[] names = [.. cell.States.Select(s => $"{node.Layer!.Name}.{s.Name}{node.Suffix}")];
        (double[][] outputs, double[][] last) = run.Forward(node.IsReverse ? [.. inputs.Reverse()] : inputs, [.. names.Select(n => states[n])]);
        for (int k = 0; k < last.Length; k++)
        {
            states[names[k]] = last[k];
        }

        foreach (Expression value in _spec.Trace ? cell.Named : [])
        {
            string name = cell.States.FirstOrDefault(s => s.Next == value)?.Name ?? cell.Names[value]!;
            double[][] rows = [.. run.Steps.Select(step => step.Evaluate(value))];
            Traces[$"{node.Layer!.Name}.{name}{node.Suffix}"] = node.IsReverse ? [.. rows.Reverse()] : rows;
        }

        return !node.Layer!.ReturnSequences ? [outputs[^1]] : node.IsReverse ? [.. outputs.Reverse()] : outputs;
    }

    private static double[][] Join(MergeKind kind, double[][][] sources) =>
        [.. Enumerable.Range(0, sources[0].Length).Select(row => Join(kind, [.. sources.Select(s => s[row])]))];

    private static double[] Join(MergeKind kind, double[][] rows) => kind switch
    {
        MergeKind.Concat => [.. rows.SelectMany(r => r)],
        MergeKind.Multiply => [.. rows[0].Select((_, k) => rows.Aggregate(1.0, (product, r) => product * r[k]))],
        _ => [.. rows[0].Select((_, k) => rows.Sum(r => r[k]) / (kind == MergeKind.Average ? rows.Length : 1))],
    };

    private LayerKind LastKind => _spec.Layers[_spec.Layers.Count - 1].Kind;

    /// <summary>The activation of the head, row by row.</summary>
    public double[] Activate(double[][] rows) => Activate(rows, LastKind);

    private static double[] Activate(double[][] rows, LayerKind head) => head switch
    {
        Softmax => [.. rows.SelectMany(row => row.Select(z => Math.Exp(z) / row.Sum(Math.Exp)))],
        Sigmoid => [.. rows.SelectMany(row => row.Select(z => 1 / (1 + Math.Exp(-z))))],
        _ => [.. rows.SelectMany(row => row)],
    };

    /// <summary>The sum of the losses of the head.</summary>
    public double Loss(double[][] rows, Targets targets) => Loss(rows, targets, _spec.Layers[_spec.Layers.Count - 1]);

    public static double Loss(double[][] rows, Targets targets, LayerKind head) =>
        Loss(rows, targets, new LayerSpec("", head, 0, 0, Property: null));

    /// <summary>Number of the targets that are not ignored, and the sum of their weights.</summary>
    public (int Count, double Weight) Count(Targets targets)
    {
        LayerSpec head = _spec.Layers[_spec.Layers.Count - 1];
        int numbers = targets.Floats.Count(t => !float.IsNaN(t));
        return head.Kind is Softmax
            ? (targets.Integers.Count(t => t >= 0), targets.Integers.Where(t => t >= 0).Sum(t => WeightOf(head, t)))
            : (numbers, numbers);
    }

    private static double Loss(double[][] rows, Targets targets, LayerSpec head)
    {
        double[] y = Activate(rows, head.Kind);
        int size = rows[0].Length;
        return head.Kind is Softmax
            ? targets.Integers.Select((target, row) => target < 0 ? 0 : -WeightOf(head, target) * Math.Log(y[(row * size) + target])).Sum()
            : y.Select((a, k) => float.IsNaN(targets.Floats[k]) ? 0 : Loss(head, a, targets.Floats[k], WeightOf(head, k % size))).Sum();
    }

    private static double Loss(LayerSpec head, double y, double t, double weight) => (head.Kind, head.Get(Linear.Loss)) switch
    {
        (Sigmoid, _) => -(weight * t * Math.Log(y)) - ((1 - t) * Math.Log(1 - y)),
        (_, LossKind.AbsoluteError) => Math.Abs(y - t),
        (_, LossKind.Huber) => Math.Abs(y - t) is var distance && head.Get(Linear.Delta) is var delta && distance <= delta ? 0.5 * distance * distance : delta * (distance - (0.5 * delta)),
        _ => (y - t) * (y - t),
    };

    private static double WeightOf(LayerSpec head, int output) => head.Kind is Head kind && kind.TargetWeights(head) is { Count: > 0 } weights ? weights[output] : 1;

    private static LayerSpec Spec(string name, LayerAttribute attribute, int inputSize)
    {
        LayerKind kind = LayerKind.Find(attribute.GetType().Name.Replace("Attribute", ""))!;
        return new LayerSpec(name, kind, inputSize, kind.KeepsSize ? inputSize : attribute.Size, Property: null)
        {
            Options = kind.Options.Aggregate(OptionValues.None, (values, option) => values.With(option, Read(attribute, option))),
            ReturnSequences = (attribute as RecurrentAttribute)?.ReturnSequences ?? true,
        };
    }

    private static object Read(LayerAttribute attribute, Option option)
    {
        return option switch
        {
            Number => Convert.ToDouble(Value(option.Name)),
            Numbers => new EquatableArray<double>((double[])Value(option.Name)),
            IChoice choice => Enum.ToObject(choice.Values, (int)Value(option.Name)),
            Function function => new FunctionSpec((ActivationKind)(int)Value(function.Name), NumberOrNull(function.Alpha), NumberOrNull(function.Beta)),
            _ => Value(option.Name),
        };

        object Value(string property) => attribute.GetType().GetProperty(property)!.GetValue(attribute)!;

        double? NumberOrNull(string property) => Value(property) is double number && !double.IsNaN(number) ? number : null;
    }
}
