namespace RnnGen.Orleans;

/// <summary>The weights of a model as a file in memory.</summary>
internal static class ModelFile
{
    public static byte[] Of(IRnnModel model)
    {
        using var stream = new MemoryStream();
        model.Save(stream);
        return stream.ToArray();
    }
}
