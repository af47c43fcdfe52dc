namespace RnnGen.Formats;

/// <summary>A member of a group.</summary>
/// <param name="Name">Its name in the group.</param>
/// <param name="Address">Its header.</param>
/// <param name="Order">When it was made, if the file tells.</param>
internal readonly record struct Hdf5Link(string Name, long Address, long? Order);
