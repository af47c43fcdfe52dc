using System.Diagnostics;
using System.Runtime;

namespace RnnGen.Benchmarks;

/// <summary>The cost of a model's first calls in a new process.</summary>
/// <param name="Create">Milliseconds for the model, a state and a tape.</param>
/// <param name="Step">Milliseconds for the first step of a stream.</param>
/// <param name="Train">Milliseconds for the first window of training: forward, back, update.</param>
/// <param name="Compiling">Milliseconds of all these in the JIT compiler.</param>
/// <param name="Methods">Methods that it compiled.</param>
/// <param name="Again">Milliseconds for the second window of training.</param>
internal sealed record StartupTimes(double Create, double Step, double Train, double Compiling, int Methods, double Again)
{
    public static StartupTimes Measure<TModel>(Shape shape)
        where TModel : class, IRnnStreamingModel<float>, IRnnModelFactory<TModel>
    {
        var inputs = new float[shape.Steps * shape.Input];
        var gradients = new float[shape.Steps * shape.Width];
        var outputs = new float[shape.Width];
        TimeSpan compiling = JitInfo.GetCompilationTime();
        long methods = JitInfo.GetCompiledMethodCount();
        long start = Stopwatch.GetTimestamp();
        TModel model = TModel.Create(seed: 1);
        State state = model.CreateState();
        Tape tape = model.CreateTape();
        Optimizer optimizer = new Adam(1e-3f) { ClipNorm = 1 }.CreateOptimizer(model);
        long created = Stopwatch.GetTimestamp();
        model.Step(state, inputs.AsSpan(0, shape.Input), outputs);
        long stepped = Stopwatch.GetTimestamp();
        Train();
        long trained = Stopwatch.GetTimestamp();
        compiling = JitInfo.GetCompilationTime() - compiling;
        methods = JitInfo.GetCompiledMethodCount() - methods;
        long again = Stopwatch.GetTimestamp();
        Train();
        long end = Stopwatch.GetTimestamp();
        return new StartupTimes(Milliseconds(start, created), Milliseconds(created, stepped), Milliseconds(stepped, trained), compiling.TotalMilliseconds, (int)methods, Milliseconds(again, end));

        void Train()
        {
            model.Forward(state, inputs, tape);
            model.Backward(tape, gradients, null);
            optimizer.Update(tape);
        }
    }

    private static double Milliseconds(long start, long end) => Stopwatch.GetElapsedTime(start, end).TotalMilliseconds;
}
