using RnnGen.CompilerServices;

namespace RnnGen.Checkpoints;

internal static class Checkpoint
{
    public static void Save(ModelWeights weights, string path) { }

    public static void Load(ModelWeights weights, string path) { }
}
