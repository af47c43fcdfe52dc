namespace RnnGen.Tool.Import;

/// <summary>An element-wise function with its parameters; null ones are ONNX's defaults.</summary>
internal readonly record struct Function(Activation Kind, double? Alpha = null, double? Beta = null)
{
    /// <summary>Whether a function has an alpha.</summary>
    public static bool TakesAlpha(Activation kind) => kind is Activation.Affine or Activation.LeakyRelu or Activation.ThresholdedRelu
        or Activation.ScaledTanh or Activation.HardSigmoid or Activation.Elu;

    /// <summary>Whether a function has a beta.</summary>
    public static bool TakesBeta(Activation kind) => kind is Activation.Affine or Activation.ScaledTanh or Activation.HardSigmoid;

    /// <summary>The function of a name; null if there is none.</summary>
    /// <param name="name">ONNX's name, in any case.</param>
    public static Activation? Find(string name)
    {
        foreach (Activation kind in Enum.GetValues<Activation>())
        {
            if (string.Equals(kind.ToString(), name, StringComparison.OrdinalIgnoreCase))
            {
                return kind;
            }
        }

        return null;
    }

    /// <summary>The names of all functions, for messages.</summary>
    public static string Names => string.Join(", ", Enum.GetNames<Activation>());
}
