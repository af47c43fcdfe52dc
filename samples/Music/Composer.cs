using RnnGen;

/// <summary>Hears which keys are down, and says for every key how likely it is down a moment later.</summary>
[RnnModel(inputSize: Keys, sequenceLength: 64)]
public sealed partial class Composer
{
    /// <summary>Three octaves, from the C below middle C.</summary>
    public const int Keys = 36;

    /// <summary>The memory.</summary>
    [Lstm(96)]
    public partial Layer Memory { get; }

    /// <summary>A probability for every key.</summary>
    [Sigmoid(Keys)]
    public partial Layer Next { get; }
}
