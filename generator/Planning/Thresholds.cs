namespace RnnGen.Generator.Planning;

/// <summary>
/// The numbers that decide how kernels are written, each with the measurement that it comes from: one core with 512-bit vectors (AMD Zen 4
/// or Zen 5, 32 or 48 KB of L1, 1 MB of L2). What follows from them for a stage is in <see cref="StageShape"/>.
/// </summary>
internal static class Thresholds
{
    /// <summary>
    /// Sums at a time of a 512-bit kernel whose weights stay in L1, out of 32 registers. Eight hide the latency of a multiply-add; sixteen are
    /// better as long as the weights are near (GRU 16 -> 32 loses 20 % with eight) ...
    /// </summary>
    public const int SumsInL1 = 16;

    /// <summary>... and worse beyond L1.</summary>
    public const int SumsBeyondL1 = 8;

    /// <summary>Narrower vectors have 16 registers: eight sums, the rest for weights, broadcasts and temporaries.</summary>
    public const int PortableSums = 8;

    /// <summary>
    /// Units that one vector of 256 bits holds. Where no stage of a kernel has more, a wider one would only compute padding, which costs time where
    /// a 512-bit operation takes two turns (LSTM 4 -> 2: 40 ns instead of 28).
    /// </summary>
    public const int NarrowUnits = 8;

    /// <summary>Bytes of weights of a stage that stay in L1 beside states and scratch memory.</summary>
    public const int StageInL1 = 32 * 1024;

    /// <summary>Chains per sum, as far as the registers go: even and odd rows.</summary>
    public const int ChainsPerSum = 2;

    /// <summary>
    /// The same with weights of 16 and 8 bits. A second vector of each sum is better than a second part: a number that was put into all lanes serves twice as many weights, and two vectors of functions do
    /// not wait for each other (GRU 64 -> 128 takes 0.87 of the time with 16 bits, 0.94 with 8). With four bits, an LSTM has then more calls than the JIT inlines.
    /// </summary>
    public const int NarrowChainsPerSum = 1;

    /// <summary>Vectors per sum and pass: wider tiles only spread a sum over more registers than there are.</summary>
    public const int MostVectors = 4;

    /// <summary>Partial sums per sum: more wait for each other no less.</summary>
    public const int MostPartialSums = 4;

    /// <summary>Rows that a turn of a loop has at least: half as many jumps.</summary>
    public const int RowsPerIteration = 2;

    /// <summary>
    /// Sources with so few rows are written out, others run in a loop: all rows of small kernels written out gained less than 2 % in any cell
    /// (4 -> 2 to 16 -> 32), and the JIT gives up on huge methods.
    /// </summary>
    public const int MostWrittenOutRows = 4;

    /// <summary>
    /// Bytes of IL of the largest method. The JIT stops optimizing beyond 60,000, which costs four to five times the time; a third of it leaves
    /// room, and is quick to compile.
    /// </summary>
    public const int LargestMethod = 20_000;

    /// <summary>Bytes of IL of a product with a weight, as the C# compiler makes it without optimization.</summary>
    public const int BytesOfProduct = 24;

    /// <summary>Bytes of IL of a number that is put into all lanes.</summary>
    public const int BytesOfRow = 24;

    /// <summary>Bytes of IL that a stage has at most beside its rows (LSTM: 2,400).</summary>
    public const int BytesOfStage = 2_500;

    /// <summary>
    /// Bytes of weights of a layer beyond which sums that wait for no other step are computed for several steps at a time: below it, splitting
    /// costs 10 %; LSTM 40 -> 64 gains 20 %, 128 -> 256 a third.
    /// </summary>
    public const int SplitBeyond = 40 * 1024;

    /// <summary>
    /// Bytes of weights that stay near from one step of a window to the next. Three layers of 256 units in 8 bits, 1.6 MB together, gain 14 % if each takes 16 steps
    /// before the next one does; in 16 bits, where each alone is as large as this, they lose 5 %.
    /// </summary>
    public const int NearCache = 1024 * 1024;

    /// <summary>
    /// Bytes of weights of a layer from which on two threads share its steps, if the model asks for it: they wait some 300 ns for each other. LSTM 40 -> 64 takes 0.83 of the time (104 KB), 64 -> 128
    /// in 8 bits 0.8 (96 KB); 40 -> 64 in 8 bits takes 1.2 times as long (26 KB).
    /// </summary>
    public const int FewestBytesOfParts = 96 * 1024;

    /// <summary>Steps that are taken at a time: the weights are read from afar once for all of them, and their sums stay in the cache until they are needed.</summary>
    public const int SplitSteps = 16;

    /// <summary>
    /// Lanes side by side, with one sum each, so that a weight is loaded once for all of them: one block of 32 is slower than four of eight.
    /// </summary>
    public const int LanesOfBlock = 8;

    /// <summary>
    /// Products of a kernel, in vectors of 16, below which lanes go through it one by one: what a group does beside its products costs more than
    /// the loads that it saves (LSTM 4 -> 2: 426 ns for eight lanes, 324 for eight single ones).
    /// </summary>
    public const int FewestProductsOfBlock = 48;

    /// <summary>
    /// The same per vector of sums: with fewer, the sums' way through scratch memory eats up what the group gains (GRU 1 -> 20: eight single ones
    /// take 0.93 of the time of eight lanes).
    /// </summary>
    public const int FewestProductsPerSum = 16;

    /// <summary>
    /// Multiply-adds of a step from which on many streams take it as lanes, although their states have to go there and back: LSTM 40 -> 64 (26,624) takes 0.6 of the time of single steps,
    /// RNN 64 -> 128 (24,576) 0.56, RNN 40 -> 64 (6,656) 1.1.
    /// </summary>
    public const int FewestProductsOfGathered = 16_384;

    /// <summary>Streams that are lanes at the same time: their states stay in the nearest cache.</summary>
    public const int MostGathered = 32;

    /// <summary>
    /// Elements of vectors of sums that stand for no unit, per unit, from which on streams are the elements in place of units: what each unit has to be turned for. Of the time of pairs, that takes with 512 (256) bits
    /// RNN 4 -> 2 (6 empty ones for 2 units) 0.7 (0.7), RNN 4 -> 4 (4 for 4) 0.85 (0.86), RNN 1 -> 20 (12 for 20) 1.05 (0.92), RNN 6 -> 6 (2 for 6) 1.0 (1.0), RNN 24 -> 24 1.1 (1.2); LSTM 4 -> 2 (24 for 2)
    /// 0.4 (0.3), LSTM 4 -> 6 (8 for 6) 0.82 (0.81), LSTM 1 -> 20 (48 for 20) 0.9 (0.9), LSTM 12 -> 12 (16 for 12) 1.03 (1.02), LSTM 24 -> 24 (32 for 24) 0.94 (0.97), LSTM 8 -> 8 (none) 1.0 (1.3);
    /// GRU 4 -> 2 0.4 (0.3), GRU 1 -> 20 0.78 (0.77), GRU 12 -> 12 0.87 (0.89), GRU 24 -> 24 0.91 (0.92).
    /// </summary>
    public const int EmptySumsPerUnit = 1;

    /// <summary>Units of a layer up to which that pays: the values of 64 streams stay in the nearest cache. LSTM 34 -> 34 (56 empty ones for 34) takes 1.0 of the time of pairs, GRU 8 -> 34 1.1.</summary>
    public const int MostUnitsOfStreams = 24;

    /// <summary>Streams that are the elements of vectors at least, of 16 that a vector has: RNN 4 -> 2 takes 1.3 of the time of pairs with eight, 1.03 with twelve, 0.9 with sixteen.</summary>
    public const int FewestStreamsOfVectors = 12;

    /// <summary>Sums per lane that are in registers at the same time, of 32 registers: each takes eight.</summary>
    public const int BlockSums = 3;

    /// <summary>The same of 16 registers.</summary>
    public const int PortableBlockSums = 1;

    /// <summary>Products of a group that are written out in the loop over a source, in whole rows: enough to hide the jump.</summary>
    public const int BlockProductsPerIteration = 16;

    /// <summary>Rows x vectors of a product over the steps of a window: 24 sums of 32 registers, 95 % of the peak ...</summary>
    public const int GradientRows = 6;

    /// <inheritdoc cref="GradientRows"/>
    public const int GradientVectors = 4;

    /// <summary>... and 10 of 16.</summary>
    public const int PortableGradientRows = 5;

    /// <inheritdoc cref="PortableGradientRows"/>
    public const int PortableGradientVectors = 2;

    /// <summary>Rows of such a product, if fewer than there are registers for leave no rest: a rest would be a second text.</summary>
    public const int EvenGradientRows = 4;

    /// <summary>Operations of an equation that a comment in a kernel can have and still be read.</summary>
    public const int LongestEquation = 12;

    /// <summary>Steps or lanes whose rows are multiplied in one go: enough to pay for the start of a product, few enough to stay in the cache (at most 100).</summary>
    public const int RowsAtATime = 96;
}
