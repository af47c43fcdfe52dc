namespace RnnGen.Generator.Tests;

/// <summary>Whole models that several tests use.</summary>
internal static class Models
{
    public const string Hello = """
        using RnnGen;

        namespace Lecture;

        [RnnModel(inputSize: 4, sequenceLength: 4, Tokens = true)]
        public sealed partial class Hello
        {
            [Rnn(hiddenSize: 10)] public partial Layer Hidden { get; }
            [Softmax(4)]          public partial Layer Next   { get; }
        }
        """;

    public const string Amp = """
        using RnnGen;

        [RnnModel(1, 64), Lstm(20), Linear(1)]
        public sealed partial class Amp;
        """;

    public const string Stack = """
        using RnnGen;

        namespace Deep.Space;

        /// <summary>Says yes or no to three questions about a word.</summary>
        [RnnModel(inputSize: 30, sequenceLength: 12)]
        public sealed partial class Stack
        {
            /// <summary>One vector per letter.</summary>
            [Embedding(5)]
            public partial Layer Letters { get; }

            [Gru(12)]
            public partial Layer Low { get; }

            [Lstm(7, ReturnSequences = false)]
            internal partial Layer High { get; }

            [Sigmoid(3)]
            public partial Layer Answers { get; }
        }
        """;

    /// <summary>Both directions, a join, dropout, a residual sum, two heads of which one is for the whole window.</summary>
    public const string Speech = """
        using RnnGen;

        [RnnModel(inputSize: 6, sequenceLength: 20)]
        public sealed partial class Speech
        {
            [Gru(5, Direction = Direction.Bidirectional)]        public partial Layer Memory { get; }
            [Dropout(0.25)]                                      public partial Layer Some   { get; }
            [Dense(10, Residual = true)]                         public partial Layer Mixed  { get; }
            [Softmax(4, From = [nameof(Mixed), Layer.Input])]    public partial Layer Sounds { get; }
            [Linear(1, Weight = 0.5, From = [nameof(Memory)], Loss = Loss.Huber)] public partial Layer Pitch  { get; }
        }
        """;

    /// <summary>Masks, states that are learned, and a trace.</summary>
    public const string Memory = """
        using RnnGen;

        [RnnModel(2, 8, Trace = true), Lstm(5, RecurrentDropout = 0.25, Zoneout = 0.05, ZoneoutCell = 0.5, LearnInitialState = true), Linear(1)]
        public sealed partial class Memory;
        """;

    /// <summary>A model with batches.</summary>
    public const string Lanes = """
        using RnnGen;

        [RnnModel(inputSize: 5, sequenceLength: 20, BatchSize = 32)]
        public sealed partial class Lanes8
        {
            [Gru(20)]    public partial Layer Memory { get; }
            [Softmax(3)] public partial Layer Answer { get; }
        }
        """;

    /// <summary>A model whose steps read the states' weights as bytes; it has too few inputs for that.</summary>
    public const string Bytes = """
        using RnnGen;

        [RnnModel(inputSize: 3, sequenceLength: 20, Weights = WeightFormat.Int8), Lstm(32), Linear(1)]
        public sealed partial class Bytes;
        """;

    /// <summary>The same with four bits: a whole block of 64 rows and a part of one.</summary>
    public const string Nibbles = """
        using RnnGen;

        [RnnModel(inputSize: 3, sequenceLength: 20, Weights = WeightFormat.Int4), Lstm(80), Linear(1)]
        public sealed partial class Nibbles;
        """;

    /// <summary>The same with halves of floats.</summary>
    public const string Halves = """
        using RnnGen;

        [RnnModel(inputSize: 9, sequenceLength: 20, Weights = WeightFormat.BFloat16), Gru(20), Linear(1)]
        public sealed partial class Halves;
        """;

    /// <summary>Batches of a model that needs whole windows, with tokens, joins, dropout and two heads.</summary>
    public const string LanesOfGraph = """
        using RnnGen;

        [RnnModel(inputSize: 5, sequenceLength: 20, Tokens = true, BatchSize = 32)]
        public sealed partial class LanesOfGraph
        {
            [Gru(6, Direction = Direction.Bidirectional)]               public partial Layer Memory { get; }
            [Dropout(0.25, Variational = true)]                         public partial Layer Some   { get; }
            [Lstm(6, ReturnSequences = false)]                          public partial Layer Last   { get; }
            [Dense(6, Residual = true)]                                 public partial Layer Mixed  { get; }
            [Softmax(3)]                                                public partial Layer Answer { get; }
            [Linear(2, From = [nameof(Memory)])]                        public partial Layer Pitch  { get; }
        }
        """;

    /// <summary>Layers that are equal to others, with weights and without: they share their kernels.</summary>
    public const string Twins = """
        using RnnGen;

        [RnnModel(inputSize: 4, sequenceLength: 10, BatchSize = 8)]
        public sealed partial class Twins
        {
            [Lstm(8)]                                                public partial Layer A { get; }
            [Gru(8)]                                                 public partial Layer B { get; }
            [Activation(Activation.Relu, From = [nameof(A)])]        public partial Layer C { get; }
            [Activation(Activation.Relu, From = [nameof(B)])]        public partial Layer D { get; }
            [Activation(Activation.Relu)]                            public partial Layer E { get; }
            [Gru(8)]                                                 public partial Layer F { get; }
            [Linear(2, From = [nameof(C), nameof(F)])]               public partial Layer G { get; }
        }
        """;

    /// <summary>Every kind of layer and every option.</summary>
    public const string Everything = """
        using RnnGen;

        namespace Deep.Space;

        [RnnModel(inputSize: 3, sequenceLength: 5)]
        public partial class Everything
        {
            [Dense(6, Bias = false)] public partial Layer Mix { get; }
            [Activation(Activation.Sigmoid)] public partial Layer Squash { get; }
            [Rnn(4, Activation = Activation.Relu, Bias = false)] public partial Layer Plain { get; }
            [Gru(17, LinearBeforeReset = false)] private protected partial Layer ResetFirst { get; }
            [Gru(16)] protected internal partial Layer ResetLast { get; }
            [Lstm(33)] private partial Layer Memory { get; }
            [Linear(2, Bias = false)] public partial Layer Out { get; }
        }
        """;

    /// <summary>A head that shares an embedding, and weights its classes.</summary>
    public const string Words = """
        using RnnGen;

        [RnnModel(inputSize: 9, sequenceLength: 6)]
        public sealed partial class Words
        {
            [Embedding(3)]                                                                  public partial Layer Word   { get; }
            [Gru(3)]                                                                        public partial Layer Memory { get; }
            [Softmax(9, Tied = nameof(Word), ClassWeights = [0, 1, 1, 1, 1, 1, 1, 1, 2.5])] public partial Layer Next   { get; }
        }
        """;

    /// <summary>A layer that data give, and weights of positive targets.</summary>
    public const string Sensor = """
        using RnnGen;

        [RnnModel(inputSize: 3, sequenceLength: 6)]
        public sealed partial class Sensor
        {
            [Normalization]                         public partial Layer Scaled { get; }
            [Gru(3)]                                public partial Layer Memory { get; }
            [Sigmoid(2, PositiveWeights = [10, 1])] public partial Layer Alarms { get; }
        }
        """;
}
