namespace RnnGen.Tool.Verify;

/// <summary>Something that runs an imported network: a class, or the reference.</summary>
internal interface INetwork
{
    /// <summary>Runs one row of a batch.</summary>
    /// <param name="inputs">The inputs, [steps x InputSize], or one token per step.</param>
    /// <param name="steps">The number of steps.</param>
    /// <param name="states">Initial values of states by name; receives all states after the last step.</param>
    /// <returns>The outputs by the names of their layers: [steps x Width], or [Width] where only the last step has outputs.</returns>
    Dictionary<string, double[]> Run(double[] inputs, int steps, Dictionary<string, double[]> states);
}
