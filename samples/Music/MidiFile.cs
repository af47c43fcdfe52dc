using System.Buffers.Binary;

/// <summary>Writes a roll of keys as a standard MIDI file of one track.</summary>
internal static class MidiFile
{
    private const int TicksPerQuarter = 480;
    private const int LowestKey = 48;

    /// <summary>Writes eighth notes at 120 quarters per minute; a key that stays down is one long note.</summary>
    public static void Save(string path, float[] roll)
    {
        var track = new List<byte>();
        int waited = 0;
        int steps = roll.Length / Composer.Keys;
        for (int step = 0; step <= steps; step++)
        {
            for (int key = 0; key < Composer.Keys; key++)
            {
                bool was = step > 0 && roll[((step - 1) * Composer.Keys) + key] > 0;
                bool isDown = step < steps && roll[(step * Composer.Keys) + key] > 0;
                if (was != isDown)
                {
                    AddLength(track, waited);
                    track.AddRange([(byte)(isDown ? 0x90 : 0x80), (byte)(LowestKey + key), 80]);
                    waited = 0;
                }
            }

            waited += TicksPerQuarter / 2;
        }

        track.AddRange([0, 0xFF, 0x2F, 0]);
        using FileStream file = File.Create(path);
        file.Write([.. "MThd"u8, .. Big(6), 0, 0, 0, 1, TicksPerQuarter >> 8, TicksPerQuarter & 0xFF, .. "MTrk"u8, .. Big(track.Count), .. track]);
    }

    /// <summary>Seven bits to a byte, the highest first; all but the last have their top bit set.</summary>
    private static void AddLength(List<byte> track, int ticks)
    {
        for (int shift = 21; shift > 0; shift -= 7)
        {
            if (ticks >> shift != 0)
            {
                track.Add((byte)((ticks >> shift) | 0x80));
            }
        }

        track.Add((byte)(ticks & 0x7F));
    }

    private static byte[] Big(int value)
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(bytes, value);
        return bytes;
    }
}
