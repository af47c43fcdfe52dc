namespace RnnGen.Everywhere;

/// <summary>A computation whose results are compared between targets.</summary>
/// <param name="Name">Its name, without spaces.</param>
/// <param name="Run">Computes, and adds the results.</param>
internal sealed record Case(string Name, Action<Values> Run)
{
    public static IEnumerable<Case> All =>
    [
        .. Cells.Cases, .. Graphs.Cases, .. Heads.Cases, .. Large.Cases, .. Lanes.Cases, .. Masks.Cases, .. Optimizers.Cases, .. Trainings.Cases,
        .. Samplings.Cases, .. Files.Cases, .. Compatibility.Cases,
    ];
}
