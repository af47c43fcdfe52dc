using RnnGen.Tests.Models;

namespace RnnGen.Tests.Training;

/// <summary>The floats of the packed weights that belong to no parameter are zero and stay zero: kernels rely on it.</summary>
public class PaddingTests
{
    private static readonly OptimizerSettings[] Optimizers =
    [
        new Sgd(0.1f),
        new Sgd(0.1f) { Momentum = 0.9f },
        new Sgd(0.1f) { Momentum = 0.9f, Nesterov = true },
        new Sgd(0.1f) { Momentum = 0.9f, ClipNorm = 0.1f, ClipValue = 0.05f },
        new Adam(0.01f),
        new Adam(0.01f) { Epsilon = float.Epsilon },
        new Adam(0.01f) { ClipNorm = 0.1f, ClipValue = 0.05f },
    ];

    [Theory]
    [MemberData(nameof(ModelsUnderTest.All), MemberType = typeof(ModelsUnderTest))]
    public void After_fifty_updates(string name)
    {
        foreach (OptimizerSettings settings in Optimizers)
        {
            ModelUnderTest subject = ModelsUnderTest.Create(name);
            AssertPaddingIsZero(subject);
            Optimizer optimizer = settings.CreateOptimizer(subject.Model);
            Tape tape = subject.CreateTape();
            State state = subject.CreateState();
            State stateGradients = subject.CreateState();
            for (int update = 0; update < 50; update++)
            {
                int steps = 1 + (update % subject.SequenceLength);
                TestNumbers.Fill(stateGradients, update);
                subject.Forward(state, subject.Inputs(steps, update), tape);
                subject.Backward(tape, subject.OutputGradients(steps, update), stateGradients);
                if (subject.HasHead)
                {
                    subject.Backward(tape, subject.Targets(steps, update));
                }

                AssertPaddingIsZero(subject, tape);
                Assert.True(optimizer.Update(tape));
            }

            AssertPaddingIsZero(subject);
        }
    }

    // A state that a stream has gone through has other numbers in its padding than a new one.
    [Theory]
    [MemberData(nameof(ModelsUnderTest.All), MemberType = typeof(ModelsUnderTest))]
    public void After_gradients_of_states_that_come_in_a_used_state(string name)
    {
        ModelUnderTest subject = ModelsUnderTest.Create(name);
        State stateGradients = subject.RunningState();
        Tape tape = subject.CreateTape();
        subject.Forward(subject.CreateState(), subject.Inputs(3), tape);

        subject.Backward(tape, subject.OutputGradients(3), stateGradients);

        AssertPaddingIsZero(subject, tape);
    }

    [Theory]
    [MemberData(nameof(ModelsUnderTest.All), MemberType = typeof(ModelsUnderTest))]
    public void The_models_of_these_tests_have_padding(string name)
    {
        ModelUnderTest subject = ModelsUnderTest.Create(name);

        Assert.True(subject.Model.Parameters.Length > subject.ParameterCount);
        Assert.Equal(subject.ParameterCount, subject.Parameters.Sum(p => (long)p.Parameter.Count));
    }

    private static void AssertPaddingIsZero(ModelUnderTest subject) =>
        AssertSameNonzero(subject.Parameters.SelectMany(p => TestNumbers.Values(p.Parameter)), subject.Model.Parameters.ToArray());

    private static void AssertPaddingIsZero(ModelUnderTest subject, Tape tape) =>
        AssertSameNonzero(subject.Parameters.SelectMany(p => TestNumbers.Gradient(tape, p.Parameter)), tape.Gradients.ToArray());

    /// <summary>The non-zero elements of the packed block are those of the parameters, in some order.</summary>
    private static void AssertSameNonzero(IEnumerable<float> parameters, IEnumerable<float> packed) =>
        Assert.Equal(parameters.Where(value => value != 0).Order(), packed.Where(value => value != 0).Order());
}
