namespace RnnGen.Testing;

/// <summary>A check that does not hold. Every test framework reports it as a failed test; its message has the expected and the actual value.</summary>
/// <param name="message">What does not hold.</param>
public sealed class CheckException(string message) : Exception(message);
