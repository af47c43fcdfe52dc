namespace RnnGen.Everywhere;

/// <summary>Compares the reports of the targets with each other, and writes the table of docs/targets.md.</summary>
internal static class Comparison
{
    /// <summary>
    /// The largest difference of a value that targets with other vectors or without fused multiply-add may have, as a share of the largest value of its case.
    /// </summary>
    private const double Bound = 1e-4;

    /// <param name="folder">The folder with a file for each target that was run.</param>
    /// <param name="output">Receives a line for each check, the table, and <c>N passed, N failed</c>.</param>
    /// <returns>The exit code.</returns>
    public static int Run(string folder, TextWriter output)
    {
        Dictionary<string, TargetReport> reports = Target.All.Where(target => File.Exists(PathOf(folder, target.Name)))
            .ToDictionary(target => target.Name, target => TargetReport.Read(PathOf(folder, target.Name)));
        int passed = 0;
        int failed = 0;
        var rows = new List<string>();
        foreach (Target target in Target.All.Where(target => reports.ContainsKey(target.Name)))
        {
            TargetReport report = reports[target.Name];
            Expect(report.IsComplete, $"{target.Name}: all cases run. {report.Failure}");
            string difference = "";
            if (target.Reference != target.Name && reports.TryGetValue(target.Reference, out TargetReport? reference))
            {
                (int equal, string worst, double largest) = Compare(reference, report);
                bool isEqual = equal == reference.Cases.Count && report.Cases.Count == equal;
                string found = $"{equal} of {reference.Cases.Count} cases have equal bits, largest difference {largest:0.0e0} ({worst})";
                Expect(target.IsEqual ? isEqual : largest <= Bound, $"{target.Name} compared with {target.Reference}: {found}");
                difference = isEqual ? $"equal to `{target.Reference}`" : $"{equal} of {reference.Cases.Count} equal to `{target.Reference}`, others by up to {largest:0.0e0}";
            }

            string reproducible = reports.Values.First().Digests.GetValueOrDefault("reproducible", "");
            Expect(report.Digests.GetValueOrDefault("reproducible") == reproducible, $"{target.Name}: reproducible models have the digest {reproducible}");
            rows.Add(Row(target, report, difference));
        }

        output.WriteLine();
        output.WriteLine("| target | vectors, bits | size, MB | memory, MB | first step, ms: GRU 24 | LSTM 128 | step, ns: GRU 24 | LSTM 128 | digest | results |");
        output.WriteLine("| --- | --: | --: | --: | --: | --: | --: | --: | --- | --- |");
        rows.ForEach(output.WriteLine);
        output.WriteLine();
        output.WriteLine($"{passed} passed, {failed} failed");
        return failed == 0 ? 0 : 1;

        void Expect(bool holds, string what)
        {
            output.WriteLine($"{(holds ? "passed" : "FAILED")}: {what}");
            passed += holds ? 1 : 0;
            failed += holds ? 0 : 1;
        }
    }

    private static string PathOf(string folder, string name) => Path.Combine(folder, name + ".txt");

    // The cases with equal bits, and the largest difference of the others.
    private static (int Equal, string Worst, double Largest) Compare(TargetReport reference, TargetReport report)
    {
        int equal = 0;
        string worst = "none";
        double largest = 0;
        foreach ((string name, float[] expected) in reference.Cases)
        {
            double difference = report.Cases.TryGetValue(name, out float[]? actual) ? Difference(expected, actual) : double.PositiveInfinity;
            equal += difference == 0 ? 1 : 0;
            if (difference > largest)
            {
                (largest, worst) = (difference, name);
            }
        }

        return (equal, worst, largest);
    }

    // 0 only for equal bits.
    private static double Difference(float[] expected, float[] actual)
    {
        if (expected.Length != actual.Length)
        {
            return double.PositiveInfinity;
        }

        double scale = expected.Max(value => Math.Abs((double)value));
        double largest = 0;
        for (int k = 0; k < expected.Length; k++)
        {
            if (BitConverter.SingleToInt32Bits(expected[k]) != BitConverter.SingleToInt32Bits(actual[k]))
            {
                largest = Math.Max(largest, Math.Max(double.Epsilon, Math.Abs((double)expected[k] - actual[k]) / scale));
            }
        }

        return largest;
    }

    private static string Row(Target target, TargetReport report, string difference) =>
        $"| {target.Title} | {report.Fact("vector")} / {report.Fact("widest")} | {Number(report.Median("size-kB") / 1024, "0.0")} | {Number(report.Median("gru24-memory-kB") / 1024, "0")} | " +
        $"{Number(report.Median("gru24-start-us") / 1000, "0.0#")} | {Number(report.Median("lstm128-start-us") / 1000, "0.0#")} | {Number(report.Median("gru24-ns"), "#,0")} | {Number(report.Median("lstm128-ns"), "#,0")} | " +
        $"`{report.Digests.GetValueOrDefault("cases")}` | {difference} |";

    private static string Number(double value, string format) => double.IsNaN(value) || value == 0 ? "" : value.ToString(format);
}
