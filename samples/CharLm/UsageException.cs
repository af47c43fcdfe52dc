namespace CharLm;

/// <summary>What was asked for cannot be done; the message says why.</summary>
internal sealed class UsageException(string message) : Exception(message);
