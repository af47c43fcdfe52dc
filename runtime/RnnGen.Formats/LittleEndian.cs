namespace RnnGen.Formats;

/// <summary>Numbers of one to eight bytes, the lowest byte first.</summary>
internal static class LittleEndian
{
    /// <summary>All bytes as a number.</summary>
    public static ulong ToUInt64(ReadOnlySpan<byte> bytes)
    {
        ulong value = 0;
        for (int k = bytes.Length - 1; k >= 0; k--)
        {
            value = (value << 8) | bytes[k];
        }

        return value;
    }
}
