using RnnGen.Checkpoints;

namespace RnnGen.Fuzz;

/// <summary>Something that reads files.</summary>
/// <param name="Name">What it is, for findings.</param>
/// <param name="Files">Sound files of it.</param>
/// <param name="Read">Reads a file.</param>
/// <param name="Fingerprint">A number that depends on everything that a file may change.</param>
/// <param name="Use">Uses what was read.</param>
internal sealed record FuzzTarget(string Name, byte[][] Files, Action<SafetensorsFile> Read, Func<uint> Fingerprint, Action Use);
