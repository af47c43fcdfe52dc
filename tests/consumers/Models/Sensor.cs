using RnnGen;

namespace Models;

[RnnModel(inputSize: 1, sequenceLength: 16, BatchSize = 8)]
public sealed partial class Sensor
{
    [Gru(8)]
    public partial Layer Memory { get; }

    [Linear(1)]
    public partial Layer Next { get; }
}
