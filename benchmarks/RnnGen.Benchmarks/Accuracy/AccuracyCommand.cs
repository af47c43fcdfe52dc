using System.CommandLine;
using System.Diagnostics;
using System.Numerics;

namespace RnnGen.Benchmarks;

/// <summary>The errors of the element-wise functions over all 2^32 floats.</summary>
internal static class AccuracyCommand
{
    public static Command Create()
    {
        var command = new Command("accuracy", "The errors of tanh, sigmoid and exp over all 2^32 floats.");
        command.SetAction(_ => Run());
        command.Add(NarrowText.Create());
        return command;
    }

    private static void Run()
    {
        long start = Stopwatch.GetTimestamp();
        string narrow = $"{Vector<byte>.Count * 8} bits";
        Sweep[] sweeps =
        [
            new TanhSweep(("VectorMath.Tanh, 512 bits", Wide.Tanh), ($"VectorMath.Tanh, {narrow}", Narrow.Tanh), ("VectorMath.Tanh, one float", OneByOne.Tanh), ("PreciseMath.Tanh, 512 bits", Wide.PreciseTanh), ($"PreciseMath.Tanh, {narrow}", Narrow.PreciseTanh), ("ReproducibleMath.Tanh, 512 bits", Wide.ReproducibleTanh), ($"ReproducibleMath.Tanh, {narrow}", Narrow.ReproducibleTanh)),
            new SigmoidSweep(("VectorMath.Sigmoid, 512 bits", Wide.Sigmoid), ($"VectorMath.Sigmoid, {narrow}", Narrow.Sigmoid), ("VectorMath.Sigmoid, one float", OneByOne.Sigmoid), ("PreciseMath.Sigmoid, 512 bits", Wide.PreciseSigmoid), ($"PreciseMath.Sigmoid, {narrow}", Narrow.PreciseSigmoid), ("ReproducibleMath.Sigmoid, 512 bits", Wide.ReproducibleSigmoid), ($"ReproducibleMath.Sigmoid, {narrow}", Narrow.ReproducibleSigmoid)),
            new ExpSweep(("exp of softmax", Narrow.Exp)),
        ];
        Console.WriteLine($"{"function",-36} {"absolute",10} {"at x",16} {"relative",10} {"at x",16}  NaN kept, in range");
        foreach (Sweep sweep in sweeps)
        {
            foreach ((string name, Error error) in sweep.Names.Zip(sweep.Run()))
            {
                Console.WriteLine(
                    $"{name,-36} {error.Absolute,10:0.00e+00} {error.AbsoluteAt,16:g9} {error.Relative,10:0.00e+00} {error.RelativeAt,16:g9}  {(error.KeepsNaN ? "yes" : "NO")}, {(error.IsInRange ? "yes" : "NO")}");
            }
        }

        Console.WriteLine("Relative errors where the true value is a normal float (sigmoid ends at 0 before its true value does); errors of exp for x <= 0 only.");
        Console.WriteLine(Machine.Describe());
        Console.WriteLine($"{Stopwatch.GetElapsedTime(start).TotalSeconds:0} seconds.");
    }
}
