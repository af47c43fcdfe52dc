using RnnGen.Tests.Models;

namespace RnnGen.Tests.Calls;

/// <summary>All that a call could change, as it was. A refused call changes none of it.</summary>
internal sealed class Picture
{
    private readonly ModelUnderTest _subject;
    private readonly State? _state;
    private readonly Tape? _tape;
    private readonly float[] _weights;
    private readonly float[] _stateValues;
    private readonly float[] _gradients;
    private readonly float[] _stateGradients;
    private readonly double _lossSum;
    private readonly long _targetCount;
    private readonly int _steps;

    public Picture(ModelUnderTest subject, State? state, Tape? tape)
    {
        _subject = subject;
        _state = state;
        _tape = tape;
        _weights = subject.Model.Parameters.ToArray();
        _stateValues = state is null ? [] : TestNumbers.Values(state);
        _gradients = tape is null ? [] : tape.Gradients.ToArray();
        _stateGradients = tape is null ? [] : TestNumbers.Values(tape.InitialStateGradients);
        _lossSum = tape?.LossSum ?? 0;
        _targetCount = tape?.TargetCount ?? 0;
        _steps = tape?.Steps ?? 0;
    }

    public void AssertUnchanged()
    {
        Same.Bits(_weights, _subject.Model.Parameters, "weights");
        if (_state is not null)
        {
            Same.Bits(_stateValues, TestNumbers.Values(_state), "state");
        }

        if (_tape is not null)
        {
            Same.Bits(_gradients, _tape.Gradients, "gradients");
            Same.Bits(_stateGradients, TestNumbers.Values(_tape.InitialStateGradients), "gradients of the first states");
            Assert.Equal(_lossSum, _tape.LossSum);
            Assert.Equal(_targetCount, _tape.TargetCount);
            Assert.Equal(_steps, _tape.Steps);
        }
    }
}
