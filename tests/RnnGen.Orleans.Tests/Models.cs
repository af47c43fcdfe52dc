namespace RnnGen.Tests.Clusters;

[RnnModel(inputSize: 2, sequenceLength: 4), Gru(12), Linear(2)]
internal sealed partial class Sensor
{
    /// <summary>Inputs that only one step of one stream has, so that a state of another one would show.</summary>
    public static float[] InputsOf(string key, long number) => [(key.Aggregate(17, (hash, letter) => (hash * 31) + letter) % 1000) / 500f, number % 7 / 7f];
}

[RnnModel(inputSize: 2, sequenceLength: 4), Lstm(5), Linear(2)]
internal sealed partial class Other;

[RnnModel(inputSize: 7, sequenceLength: 4, Tokens = true), Rnn(9), Softmax(7)]
internal sealed partial class Letters;

/// <summary>What a stream computes without a cluster.</summary>
internal sealed class Alone(string key)
{
    private readonly Sensor _model = new(seed: 1);
    private readonly Sensor.State _state = new Sensor(seed: 1).CreateState();
    private long _number;

    public float[] Step(Sensor? model = null)
    {
        var outputs = new float[Sensor.OutputSize];
        (model ?? _model).Step(_state, Sensor.InputsOf(key, ++_number), outputs);
        return outputs;
    }
}
