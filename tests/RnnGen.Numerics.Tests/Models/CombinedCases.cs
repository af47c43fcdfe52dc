namespace RnnGen.Numerics.Tests.Models;

/// <summary>The combined models, each as a check that a theory can run by name.</summary>
internal static class CombinedCases
{
    public static readonly IReadOnlyDictionary<string, Action> All = new Dictionary<string, Action>
    {
        ["DeepMix"] = () => ModelCheck.Run(new DeepMix(seed: 3)),
        ["ActivationFirst"] = () => ModelCheck.Run(new ActivationFirst(seed: 3)),
        ["SigmoidHead"] = () => ModelCheck.Run(new SigmoidHead(seed: 3)),
        ["SoftmaxLast"] = () => ModelCheck.Run(new SoftmaxLast(seed: 3)),
        ["LastWithoutHead"] = () => ModelCheck.Run(new LastWithoutHead(seed: 3)),
        ["LinearLast"] = () => ModelCheck.Run(new LinearLast(seed: 3)),
        ["OnlyDense"] = () => ModelCheck.Run(new OnlyDense(seed: 3)),
        ["TokensRnn"] = () => ModelCheck.Run(new TokensRnn(seed: 3)),
        ["TokensLstm"] = () => ModelCheck.Run(new TokensLstm(seed: 3)),
        ["TokensGru"] = () => ModelCheck.Run(new TokensGru(seed: 3)),
        ["TokensEmbedding"] = () => ModelCheck.Run(new TokensEmbedding(seed: 3)),
        ["TokensDense"] = () => ModelCheck.Run(new TokensDense(seed: 3)),
        ["PreciseMix"] = () => ModelCheck.Run(new PreciseMix(seed: 3)),
        ["ReproducibleFunctions"] = () => ModelCheck.Run(new Reproducible.ReproducibleFunctions(seed: 3)),
        ["ReproducibleGru"] = () => ModelCheck.Run(new Reproducible.ReproducibleGru(seed: 3)),
        ["ReproducibleLstm"] = () => ModelCheck.Run(new Reproducible.ReproducibleLstm(seed: 3)),
    };
}
