namespace RnnGen.Generator.Planning;

/// <summary>Lanes of a batch that go through a kernel side by side: one sum each, so that a weight is loaded once for all of them.</summary>
internal static class LaneBlock
{
    public const int Size = Thresholds.LanesOfBlock;
}
