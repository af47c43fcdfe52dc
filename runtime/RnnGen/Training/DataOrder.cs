namespace RnnGen;

/// <summary>The order in which <c>Fit</c> takes the windows of its data.</summary>
public enum DataOrder
{
    /// <summary>Each window once per epoch, in a new random order for every epoch.</summary>
    Shuffled,

    /// <summary>Each window of a batch is drawn at random, independently of earlier ones.</summary>
    Random,

    /// <summary>In the order of the data, again and again.</summary>
    Sequential,
}
