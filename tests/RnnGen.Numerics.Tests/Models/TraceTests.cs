using RnnGen.Numerics.Tests.Reference;

namespace RnnGen.Numerics.Tests.Models;

/// <summary>Every named value of every step, against the equations in double precision.</summary>
public sealed class TraceTests
{
    private static readonly CompiledModels Models = new(Cases.Select(row =>
        (row.Data.Item1, new DeclaredModel("[RnnModel(inputSize: 3, sequenceLength: 5, Trace = true)]", row.Data.Item1))));

    private delegate TraceRows Trace(string name);

    /// <summary>Members of a model, and the names of what can be traced.</summary>
    public static TheoryData<string, string> Cases => new()
    {
        { "[Rnn(5)] public partial Layer A { get; }", "A.sum A.h" },
        { "[Lstm(17)] public partial Layer A { get; }", "A.i A.f A.g A.o A.c A.tanhC A.h" },
        { "[Gru(16)] public partial Layer A { get; } [Dense(3)] public partial Layer B { get; }", "A.r A.z A.hn A.n A.h B.y" },
        { "[Gru(4, LinearBeforeReset = false, ReturnSequences = false)] public partial Layer A { get; } [Dense(3)] public partial Layer B { get; }", "A.r A.z A.rh A.n A.h B.y" },
        { "[MinGru(17)] public partial Layer A { get; } [Mgu(5)] public partial Layer B { get; }", "A.z A.n A.h B.z B.zh B.n B.h" },
        { "[Gru(3, Direction = Direction.Bidirectional, Layers = 2)] public partial Layer A { get; }", "A.r A.z A.hn A.n A.h A.r_reverse A.z_reverse A.hn_reverse A.n_reverse A.h_reverse A.r_l1 A.z_l1 A.hn_l1 A.n_l1 A.h_l1 A.r_l1_reverse A.z_l1_reverse A.hn_l1_reverse A.n_l1_reverse A.h_l1_reverse" },
        { "[Lstm(18, Peepholes = true, LayerNorm = true, ProjectionSize = 7, RecurrentDropout = 0.3, Zoneout = 0.1, ZoneoutCell = 0.5)] public partial Layer A { get; }", "A.mh A.iX A.fX A.gX A.oX A.iH A.fH A.gH A.oH A.i A.f A.g A.cNew A.c A.o A.tanhC A.m A.hNew A.h A.m_h A.u_c A.u_h" },
        { "[Lstm(5, Clip = 0.3f)] public partial Layer A { get; } [LayerNorm] public partial Layer B { get; } [Rnn(4, Clip = 0.3f, Activation = Activation.Affine)] public partial Layer C { get; }", "A.i A.f A.g A.o A.c A.tanhC A.h B.y C.sum C.h" },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void Values_are_those_of_the_equations(string members, string names)
    {
        IRnnModel model = Models.Create(members);
        var test = new ModelUnderTest(model);
        var reference = new ReferenceNetwork(model, Models.Spec(members));
        Type tape = test.Tape.GetType();
        var trace = tape.GetMethod("Trace")!.CreateDelegate<Trace>(test.Tape);
        Assert.Equal(names.Split(' '), (IEnumerable<string>)tape.GetProperty("TraceNames")!.GetValue(null)!);

        // What is kept besides must not disturb the way back.
        ModelCheck.Run(test, reference);

        // A window that is shorter than the tape.
        const int Steps = 4;
        float[] x = [.. Enumerable.Range(0, Steps * 3).Select(k => (k * 5 % 7 * 0.3f) - 1)];
        foreach (string name in test.State.Names)
        {
            test.State[name].Fill(0.25f);
        }

        Dictionary<string, double[]> states = test.State.Names.ToDictionary(n => n, n => test.State[n].ToArray().Select(v => (double)v).ToArray());
        test.Record(x, new float[model.GetOutputLength(Steps)]);
        reference.TakeMasks(test.Tape);
        reference.Forward([.. x.Select(v => (double)v)], states);
        foreach ((string name, double[][] rows) in reference.Traces)
        {
            Assert.Equal(rows.Length, trace(name).Steps);
            for (int step = 0; step < rows.Length; step++)
            {
                Compare.Absolute(rows[step], trace(name)[step], 1e-5, $"{name} at {step}");
            }
        }
    }
}
