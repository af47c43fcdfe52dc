using RnnGen.Generator.Tests.Infrastructure;

namespace RnnGen.Generator.Tests;

/// <summary>Whole models, every line of which has been read.</summary>
public class SnapshotTests
{
    [Fact]
    public void Hello() => Snapshot.Match(GeneratorRun.Of(Models.Hello).Files);

    [Fact]
    public void Amp() => Snapshot.Match(GeneratorRun.Of(Models.Amp).Files);

    [Fact]
    public void Stack() => Snapshot.Match(GeneratorRun.Of(Models.Stack).Files);

    /// <summary>The main file, and one of the layers' files with the kernels of eight lanes.</summary>
    [Fact]
    public void Lanes() => Snapshot.Match(GeneratorRun.Of(Models.Lanes).Files.Where(file => file.Key is "Lanes8.g.cs" or "Lanes8-Memory.512.g.cs").ToDictionary());

    /// <summary>The main file: the layers' files are as those of the others.</summary>
    [Fact]
    public void Speech() => Snapshot.Match(GeneratorRun.Of(Models.Speech).Files.Where(file => file.Key == "Speech.g.cs").ToDictionary());

    [Fact]
    public void Words() => Snapshot.Match(GeneratorRun.Of(Models.Words).Files.Where(file => file.Key == "Words.g.cs").ToDictionary());

    [Fact]
    public void Sensor() => Snapshot.Match(GeneratorRun.Of(Models.Sensor).Files.Where(file => file.Key is "Sensor.g.cs" or "Sensor-Scaled.g.cs").ToDictionary());

    [Fact]
    public void Memory() => Snapshot.Match(GeneratorRun.Of(Models.Memory).Files.Where(file => file.Key is "Memory.g.cs" or "Memory-Lstm.g.cs").ToDictionary());
}
