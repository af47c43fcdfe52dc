using System.Diagnostics;
using System.Text.Json;

namespace RnnGen.Benchmarks;

/// <summary>Commands that measure in new processes of this same program, which answer with one line of JSON.</summary>
internal static class Child
{
    public static T Run<T>(string[] arguments, params ReadOnlySpan<(string Name, string Value)> environment)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!) { RedirectStandardOutput = true };
        if (Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet")
        {
            start.ArgumentList.Add(Environment.GetCommandLineArgs()[0]);
        }

        foreach (string argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        foreach ((string name, string value) in environment)
        {
            start.Environment[name] = value;
        }

        using Process process = Process.Start(start)!;
        string line = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return JsonSerializer.Deserialize<T>(line)!;
    }

    public static void Answer<T>(T value) => Console.WriteLine(JsonSerializer.Serialize(value));
}
