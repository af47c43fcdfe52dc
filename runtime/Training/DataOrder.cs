namespace RnnGen;

/// <summary>In which order <c>Fit</c> takes the windows of its data.</summary>
public enum DataOrder
{
    /// <summary>Each window once per epoch, in an order that is drawn anew for every epoch.</summary>
    Shuffled,

    /// <summary>A window at random for each place in each batch, whether it has been taken before or not.</summary>
    Random,

    /// <summary>One after the other, and again from the start.</summary>
    Sequential,
}
