using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Text;

namespace RnnGen.Samples.Tests;

/// <summary>A sample that runs in its own process.</summary>
internal sealed class Sample : IDisposable
{
#if DEBUG
    private const string Configuration = "Debug";
#else
    private const string Configuration = "Release";
#endif

    private readonly Process _process;
    private readonly StringBuilder _output = new();
    private readonly StringBuilder _errors = new();
    private bool _hasEnded;

    private Sample(string name, string folder, string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet")
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
            WorkingDirectory = folder,
        };
        start.ArgumentList.Add(Path.Combine(Root(), "samples", name, "bin", Configuration, "net10.0", name + ".dll"));
        foreach (string argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        _process = new Process { StartInfo = start };
        _process.OutputDataReceived += (_, e) => Keep(_output, e.Data);
        _process.ErrorDataReceived += (_, e) => Keep(_errors, e.Data);
        if (OperatingSystem.IsWindows())
        {
            _process.Start();
        }
        else
        {
            Signals.StartInterruptible(_process);
        }

        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    /// <summary>The output so far.</summary>
    public string Output => Read(_output);

    public string Errors => Read(_errors);

    /// <summary>The repository.</summary>
    public static string Root([CallerFilePath] string here = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "..", ".."));

    public static Sample Start(string name, string folder, params string[] arguments) => new(name, folder, arguments);

    /// <summary>Runs a sample to its end.</summary>
    public static (int Code, string Output, string Errors) Run(string name, string folder, params string[] arguments)
    {
        using Sample sample = Start(name, folder, arguments);
        int code = sample.Wait();
        return (code, sample.Output, sample.Errors);
    }

    /// <summary>Writes to the input of the sample, and ends it.</summary>
    public void Write(string input)
    {
        _process.StandardInput.Write(input);
        _process.StandardInput.Close();
    }

    /// <summary>Waits for the end.</summary>
    /// <returns>The exit code.</returns>
    public int Wait()
    {
        Assert.True(_process.WaitForExit(TimeSpan.FromMinutes(5)), $"The sample hangs after: {Output}");
        _process.WaitForExit();
        return _process.ExitCode;
    }

    /// <summary>Waits until a text was written.</summary>
    public void WaitFor(string text)
    {
        lock (_output)
        {
            DateTime end = DateTime.UtcNow.AddMinutes(2);
            while (!_output.ToString().Contains(text, StringComparison.Ordinal) && !_hasEnded && DateTime.UtcNow < end)
            {
                Monitor.Wait(_output, TimeSpan.FromSeconds(10));
            }
        }

        Assert.Contains(text, Output, StringComparison.Ordinal);
    }

    /// <summary>Sends a signal to a process that may have ended.</summary>
    public void Signal(int signal) => Signals.Send(_process, signal);

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
        }

        _process.Dispose();
    }

    private void Keep(StringBuilder text, string? line)
    {
        lock (text)
        {
            text.Append(line).Append('\n');
            _hasEnded |= line is null && text == _output;
            Monitor.PulseAll(text);
        }
    }

    private static string Read(StringBuilder text)
    {
        lock (text)
        {
            return text.ToString();
        }
    }
}
