/// <summary>What PyTorch makes of the same cell; reference.py prints it.</summary>
internal static class PyTorch
{
    /// <summary>The outputs of all steps: "h", "hello", then the batch "hello", "eolll", "lleel".</summary>
    public static readonly float[] Outputs =
    [
        0.37994897f, 0.60436779f,

        0.37994897f, 0.60436779f,
        -0.04151633f, 0.89137626f,
        -0.14934041f, 0.00576430f,
        0.43088439f, -0.53781742f,
        0.61569989f, 0.75260174f,

        0.37994897f, 0.60436779f,
        -0.04151633f, 0.89137626f,
        -0.14934041f, 0.00576430f,
        0.43088439f, -0.53781742f,
        0.61569989f, 0.75260174f,

        0.09966799f, 0.66403675f,
        -0.49414390f, 0.89923155f,
        -0.51102400f, -0.29712367f,
        0.36077568f, -0.77630001f,
        0.91307956f, -0.61270267f,

        0.53704959f, -0.46211717f,
        0.89629203f, -0.38109121f,
        0.83713961f, 0.83327281f,
        0.18466420f, 0.95501935f,
        0.00218230f, 0.19956224f,
    ];
}
