/// <summary>The settings, such as <c>--Service:Capacity=1000</c> on the command line or <c>Service__Capacity=1000</c> in the environment.</summary>
public sealed class ServiceOptions
{
    /// <summary>Where weights and snapshots are.</summary>
    public string Folder { get; set; } = "data";

    /// <summary>The most streams that are live, and the most sockets.</summary>
    public int Capacity { get; set; } = 20_000;

    /// <summary>The most streams that rest: those whose client has not sent anything for a while.</summary>
    public int RestingCapacity { get; set; } = 200_000;

    /// <summary>A stream without a reading for so long comes to rest.</summary>
    public TimeSpan RestAfter { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>A stream that has rested for so long is forgotten.</summary>
    public TimeSpan ForgetAfter { get; set; } = TimeSpan.FromDays(1);

    /// <summary>How often streams are looked at, and saved.</summary>
    public TimeSpan TidyEvery { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Origins of pages that may call, beside that of the service itself, such as <c>https://pumps.example</c>.</summary>
    public string[] Origins { get; set; } = [];
}
