using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Text;

namespace RnnGen.Everywhere;

/// <summary>
/// The output: lines <c>fact NAME VALUE</c>, <c>case NAME COUNT DIGEST SUM LARGEST [VALUES]</c> and <c>digest SECTION COUNT DIGEST</c>, and last
/// <c>N passed, N failed</c>.
/// </summary>
internal static class Report
{
    public static string Fact(string name, string value) => $"fact {name,-12} {value}";

    public static void WriteMachine(TextWriter output)
    {
        output.WriteLine(Fact("runtime", $"{RuntimeInformation.FrameworkDescription} {RuntimeInformation.RuntimeIdentifier}"));
        output.WriteLine(Fact("architecture", $"{RuntimeInformation.ProcessArchitecture}"));
        output.WriteLine(Fact("vector", $"{Vector<float>.Count * 32}"));
        output.WriteLine(Fact("widest", $"{Widest()}"));
    }

    /// <summary>Runs all cases. One that throws has failed.</summary>
    /// <returns>The exit code.</returns>
    public static int Write(TextWriter output, bool withValues)
    {
        int failed = Write(output, "cases", Case.All, withValues, out int passed);
        failed += Write(output, "reproducible", Reproducible.Cases, withValues, out int reproducible);
        output.WriteLine($"{passed + reproducible} passed, {failed} failed");
        return failed == 0 ? 0 : 1;
    }

    private static int Write(TextWriter output, string section, IEnumerable<Case> cases, bool withValues, out int passed)
    {
        var all = new StringBuilder();
        int failed = 0;
        passed = 0;
        foreach (Case one in cases)
        {
            var values = new Values();
            try
            {
                one.Run(values);
                values.Check();
            }
            catch (Exception exception)
            {
                failed++;
                output.WriteLine($"FAILED {one.Name}: {exception}");
                continue;
            }

            passed++;
            byte[] bytes = values.ToBytes();
            string digest = Values.Digest(bytes);
            all.Append(one.Name).Append(' ').Append(digest).Append('\n');
            string numbers = withValues ? " " + Convert.ToBase64String(bytes) : "";
            output.WriteLine($"case {one.Name,-32} {values.Count,6} {digest} {values.Sum(),16:G9} {values.Largest(),16:G9}{numbers}");
        }

        output.WriteLine($"digest {section} {passed} {Values.Digest(Encoding.UTF8.GetBytes(all.ToString()))}");
        return failed;
    }

    private static int Widest() =>
        Vector512.IsHardwareAccelerated ? 512 : Vector256.IsHardwareAccelerated ? 256 : Vector128.IsHardwareAccelerated ? 128 : 0;
}
