namespace RnnGen.Orleans;

/// <summary>The key of a grain: the name of the model, a slash, the key of the stream.</summary>
internal static class StreamKey
{
    public static string Of(string model, string key)
    {
        CheckModel(model, nameof(model));
        ArgumentException.ThrowIfNullOrEmpty(key);
        return $"{model}/{key}";
    }

    public static string ModelOf(string key) => key[..Math.Max(0, key.IndexOf('/'))];

    /// <exception cref="ArgumentException">It is no name of a model.</exception>
    public static void CheckModel(string model, string parameter)
    {
        ArgumentException.ThrowIfNullOrEmpty(model, parameter);
        if (model.Contains('/'))
        {
            throw new ArgumentException($"Expected the name of a model without a slash, found '{model}'.", parameter);
        }
    }
}
