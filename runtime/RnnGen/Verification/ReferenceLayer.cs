using RnnGen.Interop;

namespace RnnGen.Verification;

/// <summary>A layer in double precision. A window goes in, and one comes out.</summary>
internal sealed record ReferenceLayer
{
    public required string Name { get; init; }

    public required LayerAttribute Declaration { get; init; }

    /// <summary>The layers that it reads, by their index; -1 is the model's input.</summary>
    public required IReadOnlyList<int> Sources { get; init; }

    /// <summary>The cells of a recurrent layer, level by level, the forward direction first.</summary>
    public IReadOnlyList<ReferenceCell> Cells { get; init; } = [];

    /// <summary>The matrix of a dense layer or head, [units, inputs]; the table of an embedding, [tokens, size]; the gains of a normalization.</summary>
    public double[] Weight { get; init; } = [];

    /// <summary>The bias, or the offsets of a normalization; empty for none.</summary>
    public double[] Bias { get; init; } = [];

    /// <summary>Mean and variance of a normalization of inputs.</summary>
    public (double[] Mean, double[] Variance) Statistics { get; init; } = ([], []);

    /// <summary>The function of the outputs of a head or of an activation; null for softmax.</summary>
    public ElementFunction? Output { get; init; } = new(Activation.Affine);

    /// <summary>Whether a recurrent layer runs in the other direction than it is declared.</summary>
    public bool IsTurned { get; init; }

    /// <summary>Whether outputs are in the order in which the layer computes them, as those of Keras' go_backwards.</summary>
    public bool KeepsOrder { get; init; }

    /// <summary>What becomes of the two directions of a recurrent layer.</summary>
    public Merge Merge { get; init; }

    public bool IsHead => Declaration is HeadAttribute;

    /// <summary>Copies a layer.</summary>
    /// <param name="layer">The layer.</param>
    /// <param name="layers">All layers of the model.</param>
    public static ReferenceLayer Of(Layer layer, IReadOnlyList<Layer> layers)
    {
        LayerAttribute declaration = layer.Declaration;
        return new ReferenceLayer
        {
            Name = layer.Name,
            Declaration = declaration,
            Sources = LayerGraph.SourcesOf(layers, layers.ToList().IndexOf(layer)),
            Cells = declaration is RecurrentAttribute ? [.. RecurrentPart.All(layer).Select(ReferenceCell.Of)] : [],
            Weight = declaration is SoftmaxAttribute { Tied: string tied } ? Wide(layers.Single(other => other.Name == tied), "weight") : Wide(layer, "weight"),
            Bias = Wide(layer, "bias"),
            Merge = (declaration as RecurrentAttribute)?.Merge ?? Merge.Concat,
            Statistics = (Wide(layer, "mean"), Wide(layer, "variance")),
            Output = OutputOf(declaration),
        };
    }

    /// <summary>The function that is declared for the outputs; null for softmax.</summary>
    public static ElementFunction? OutputOf(LayerAttribute declaration) => declaration switch
    {
        SoftmaxAttribute or CtcAttribute => null,
        SigmoidAttribute => new(Activation.Sigmoid),
        ActivationAttribute activation => new(activation.Activation, activation.Alpha, activation.Beta),
        _ => new(Activation.Affine),
    };

    /// <summary>Runs a window.</summary>
    /// <param name="x">[steps][inputs].</param>
    /// <param name="state">The states of the layer's cells before the window, and after it.</param>
    public double[][] Run(double[][] x, ReferenceState state) => Declaration switch
    {
        RecurrentAttribute recurrent => RunCells(recurrent, x, state),
        EmbeddingAttribute => [.. x.Select(Embedded)],
        NormalizationAttribute => [.. x.Select(row => row.Select((value, k) => (value - Statistics.Mean[k]) / Math.Max(Math.Sqrt(Statistics.Variance[k]), 1e-7)).ToArray())],
        LayerNormAttribute norm => [.. x.Select(row => ReferenceStep.Normalized(row, Weight, Bias, norm.Epsilon))],
        DropoutAttribute => x,
        ActivationAttribute => [.. x.Select(Activated)],
        DenseAttribute { Residual: true } => [.. x.Select(row => Sum(Affine(row), row))],
        _ => [.. x.Select(row => Activated(Affine(row)))],
    };

    private double[] Activated(double[] sums)
    {
        if (Output is ElementFunction function)
        {
            return [.. sums.Select(function.Of)];
        }

        double largest = sums.Max();
        double[] powers = [.. sums.Select(sum => Math.Exp(sum - largest))];
        double total = powers.Sum();
        return [.. powers.Select(power => power / total)];
    }

    private double[] Affine(double[] x)
    {
        int units = Weight.Length / x.Length;
        var sums = new double[units];
        Bias.CopyTo(sums, 0);
        for (int unit = 0; unit < units; unit++)
        {
            for (int k = 0; k < x.Length; k++)
            {
                sums[unit] += Weight[(unit * x.Length) + k] * x[k];
            }
        }

        return sums;
    }

    private double[] Embedded(double[] token)
    {
        var vector = new double[Weight.Length / token.Length];
        Vectors.AddProduct(Weight, token, vector);
        return vector;
    }

    private double[][] RunCells(RecurrentAttribute recurrent, double[][] x, ReferenceState state)
    {
        double[][] current = x;
        int directions = recurrent.Direction == Direction.Bidirectional ? 2 : 1;
        bool isReverse = (recurrent.Direction == Direction.Reverse) != IsTurned;
        for (int level = 0; level < recurrent.Layers; level++)
        {
            bool all = recurrent.ReturnSequences || level < recurrent.Layers - 1;
            double[][][] outputs = [.. Enumerable.Range(level * directions, directions).Select(cell =>
                RunCell(cell, current, directions == 1 ? isReverse : cell % directions == 1, all, state))];
            current = directions == 1 ? outputs[0] : [.. outputs[0].Zip(outputs[1], (forward, reverse) => Merged(forward, reverse))];
        }

        return recurrent.Residual ? [.. current.Zip(recurrent.ReturnSequences ? x : x[^1..], Sum)] : current;
    }

    private double[][] RunCell(int index, double[][] x, bool isReverse, bool all, ReferenceState state)
    {
        ReferenceCell cell = Cells[index];
        (double[] h, double[] c) = state.Of(this, index);
        var outputs = new double[x.Length][];
        for (int k = 0; k < x.Length; k++)
        {
            int step = isReverse ? x.Length - 1 - k : k;
            ReferenceStep.Run(cell, x[step], h, c);
            outputs[KeepsOrder ? k : step] = [.. h];
        }

        return all ? outputs : [isReverse && !KeepsOrder ? outputs[0] : outputs[^1]];
    }

    private double[] Merged(double[] forward, double[] reverse) => Merge switch
    {
        Merge.Sum => Sum(forward, reverse),
        Merge.Average => [.. forward.Zip(reverse, (a, b) => (a + b) / 2)],
        Merge.Multiply => [.. forward.Zip(reverse, (a, b) => a * b)],
        _ => [.. forward, .. reverse],
    };

    private static double[] Sum(double[] a, double[] b) => [.. a.Zip(b, (x, y) => x + y)];

    private static double[] Wide(Layer layer, string name)
    {
        Parameter? parameter = layer.Stored.FirstOrDefault(parameter => parameter.Name == name);
        return parameter is null ? [] : [.. RecurrentPart.ValuesOf(parameter)];
    }
}
