namespace RnnGen.Interop;

/// <summary>New values of a parameter, checked and not yet written.</summary>
/// <param name="Parameter">The parameter.</param>
/// <param name="Values">Its values, row by row.</param>
internal readonly record struct ParameterValues(Parameter Parameter, float[] Values)
{
    /// <summary>Writes all values, which cannot fail.</summary>
    /// <param name="values">The values.</param>
    public static void Write(IReadOnlyList<ParameterValues> values) => Parameter.Replace([.. values.Select(value => (value.Parameter, value.Values))]);
}
