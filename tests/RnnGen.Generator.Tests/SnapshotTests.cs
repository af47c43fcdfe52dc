using RnnGen.Generator.Tests.Infrastructure;

namespace RnnGen.Generator.Tests;

/// <summary>Files of each kind, to be read line by line when they change. All other text is held by its hash: <see cref="CorpusTests"/>.</summary>
public class SnapshotTests
{
    /// <summary>A small model, and a layer for vectors of any width and for those of 512 bits.</summary>
    [Fact]
    public void Hello() => Snapshot.Match(Files(Models.Hello, "Lecture.Hello.g.cs", "Lecture.Hello-Hidden.g.cs", "Lecture.Hello-Hidden.512.g.cs"));

    /// <summary>The layer that the README shows.</summary>
    [Fact]
    public void Amp() => Snapshot.Match(Files(Models.Amp, "Amp-Lstm.512.g.cs"));

    /// <summary>A model with batches.</summary>
    [Fact]
    public void Lanes() => Snapshot.Match(Files(Models.Lanes, "Lanes8.g.cs"));

    /// <summary>A layer whose steps read bytes, in one panel, and floats in another.</summary>
    [Fact]
    public void Bytes() => Snapshot.Match(Files(Models.Bytes, "Bytes-Lstm.512.g.cs"));

    private static Dictionary<string, string> Files(string source, params string[] names)
    {
        IReadOnlyDictionary<string, string> files = GeneratorRun.Of(source).Files;
        return names.ToDictionary(name => name, name => files[name]);
    }
}
