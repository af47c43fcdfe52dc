namespace RnnGen.Formats.Tests.Exports;

// Each has an option that no operator of ONNX has.

[RnnModel(inputSize: 2, sequenceLength: 4), Lstm(4, ProjectionSize = 2), Linear(1)]
internal sealed partial class WithProjection;

[RnnModel(inputSize: 2, sequenceLength: 4), Lstm(4, LayerNorm = true), Linear(1)]
internal sealed partial class WithLayerNorm;

[RnnModel(inputSize: 2, sequenceLength: 4), Lstm(4, ZoneoutCell = 0.5), Linear(1)]
internal sealed partial class WithZoneoutCell;

[RnnModel(inputSize: 2, sequenceLength: 4), Gru(4, Zoneout = 0.1), Linear(1)]
internal sealed partial class WithZoneout;

[RnnModel(inputSize: 2, sequenceLength: 4), MinGru(4), Linear(1)]
internal sealed partial class WithMinGru;

[RnnModel(inputSize: 2, sequenceLength: 4), Mgu(4), Linear(1)]
internal sealed partial class WithMgu;

[RnnModel(inputSize: 2, sequenceLength: 4), Gru(4), Mixture(2, 2)]
internal sealed partial class WithMixture;

[RnnModel(inputSize: 2, sequenceLength: 4), Gru(4), Quantile(0.1, 0.9)]
internal sealed partial class WithQuantiles;
