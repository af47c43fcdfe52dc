using RnnGen;

namespace Strict;

/// <summary>Says what it heard one step before.</summary>
[RnnModel(inputSize: 2, sequenceLength: 12, BatchSize = 4)]
internal sealed partial class Echo
{
    /// <summary>Remembers.</summary>
    [Lstm(9, Direction = Direction.Forward)]
    public partial Layer Memory { get; }

    /// <summary>Answers.</summary>
    [Sigmoid(2)]
    public partial Layer Answer { get; }
}
