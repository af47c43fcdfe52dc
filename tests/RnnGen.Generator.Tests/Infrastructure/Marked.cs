namespace RnnGen.Generator.Tests.Infrastructure;

/// <summary>Source text in which <c>[|</c> and <c>|]</c> stand around the place of an expected diagnostic.</summary>
internal sealed record Marked(string Source, string Text, int Start)
{
    public static Marked Parse(string marked)
    {
        int start = marked.IndexOf("[|", StringComparison.Ordinal);
        int end = marked.IndexOf("|]", StringComparison.Ordinal);
        Assert.True(start >= 0 && end > start, "The test source needs [| and |] around the expected location.");
        string text = marked[(start + 2)..end];
        return new Marked(marked[..start] + text + marked[(end + 2)..], text, start);
    }
}
