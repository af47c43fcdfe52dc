using System.Text;

namespace RnnGen.Fuzz;

/// <summary>Makes arrays of NumPy.</summary>
internal static class NpyBuilder
{
    public static byte[] Build(string header, byte[] data, int version = 1)
    {
        byte[] text = (version == 3 ? Encoding.UTF8 : Encoding.Latin1).GetBytes(header + "\n");
        byte[] length = version == 1 ? BitConverter.GetBytes((ushort)text.Length) : BitConverter.GetBytes(text.Length);
        return [0x93, .. "NUMPY"u8, (byte)version, 0, .. length, .. text, .. data];
    }

    public static byte[] Build(string type, string shape, byte[] data, bool isFortranOrder = false, int version = 1) =>
        Build($"{{'descr': '{type}', 'fortran_order': {isFortranOrder}, 'shape': {shape}, }}", data, version);

    public static byte[] Floats(params float[] values) => [.. values.SelectMany(BitConverter.GetBytes)];
}
