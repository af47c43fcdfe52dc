namespace RnnGen.Formats.Onnx;

/// <summary>An element-wise function with its alpha and beta as ONNX's recurrent operators take them; null if it has none.</summary>
/// <param name="Kind">The function. Its name is ONNX's.</param>
/// <param name="Alpha">Its alpha.</param>
/// <param name="Beta">Its beta.</param>
internal readonly record struct OnnxFunction(Activation Kind, float? Alpha, float? Beta)
{
    /// <summary>The function of a declaration.</summary>
    /// <param name="kind">The function.</param>
    /// <param name="alpha">Its alpha; NaN for ONNX's default.</param>
    /// <param name="beta">Its beta; NaN for ONNX's default.</param>
    public static OnnxFunction Of(Activation kind, double alpha, double beta)
    {
        (double? alpha, double? beta) defaults = kind switch
        {
            Activation.Affine => (1, 0),
            Activation.LeakyRelu => (0.01, null),
            Activation.ThresholdedRelu or Activation.Elu => (1, null),
            Activation.ScaledTanh => (1, 1),
            Activation.HardSigmoid => (0.2, 0.5),
            _ => (null, null),
        };
        return new OnnxFunction(kind, Or(alpha, defaults.alpha), Or(beta, defaults.beta));

        static float? Or(double value, double? otherwise) => (float?)(double.IsNaN(value) || otherwise is null ? otherwise : value);
    }

    /// <summary>Writes it as nodes. Affine and ScaledTanh are functions of recurrent operators, but not operators.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="name">The name of the layer.</param>
    /// <param name="x">Its argument.</param>
    /// <returns>Its value.</returns>
    public string Write(OnnxGraphWriter graph, string name, string x)
    {
        switch (Kind)
        {
            case Activation.Affine:
                x = graph.Node("Mul", name, [x, graph.Floats($"{name}.alpha", [], [Alpha!.Value])]);
                return graph.Node("Add", name, [x, graph.Floats($"{name}.beta", [], [Beta!.Value])]);
            case Activation.ScaledTanh:
                x = graph.Node("Mul", name, [x, graph.Floats($"{name}.beta", [], [Beta!.Value])]);
                x = graph.Node("Tanh", name, [x]);
                return graph.Node("Mul", name, [x, graph.Floats($"{name}.alpha", [], [Alpha!.Value])]);
            default:
                var attributes = new OnnxAttributes();
                if (Alpha is float alpha)
                {
                    attributes.Add("alpha", alpha);
                }

                if (Beta is float beta)
                {
                    attributes.Add("beta", beta);
                }

                return graph.Node(Kind.ToString(), name, [x], attributes);
        }
    }
}
