namespace RnnGen.Everywhere;

/// <summary>The cases whose results have the same bits on every target.</summary>
internal static class Reproducible
{
    public static IEnumerable<Case> Cases => [new Case("GruPlain/initial", values => Passes.AddParameters(new GruPlain(seed: 1), values))];
}
