namespace RnnGen.Testing;

/// <summary>Random masks of recorded windows.</summary>
internal static class Masks
{
    /// <summary>Whether a recorded window differs from one that is not recorded.</summary>
    public static bool AreDrawn(IRnnModel model) => model.Layers.Any(layer => layer.Declaration
        is DropoutAttribute { Rate: > 0 } or RecurrentAttribute { RecurrentDropout: > 0 } or RecurrentAttribute { Zoneout: > 0 } or LstmAttribute { ZoneoutCell: > 0 });
}
