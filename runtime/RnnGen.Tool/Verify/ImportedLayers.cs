using RnnGen.Tool.Description;
using RnnGen.Verification;

namespace RnnGen.Tool.Verify;

/// <summary>Turns imported layers into those that <c>model.Verify</c> runs in double precision.</summary>
internal static class ImportedLayers
{
    /// <summary>The network of an imported model.</summary>
    public static ReferenceNetwork ToNetwork(ImportedModel model)
    {
        string[] names = [.. model.Layers.Select(layer => layer.Name)];
        return new ReferenceNetwork { Layers = [.. model.Layers.Select(layer => ToLayer(layer, names))] };
    }

    private static ReferenceLayer ToLayer(ImportedLayer layer, string[] names)
    {
        LayerAttribute declaration = Declare(layer);
        return new ReferenceLayer
        {
            Name = layer.Name,
            Declaration = declaration,
            Sources = [.. layer.From.Select(name => name == Layer.Input ? -1 : Array.IndexOf(names, name))],
            Cells = declaration is RecurrentAttribute recurrent ? [.. SuffixesOf(recurrent.Direction).Select(suffix => ToCell(layer, recurrent, suffix))] : [],
            Weight = Find(layer, "weight") ?? [],
            Bias = Find(layer, "bias") ?? [],
            Output = ReferenceLayer.OutputOf(declaration),
        };
    }

    private static LayerAttribute Declare(ImportedLayer layer)
    {
        int size = layer.Argument as int? ?? 0;
        LayerAttribute declaration = layer.Kind switch
        {
            "Rnn" => new RnnAttribute(size) { Activation = Function("", Activation.Tanh), Alpha = Number("Alpha"), Beta = Number("Beta") },
            "Gru" => new GruAttribute(size)
            {
                GateActivation = Function("Gate", Activation.Sigmoid), GateAlpha = Number("GateAlpha"), GateBeta = Number("GateBeta"),
                CandidateActivation = Function("Candidate", Activation.Tanh), CandidateAlpha = Number("CandidateAlpha"), CandidateBeta = Number("CandidateBeta"),
                LinearBeforeReset = layer.Get("LinearBeforeReset", true),
            },
            "Lstm" => new LstmAttribute(size)
            {
                GateActivation = Function("Gate", Activation.Sigmoid), GateAlpha = Number("GateAlpha"), GateBeta = Number("GateBeta"),
                CellActivation = Function("Cell", Activation.Tanh), CellAlpha = Number("CellAlpha"), CellBeta = Number("CellBeta"),
                OutputActivation = Function("Output", Activation.Tanh), OutputAlpha = Number("OutputAlpha"), OutputBeta = Number("OutputBeta"),
                InputForget = layer.Get("InputForget", false),
            },
            "Activation" => new ActivationAttribute((Activation)layer.Argument!) { Alpha = Number("Alpha"), Beta = Number("Beta") },
            "Embedding" => new EmbeddingAttribute(size),
            "LayerNorm" => new LayerNormAttribute { Epsilon = layer.Get("Epsilon", 1e-5) },
            "Softmax" => new SoftmaxAttribute(size),
            "Sigmoid" => new SigmoidAttribute(size),
            "Linear" => new LinearAttribute(size),
            _ => new DenseAttribute(size),
        };
        if (declaration is RecurrentAttribute recurrent)
        {
            recurrent.Direction = layer.Get("Direction", Direction.Forward);
            recurrent.ReturnSequences = layer.Get("ReturnSequences", true);
            recurrent.Clip = layer.Get("Clip", 0.0);
        }

        return declaration;

        Activation Function(string prefix, Activation usual) => layer.Get(prefix + "Activation", usual);

        double Number(string name) => layer.Get(name, double.NaN);
    }

    private static string[] SuffixesOf(Direction direction) => direction switch { Direction.Forward => [""], Direction.Reverse => ["_reverse"], _ => ["", "_reverse"] };

    private static ReferenceCell ToCell(ImportedLayer layer, RecurrentAttribute declaration, string suffix)
    {
        int units = declaration.Size;
        string[] gates = declaration switch
        {
            LstmAttribute { InputForget: true } => ["i", "g", "o"],
            LstmAttribute => ["i", "f", "g", "o"],
            GruAttribute => ["r", "z", "n"],
            _ => [""],
        };
        ReferenceCell cell = new()
        {
            Declaration = declaration,
            Gates = gates,
            Suffix = suffix,
            Units = units,
            StateSize = units,
            InputWeights = Find(layer, "weight_ih_l0" + suffix)!,
            StateWeights = Find(layer, "weight_hh_l0" + suffix)!,
            InputBias = Find(layer, "bias_ih_l0" + suffix) ?? new double[gates.Length * units],
            StateBias = Find(layer, "bias_hh_l0" + suffix) ?? new double[gates.Length * units],
            InitialH = Find(layer, "initial_h_l0" + suffix) ?? new double[units],
            InitialC = Find(layer, "initial_c_l0" + suffix) ?? new double[units],
            Peepholes = gates.Where(gate => Find(layer, Peephole(gate)) is not null).ToDictionary(gate => gate, gate => Find(layer, Peephole(gate))!),
        };
        return cell.WithDeclaredFunctions();

        string Peephole(string gate) => $"weight_c{gate}_l0{suffix}";
    }

    private static double[]? Find(ImportedLayer layer, string name) =>
        layer.Tensors.FirstOrDefault(tensor => tensor.Name == name) is { } tensor ? Array.ConvertAll(tensor.Values, value => (double)value) : null;
}
