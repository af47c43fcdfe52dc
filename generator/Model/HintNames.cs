using System.Globalization;
using System.Text;

namespace RnnGen.Generator.Model;

/// <summary>
/// Names of generated files. The compiler compares them without regard to case, and drops the whole output of a generator
/// that uses one twice, so each must be unique without knowing the other models.
/// </summary>
/// <remarks>
/// Of all spellings that differ only in case, one is plain: each word begins with a capital and has no other, as in
/// <c>Space.Hello.g.cs</c>, or <c>Space.Hello-Hidden.g.cs</c> for a part of it. Every other spelling, and every name with
/// letters that a file name should not have, gets a hash of the exact name: <c>Space.CharModel--4f1c2a90.g.cs</c>.
/// No C# name contains a dash, so nothing can look like a part or a hash by chance.
/// </remarks>
internal static class HintNames
{
    /// <summary>Leaves room for a folder in front of it, where paths are limited.</summary>
    private const int MaxLength = 120;

    /// <summary>The name of one file of a model.</summary>
    /// <param name="target">The model class.</param>
    /// <param name="part">Which file, such as the name of a layer; empty for the model file itself.</param>
    public static string For(TypeTarget target, string part)
    {
        string exact = part.Length == 0 ? target.MetadataName : $"{target.MetadataName}-{part}";
        string plain = ToPlain(exact, out bool isExact);
        return isExact ? $"{plain}.g.cs" : $"{plain}--{Hash(exact)}.g.cs";
    }

    private static string ToPlain(string exact, out bool isExact)
    {
        isExact = exact.Length <= MaxLength;
        var plain = new StringBuilder();
        bool atStart = true;
        foreach (char character in exact)
        {
            bool isUpper = character is >= 'A' and <= 'Z';
            bool isLower = character is >= 'a' and <= 'z';
            bool isAllowed = isUpper || isLower || character is (>= '0' and <= '9') or '.' or '+' or '-' or '_';
            isExact &= isAllowed && !(atStart ? isLower : isUpper);
            if (plain.Length < MaxLength)
            {
                plain.Append(isAllowed ? character : '_');
            }

            atStart = !isUpper && !isLower && character is not (>= '0' and <= '9');
        }

        return plain.ToString();
    }

    /// <summary>FNV-1a over the characters. <see cref="string.GetHashCode()"/> differs from run to run.</summary>
    private static string Hash(string text)
    {
        uint hash = 2166136261;
        foreach (char character in text)
        {
            hash = unchecked((hash ^ character) * 16777619);
        }

        return hash.ToString("x8", CultureInfo.InvariantCulture);
    }
}
