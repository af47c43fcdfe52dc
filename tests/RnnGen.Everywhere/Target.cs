namespace RnnGen.Everywhere;

/// <summary>Where the program runs, and which other target it is compared with.</summary>
/// <param name="Name">The name of its report, <c>NAME.txt</c>.</param>
/// <param name="Title">What it is.</param>
/// <param name="Reference">The name of the target that it is compared with.</param>
/// <param name="IsEqual">Whether its results have the same bits as the reference's. Otherwise they may differ by rounding.</param>
internal sealed record Target(string Name, string Title, string Reference, bool IsEqual)
{
    public static readonly Target[] All =
    [
        new("jit", "JIT", "jit", IsEqual: true),
        new("jit-vector512", "JIT, `DOTNET_MaxVectorTBitWidth=512`", "jit", IsEqual: true),
        new("jit-256", "JIT, `DOTNET_EnableAVX512=0`", "jit", IsEqual: false),
        new("jit-128", "JIT, `DOTNET_EnableAVX2=0`", "jit", IsEqual: false),
        new("jit-scalar", "JIT, `DOTNET_EnableHWIntrinsic=0`", "jit-128", IsEqual: true),
        new("r2r", "ReadyToRun", "jit", IsEqual: true),
        new("trimmed", "trimmed, single file", "jit", IsEqual: true),
        new("aot-native", "NativeAOT, `native`", "jit", IsEqual: true),
        new("aot-v4", "NativeAOT, `x86-64-v4`", "jit", IsEqual: true),
        new("aot-v3", "NativeAOT, `x86-64-v3`", "jit-256", IsEqual: true),
        new("aot", "NativeAOT, no `IlcInstructionSet`", "jit-128", IsEqual: true),
        new("bare-trimmed", "bare Debian, trimmed", "trimmed", IsEqual: true),
        new("bare-aot", "bare Debian, NativeAOT", "aot", IsEqual: true),
        new("arm64", "arm64, self-contained, emulated", "jit-256", IsEqual: true),
        new("arm64-aot", "arm64, NativeAOT, emulated", "arm64", IsEqual: true),
        new("wasm-node", "WebAssembly, Node.js", "jit-128", IsEqual: false),
        new("wasm-chromium", "WebAssembly, Chromium", "wasm-node", IsEqual: true),
    ];
}
