using Orleans.Runtime;

namespace RnnGen.Samples.Cluster;

/// <summary>Writes what becomes of the silos of the cluster.</summary>
internal sealed class Members : ISiloStatusListener
{
    public void SiloStatusChangeNotification(SiloAddress updatedSilo, SiloStatus status) =>
        Console.WriteLine($"{DateTimeOffset.UtcNow.ToUnixTimeMilliseconds()} {updatedSilo.Endpoint} {status}");
}
