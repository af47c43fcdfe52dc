using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using RnnGen.CompilerServices;

namespace RnnGen.Benchmarks;

/// <summary>Loss and gradient of labels that are not aligned, beside PyTorch's ctc_loss, on one core.</summary>
internal static class CtcCommand
{
    private const int Steps = 100;
    private const int Labels = 30;
    private const int Batch = 32;
    private const int Outputs = 41;

    public static Command Create()
    {
        Option<int> rounds = RoundsOption.Create("contender");
        var command = new Command("ctc", $"Loss and gradient of [Ctc] and of PyTorch's ctc_loss: {Batch} windows of {Steps} steps with {Labels} labels.") { rounds };
        command.SetAction(result => Run(result.GetValue(rounds)));
        return command;
    }

    private static void Run(int count)
    {
        var random = new Random(1);
        float[] logits = [.. Enumerable.Range(0, Batch * Steps * Outputs).Select(_ => (float)((4 * random.NextDouble()) - 2))];
        int[] labels = [.. Enumerable.Range(0, Batch * Labels).Select(_ => random.Next(1, Outputs))];
        var gradients = new float[logits.Length];
        var loss = new CtcLoss(new CtcHead(Outputs, CtcBlank.First, CtcReduction.Sum, zeroInfinity: false), Steps);
        double sum = 0;
        var ours = new Rounds(Repeat.Of(times =>
        {
            for (int k = 0; k < times; k++)
            {
                sum = Pass();
            }
        }), stepsPerUnit: 1);
        WarmUp.Run([() => ours.Work(1)]);
        for (int round = 0; round < count; round++)
        {
            ours.Run();
        }

        Console.WriteLine(Machine.Describe());
        Console.WriteLine(Line("RnnGen", ours.Best, sum));
        Console.WriteLine(OfPyTorch(logits, labels, count) is (double best, double theirs)
            ? $"{Line("PyTorch", best, theirs)}\nPyTorch takes {(best / ours.Best).ToString("0.00", CultureInfo.InvariantCulture)} times as long; losses differ by {Math.Abs(theirs - sum) / sum:0e+00} of the sum."
            : "PyTorch is not installed; benchmarks/peers/setup.sh installs it.");

        double Pass()
        {
            double total = 0;
            for (int window = 0; window < Batch; window++)
            {
                int start = window * Steps * Outputs;
                var rows = new HeadRows(logits, start, Outputs, Outputs, Steps);
                total += rows.Loss(loss, new HeadRows(gradients, start, Outputs, Outputs, Steps), labels.AsSpan(window * Labels, Labels)).LossSum;
            }

            return total;
        }
    }

    private static string Line(string name, double nanoseconds, double loss) => string.Create(CultureInfo.InvariantCulture, $"{name,-8} {nanoseconds / 1e6,8:0.000} ms, loss {loss:0.000}");

    /// <summary>Nanoseconds of its best round, and the loss; null if it is not installed.</summary>
    private static (double Best, double Loss)? OfPyTorch(float[] logits, int[] labels, int rounds)
    {
        string file = Path.GetTempFileName();
        try
        {
            File.WriteAllBytes(file, [.. MemoryMarshal.AsBytes<float>(logits), .. MemoryMarshal.AsBytes<int>(labels)]);
            int[] numbers = [Steps, Labels, Batch, Outputs, rounds];
            using Process process = Process.Start(new ProcessStartInfo(PeerFiles.Python, [PeerFiles.PyTorchCtcScript, .. numbers.Select(n => n.ToString(CultureInfo.InvariantCulture)), file]) { RedirectStandardOutput = true })!;
            string[] answer = process.StandardOutput.ReadToEnd().Split(' ');
            process.WaitForExit();
            return process.ExitCode == 0 ? (double.Parse(answer[0], CultureInfo.InvariantCulture), double.Parse(answer[1], CultureInfo.InvariantCulture)) : null;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return null;
        }
        finally
        {
            File.Delete(file);
        }
    }
}
