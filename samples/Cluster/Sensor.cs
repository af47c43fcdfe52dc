using RnnGen.Orleans;

namespace RnnGen.Samples.Cluster;

/// <summary>What the streams compute. Not trained: the sample is about where they run.</summary>
[RnnModel(inputSize: 4, sequenceLength: 50), Gru(12), Linear(1)]
internal sealed partial class Sensor
{
    /// <summary>The model is served once for each of these policies, under these names.</summary>
    public static IReadOnlyDictionary<string, StreamPersistence> Policies { get; } = new Dictionary<string, StreamPersistence>
    {
        ["EachStep"] = StreamPersistence.EachStep,
        ["Every10"] = StreamPersistence.Every(10),
        ["EverySecond"] = StreamPersistence.Every(TimeSpan.FromSeconds(1)),
        ["OnDeactivation"] = StreamPersistence.OnDeactivation,
    };

    /// <summary>The weights of a version: everyone who compares can make them.</summary>
    public static Sensor OfVersion(int version) => new(seed: version);

    /// <summary>The inputs of a step, which are those of no other stream: if states were mixed up, the outputs would show it.</summary>
    public static float[] InputsOf(int stream, long number) => [stream / 1000f, number % 101 / 101f, (stream + number) % 7 / 7f, 1];
}
