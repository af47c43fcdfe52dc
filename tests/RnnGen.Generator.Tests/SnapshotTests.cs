using RnnGen.Generator.Tests.Infrastructure;

namespace RnnGen.Generator.Tests;

/// <summary>Three whole models, every line of which has been read.</summary>
public class SnapshotTests
{
    [Fact]
    public void Hello() => Snapshot.Match(GeneratorRun.Of(Models.Hello).Files);

    [Fact]
    public void Amp() => Snapshot.Match(GeneratorRun.Of(Models.Amp).Files);

    [Fact]
    public void Stack() => Snapshot.Match(GeneratorRun.Of(Models.Stack).Files);
}
