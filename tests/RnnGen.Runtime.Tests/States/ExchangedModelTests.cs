using RnnGen.Tests.Checkpoints;
using RnnGen.Tests.Models;

namespace RnnGen.Tests.States;

/// <summary>A stream continues with another model of its class, which is how its weights are exchanged.</summary>
public sealed class ExchangedModelTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(ModelsUnderTest.Recurrent), MemberType = typeof(ModelsUnderTest))]
    public void A_state_goes_on_with_another_model(string name)
    {
        ModelUnderTest first = ModelsUnderTest.Create(name, seed: 1);
        ModelsUnderTest.Create(name, seed: 2).Model.Save(_folder.File("model"));
        ModelUnderTest second = first.Load(_folder.File("model"));
        State state = first.RunningState();
        State expected = second.CreateState();
        expected.Restore(state.ToBytes());

        float[] outputs = second.Outputs(1);
        float[] expectedOutputs = second.Outputs(1);
        second.Step(state, second.Inputs(1), outputs);
        second.Step(expected, second.Inputs(1), expectedOutputs);

        Same.Bits(expectedOutputs, outputs, "outputs");
        Same.Bits(expected, state);
    }
}
