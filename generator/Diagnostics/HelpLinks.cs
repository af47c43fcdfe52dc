namespace RnnGen.Generator.Diagnostics;

/// <summary>Where the page of a diagnostic is.</summary>
internal static class HelpLinks
{
    public static string For(string id) => $"https://github.com/rnngen/rnngen/blob/main/generator/Diagnostics/docs/{id}.md";
}
