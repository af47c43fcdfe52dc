namespace RnnGen.Generator.Emission;

/// <param name="HintName">Name of the file, unique in the compilation.</param>
/// <param name="Text">Its text.</param>
internal sealed record SourceFile(string HintName, string Text);
