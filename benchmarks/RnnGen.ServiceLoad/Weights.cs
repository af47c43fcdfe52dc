using System.Globalization;

/// <summary>The weights that the service was given: each version has other ones, so that their answers differ.</summary>
internal sealed class Weights(HttpClient client)
{
    private readonly Detector?[] _versions = new Detector[10_000];
    private int _last;

    /// <summary>Weights by the number of their version, as an answer has it; null for one that never was.</summary>
    public Detector? this[int version] => (uint)version < _versions.Length ? Volatile.Read(ref _versions[version]) : null;

    /// <summary>Gives the service other weights.</summary>
    public async Task Swap()
    {
        var detector = new Detector(seed: 1000 + _last);
        int expected = _last + 1;
        if (_last > 0)
        {
            // Answers with them can come before the answer to this.
            Volatile.Write(ref _versions[expected], detector);
        }

        using var weights = new MemoryStream();
        detector.Save(weights);
        using HttpResponseMessage response = await client.PutAsync("weights", new ByteArrayContent(weights.ToArray()));
        response.EnsureSuccessStatusCode();
        string answer = await response.Content.ReadAsStringAsync();
        int version = int.Parse(answer.AsSpan(answer.IndexOf(':') + 1).TrimEnd('}'), CultureInfo.InvariantCulture);
        if (_last > 0 && version != expected)
        {
            throw new InvalidOperationException($"Version {version} where {expected} was expected: another one swaps.");
        }

        Volatile.Write(ref _versions[version], detector);
        _last = version;
    }
}
