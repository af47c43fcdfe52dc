using System.Buffers;

/// <summary>Keys of streams.</summary>
public static class Keys
{
    /// <summary>The longest key.</summary>
    public const int Longest = 64;

    private static readonly SearchValues<char> Allowed = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.");

    /// <summary>Whether it is a key: letters, digits, <c>-</c>, <c>_</c> and <c>.</c></summary>
    public static bool IsKey(string key) => key.Length is > 0 and <= Longest && !key.AsSpan().ContainsAnyExcept(Allowed);
}
