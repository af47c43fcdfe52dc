using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;

namespace RnnGen.Benchmarks;

/// <summary>PyTorch in a child process, which measures itself and does a round whenever it is asked.</summary>
internal sealed class PyTorchPeer : Peer
{
    private readonly Process _process;
    private int _works;

    /// <exception cref="PeerMissingException">There is no Python that knows PyTorch.</exception>
    public PyTorchPeer()
        : base("pytorch")
    {
        string python = PeerFiles.Python;
        var start = new ProcessStartInfo(python, [PeerFiles.PyTorchScript])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["OMP_NUM_THREADS"] = "1";
        start.Environment["OPENBLAS_NUM_THREADS"] = "1";
        try
        {
            _process = Process.Start(start)!;
        }
        catch (System.ComponentModel.Win32Exception e)
        {
            throw new PeerMissingException($"{python}: {e.Message}");
        }

        _process.ErrorDataReceived += (_, _) => { };
        _process.BeginErrorReadLine();
        Version = "PyTorch " + (_process.StandardOutput.ReadLine()?.Split(' ')[1] ?? throw new PeerMissingException($"{python} has no torch; benchmarks/peers/setup.sh installs it"));
    }

    public override string Version { get; }

    public override Work Create(Workload workload)
    {
        if (!workload.Stored.AreFloats)
        {
            throw new NotSupportedException("it has floats only");
        }

        string file = Path.GetTempFileName();
        File.WriteAllBytes(file, [.. Bytes(workload.Weights), .. Bytes(workload.Inputs), .. Bytes(workload.OutputGradients)]);
        Shape shape = workload.Shape;
        string id = (++_works).ToString(CultureInfo.InvariantCulture);
        string mode = workload.Mode.Streams() ? "stream" : workload.Mode == Mode.Sequence ? "sequence" : "train";
        try
        {
            Ask($"open {id} {shape.CellName} {mode} {shape.Layers} {shape.Input} {shape.Hidden} {shape.Output} {shape.Steps} {workload.Batch} {workload.Streams} {(workload.Adam ? 1 : 0)} {file}");
        }
        finally
        {
            File.Delete(file);
        }

        return new PyTorchWork(this, id, workload);
    }

    public override void Dispose()
    {
        _process.StandardInput.Close();
        _process.WaitForExit();
        _process.Dispose();
    }

    private static ReadOnlySpan<byte> Bytes(float[] values) => MemoryMarshal.AsBytes<float>(values);

    private string Ask(string line)
    {
        _process.StandardInput.WriteLine(line);
        _process.StandardInput.Flush();
        string answer = _process.StandardOutput.ReadLine() ?? "error the process has ended";
        return answer.StartsWith("error", StringComparison.Ordinal) ? throw new NotSupportedException(answer) : answer;
    }

    private sealed class PyTorchWork(PyTorchPeer peer, string id, Workload workload) : Work
    {
        public override double Run(int count) => Seconds(peer.Ask($"run {id} {count}"));

        public override double RunCold(int count, CacheSweeper sweeper) => Seconds(peer.Ask($"cold {id} {count} {CacheSweeper.Bytes}"));

        public override double[] Singles(int count) =>
            [.. peer.Ask($"steps {id} {count}").Split(' ').Select(text => double.Parse(text, CultureInfo.InvariantCulture))];

        public override float[] Check()
        {
            string file = Path.GetTempFileName();
            try
            {
                peer.Ask($"check {id} {(workload.Mode.Streams() ? workload.StepsToCheck : 1)} {file}");
                return MemoryMarshal.Cast<byte, float>(File.ReadAllBytes(file)).ToArray();
            }
            finally
            {
                File.Delete(file);
            }
        }

        public override void Dispose() => peer.Ask($"close {id}");

        private static double Seconds(string nanoseconds) => long.Parse(nanoseconds, CultureInfo.InvariantCulture) * 1e-9;
    }
}
