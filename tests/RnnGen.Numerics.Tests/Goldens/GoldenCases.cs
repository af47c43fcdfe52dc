namespace RnnGen.Numerics.Tests.Goldens;

/// <summary>Ties each golden file to its generated models.</summary>
internal static class GoldenCases
{
    public static readonly IReadOnlyDictionary<string, Action> All = new Dictionary<string, Action>
    {
        ["rnn_tanh_i1_h1_t1_n1_l1_uni_mse-last"] = () =>
        {
            var file = new GoldenFile("rnn_tanh_i1_h1_t1_n1_l1_uni_mse-last.safetensors");
            GoldenChecks.Training<RnnTanhI1H1T1N1L1UniMseLast, RnnTanhI1H1T1N1L1UniMseLast.State, RnnTanhI1H1T1N1L1UniMseLast.Tape>(
                file, (m, s, x, y, tape) => m.Forward(s, x, y, tape), (m, s, x, y) => m.Forward(s, x, y), (m, s, x, y) => m.Step(s, x, y), (m, tape, targets) => m.Backward(tape, targets.Floats), tape => tape.InputGradients, tape => tape.InitialStateGradients);
            GoldenChecks.Vjp<RnnTanhI1H1T1N1L1UniMseLastCore, RnnTanhI1H1T1N1L1UniMseLastCore.State, RnnTanhI1H1T1N1L1UniMseLastCore.Tape>(
                file, (m, s, x, y, tape) => m.Forward(s, x, y, tape), (m, tape, dy, ds) => m.Backward(tape, dy, ds), tape => tape.InputGradients, tape => tape.InitialStateGradients);
        },
        ["rnn_tanh_i3_h5_t7_n1_l1_uni_ce-seq"] = () =>
        {
            var file = new GoldenFile("rnn_tanh_i3_h5_t7_n1_l1_uni_ce-seq.safetensors");
            GoldenChecks.Training<RnnTanhI3H5T7N1L1UniCeSeq, RnnTanhI3H5T7N1L1UniCeSeq.State, RnnTanhI3H5T7N1L1UniCeSeq.Tape>(
                file, (m, s, x, y, tape) => m.Forward(s, x, y, tape), (m, s, x, y) => m.Forward(s, x, y), (m, s, x, y) => m.Step(s, x, y), (m, tape, targets) => m.Backward(tape, targets.Integers), tape => tape.InputGradients, tape => tape.InitialStateGradients);
            GoldenChecks.Vjp<RnnTanhI3H5T7N1L1UniCeSeqCore, RnnTanhI3H5T7N1L1UniCeSeqCore.State, RnnTanhI3H5T7N1L1UniCeSeqCore.Tape>(
                file, (m, s, x, y, tape) => m.Forward(s, x, y, tape), (m, tape, dy, ds) => m.Backward(tape, dy, ds), tape => tape.InputGradients, tape => tape.InitialStateGradients);
        },
        ["rnn_tanh_i3_h5_t7_n4_l2_uni_mse-seq"] = () =>
        {
            var file = new GoldenFile("rnn_tanh_i3_h5_t7_n4_l2_uni_mse-seq.safetensors");
            GoldenChecks.Training<RnnTanhI3H5T7N4L2UniMseSeq, RnnTanhI3H5T7N4L2UniMseSeq.State, RnnTanhI3H5T7N4L2UniMseSeq.Tape>(
                file, (m, s, x, y, tape) => m.Forward(s, x, y, tape), (m, s, x, y) => m.Forward(s, x, y), (m, s, x, y) => m.Step(s, x, y), (m, tape, targets) => m.Backward(tape, targets.Floats), tape => tape.InputGradients, tape => tape.InitialStateGradients);
            GoldenChecks.Vjp<RnnTanhI3H5T7N4L2UniMseSeqCore, RnnTanhI3H5T7N4L2UniMseSeqCore.State, RnnTanhI3H5T7N4L2UniMseSeqCore.Tape>(
                file, (m, s, x, y, tape) => m.Forward(s, x, y, tape), (m, tape, dy, ds) => m.Backward(tape, dy, ds), tape => tape.InputGradients, tape => tape.InitialStateGradients);
        },
        ["rnn_tanh_i8_h16_t12_n4_l1_uni_ce-seq"] = () =>
        {
            var file = new GoldenFile("rnn_tanh_i8_h16_t12_n4_l1_uni_ce-seq.safetensors");
            GoldenChecks.Training<RnnTanhI8H16T12N4L1UniCeSeq, RnnTanhI8H16T12N4L1UniCeSeq.State, RnnTanhI8H16T12N4L1UniCeSeq.Tape>(
                file, (m, s, x, y, tape) => m.Forward(s, x, y, tape), (m, s, x, y) => m.Forward(s, x, y), (m, s, x, y) => m.Step(s, x, y), (m, tape, targets) => m.Backward(tape, targets.Integers), tape => tape.InputGradients, tape => tape.InitialStateGradients);
            GoldenChecks.Vjp<RnnTanhI8H16T12N4L1UniCeSeqCore, RnnTanhI8H16T12N4L1UniCeSeqCore.State, RnnTanhI8H16T12N4L1UniCeSeqCore.Tape>(
                file, (m, s, x, y, tape) => m.Forward(s, x, y, tape), (m, tape, dy, ds) => m.Backward(tape, dy, ds), tape => tape.InputGradients, tape => tape.InitialStateGradients);
        },
        ["rnn_relu_i1_h1_t1_n1_l1_uni_mse-last"] = () =>
        {
            var file = new GoldenFile("rnn_relu_i1_h1_t1_n1_l1_uni_mse-last.safetensors");
            GoldenChecks.Training<RnnReluI1H1T1N1L1UniMseLast, RnnReluI1H1T1N1L1UniMseLast.State, RnnReluI1H1T1N1L1UniMseLast.Tape>(
                file, (m, s, x, y, tape) => m.Forward(s, x, y, tape), (m, s, x, y) => m.Forward(s, x, y), (m, s, x, y) => m.Step(s, x, y), (m, tape, targets) => m.Backward(tape, targets.Floats), tape => tape.InputGradients, tape => tape.InitialStateGradients);
            GoldenChecks.Vjp<RnnReluI1H1T1N1L1UniMseLastCore, RnnReluI1H1T1N1L1UniMseLastCore.State, RnnReluI1H1T1N1L1UniMseLastCore.Tape>(
                file, (m, s, x, y, tape) => m.Forward(s, x, y, tape), (m, tape, dy, ds) => m.Backward(tape, dy, ds), tape => tape.InputGradients, tape => tape.InitialStateGradients);
        },
        ["rnn_relu_i3_h5_t7_n1_l1_uni_ce-seq"] = () =>
        {
            var file = new GoldenFile("rnn_relu_i3_h5_t7_n1_l1_uni_ce-seq.safetensors");
            GoldenChecks.Training<RnnReluI3H5T7N1L1UniCeSeq, RnnReluI3H5T7N1L1UniCeSeq.State, RnnReluI3H5T7N1L1UniCeSeq.Tape>(
                file, (m, s, x, y, tape) => m.Forward(s, x, y, tape), (m, s, x, y) => m.Forward(s, x, y), (m, s, x, y) => m.Step(s, x, y), (m, tape, targets) => m.Backward(tape, targets.Integers), tape => tape.InputGradients, tape => tape.InitialStateGradients);
            GoldenChecks.Vjp<RnnReluI3H5T7N1L1UniCeSeqCore, RnnReluI3H5T7N1L1UniCeSeqCore.State, RnnReluI3H5T7N1L1UniCeSeqCore.Tape>(
                file, (m, s, x, y, tape) => m.Forward(s, x, y, tape), (m, tape, dy, ds) => m.Backward(tape, dy, ds), tape => tape.InputGradients, tape => tape.InitialStateGradients);
        },
        ["rnn_relu_i3_h5_t7_n4_l2_uni_mse-seq"] = () =>
        {
            var file = new GoldenFile("rnn_relu_i3_h5_t7_n4_l2_uni_mse-seq.safetensors");
            GoldenChecks.Training<RnnReluI3H5T7N4L2UniMseSeq, RnnReluI3H5T7N4L2UniMseSeq.State, RnnReluI3H5T7N4L2UniMseSeq.Tape>(
                file, (m, s, x, y, tape) => m.Forward(s, x, y, tape), (m, s, x, y) => m.Forward(s, x, y), (m, s, x, y) => m.Step(s, x, y), (m, tape, targets) => m.Backward(tape, targets.Floats), tape => tape.InputGradients, tape => tape.InitialStateGradients);
            GoldenChecks.Vjp<RnnReluI3H5T7N4L2UniMseSeqCore, RnnReluI3H5T7N4L2UniMseSeqCore.State, RnnReluI3H5T7N4L2UniMseSeqCore.Tape>(
                file, (m, s, x, y, tape) => m.Forward(s, x, y, tape), (m, tape, dy, ds) => m.Backward(tape, dy, ds), tape => tape.InputGradients, tape => tape.InitialStateGradients);
        },
        ["rnn_relu_i8_h16_t12_n4_l1_uni_ce-seq"] = () =>
        {
            var file = new GoldenFile("rnn_relu_i8_h16_t12_n4_l1_uni_ce-seq.safetensors");
            GoldenChecks.Training<RnnReluI8H16T12N4L1UniCeSeq, RnnReluI8H16T12N4L1UniCeSeq.State, RnnReluI8H16T12N4L1UniCeSeq.Tape>(
                file, (m, s, x, y, tape) => m.Forward(s, x, y, tape), (m, s, x, y) => m.Forward(s, x, y), (m, s, x, y) => m.Step(s, x, y), (m, tape, targets) => m.Backward(tape, targets.Integers), tape => tape.InputGradients, tape => tape.InitialStateGradients);
            GoldenChecks.Vjp<RnnReluI8H16T12N4L1UniCeSeqCore, RnnReluI8H16T12N4L1UniCeSeqCore.State, RnnReluI8H16T12N4L1UniCeSeqCore.Tape>(
                file, (m, s, x, y, tape) => m.Forward(s, x, y, tape), (m, tape, dy, ds) => m.Backward(tape, dy, ds), tape => tape.InputGradients, tape => tape.InitialStateGradients);
        },
        ["gru_i1_h1_t1_n1_l1_uni_mse-last"] = () =>
        {
            var file = new GoldenFile("gru_i1_h1_t1_n1_l1_uni_mse-last.safetensors");
            GoldenChecks.Training<GruI1H1T1N1L1UniMseLast, GruI1H1T1N1L1UniMseLast.State, GruI1H1T1N1L1UniMseLast.Tape>(
                file, (m, s, x, y, tape) => m.Forward(s, x, y, tape), (m, s, x, y) => m.Forward(s, x, y), (m, s, x, y) => m.Step(s, x, y), (m, tape, targets) => m.Backward(tape, targets.Floats), tape => tape.InputGradients, tape => tape.InitialStateGradients);
            GoldenChecks.Vjp<GruI1H1T1N1L1UniMseLastCore, GruI1H1T1N1L1UniMseLastCore.State, GruI1H1T1N1L1UniMseLastCore.Tape>(
                file, (m, s, x, y, tape) => m.Forward(s, x, y, tape), (m, tape, dy, ds) => m.Backward(tape, dy, ds), tape => tape.InputGradients, tape => tape.InitialStateGradients);
        },
        ["gru_i3_h5_t7_n1_l1_uni_ce-seq"] = () =>
        {
            var file = new GoldenFile("gru_i3_h5_t7_n1_l1_uni_ce-seq.safetensors");
            GoldenChecks.Training<GruI3H5T7N1L1UniCeSeq, GruI3H5T7N1L1UniCeSeq.State, GruI3H5T7N1L1UniCeSeq.Tape>(
                file, (m, s, x, y, tape) => m.Forward(s, x, y, tape), (m, s, x, y) => m.Forward(s, x, y), (m, s, x, y) => m.Step(s, x, y), (m, tape, targets) => m.Backward(tape, targets.Integers), tape => tape.InputGradients, tape => tape.InitialStateGradients);
            GoldenChecks.Vjp<GruI3H5T7N1L1UniCeSeqCore, GruI3H5T7N1L1UniCeSeqCore.State, GruI3H5T7N1L1UniCeSeqCore.Tape>(
                file, (m, s, x, y, tape) => m.Forward(s, x, y, tape), (m, tape, dy, ds) => m.Backward(tape, dy, ds), tape => tape.InputGradients, tape => tape.InitialStateGradients);
        },
        ["gru_i3_h5_t7_n4_l2_uni_mse-seq"] = () =>
        {
            var file = new GoldenFile("gru_i3_h5_t7_n4_l2_uni_mse-seq.safetensors");
            GoldenChecks.Training<GruI3H5T7N4L2UniMseSeq, GruI3H5T7N4L2UniMseSeq.State, GruI3H5T7N4L2UniMseSeq.Tape>(
                file, (m, s, x, y, tape) => m.Forward(s, x, y, tape), (m, s, x, y) => m.Forward(s, x, y), (m, s, x, y) => m.Step(s, x, y), (m, tape, targets) => m.Backward(tape, targets.Floats), tape => tape.InputGradients, tape => tape.InitialStateGradients);
            GoldenChecks.Vjp<GruI3H5T7N4L2UniMseSeqCore, GruI3H5T7N4L2UniMseSeqCore.State, GruI3H5T7N4L2UniMseSeqCore.Tape>(
                file, (m, s, x, y, tape) => m.Forward(s, x, y, tape), (m, tape, dy, ds) => m.Backward(tape, dy, ds), tape => tape.InputGradients, tape => tape.InitialStateGradients);
        },
        ["gru_i8_h16_t12_n4_l1_uni_ce-seq"] = () =>
        {
            var file = new GoldenFile("gru_i8_h16_t12_n4_l1_uni_ce-seq.safetensors");
            GoldenChecks.Training<GruI8H16T12N4L1UniCeSeq, GruI8H16T12N4L1UniCeSeq.State, GruI8H16T12N4L1UniCeSeq.Tape>(
                file, (m, s, x, y, tape) => m.Forward(s, x, y, tape), (m, s, x, y) => m.Forward(s, x, y), (m, s, x, y) => m.Step(s, x, y), (m, tape, targets) => m.Backward(tape, targets.Integers), tape => tape.InputGradients, tape => tape.InitialStateGradients);
            GoldenChecks.Vjp<GruI8H16T12N4L1UniCeSeqCore, GruI8H16T12N4L1UniCeSeqCore.State, GruI8H16T12N4L1UniCeSeqCore.Tape>(
                file, (m, s, x, y, tape) => m.Forward(s, x, y, tape), (m, tape, dy, ds) => m.Backward(tape, dy, ds), tape => tape.InputGradients, tape => tape.InitialStateGradients);
        },
        ["lstm_i1_h1_t1_n1_l1_uni_mse-last"] = () =>
        {
            var file = new GoldenFile("lstm_i1_h1_t1_n1_l1_uni_mse-last.safetensors");
            GoldenChecks.Training<LstmI1H1T1N1L1UniMseLast, LstmI1H1T1N1L1UniMseLast.State, LstmI1H1T1N1L1UniMseLast.Tape>(
                file, (m, s, x, y, tape) => m.Forward(s, x, y, tape), (m, s, x, y) => m.Forward(s, x, y), (m, s, x, y) => m.Step(s, x, y), (m, tape, targets) => m.Backward(tape, targets.Floats), tape => tape.InputGradients, tape => tape.InitialStateGradients);
            GoldenChecks.Vjp<LstmI1H1T1N1L1UniMseLastCore, LstmI1H1T1N1L1UniMseLastCore.State, LstmI1H1T1N1L1UniMseLastCore.Tape>(
                file, (m, s, x, y, tape) => m.Forward(s, x, y, tape), (m, tape, dy, ds) => m.Backward(tape, dy, ds), tape => tape.InputGradients, tape => tape.InitialStateGradients);
        },
        ["lstm_i3_h5_t7_n1_l1_uni_ce-seq"] = () =>
        {
            var file = new GoldenFile("lstm_i3_h5_t7_n1_l1_uni_ce-seq.safetensors");
            GoldenChecks.Training<LstmI3H5T7N1L1UniCeSeq, LstmI3H5T7N1L1UniCeSeq.State, LstmI3H5T7N1L1UniCeSeq.Tape>(
                file, (m, s, x, y, tape) => m.Forward(s, x, y, tape), (m, s, x, y) => m.Forward(s, x, y), (m, s, x, y) => m.Step(s, x, y), (m, tape, targets) => m.Backward(tape, targets.Integers), tape => tape.InputGradients, tape => tape.InitialStateGradients);
            GoldenChecks.Vjp<LstmI3H5T7N1L1UniCeSeqCore, LstmI3H5T7N1L1UniCeSeqCore.State, LstmI3H5T7N1L1UniCeSeqCore.Tape>(
                file, (m, s, x, y, tape) => m.Forward(s, x, y, tape), (m, tape, dy, ds) => m.Backward(tape, dy, ds), tape => tape.InputGradients, tape => tape.InitialStateGradients);
        },
        ["lstm_i3_h5_t7_n4_l2_uni_mse-seq"] = () =>
        {
            var file = new GoldenFile("lstm_i3_h5_t7_n4_l2_uni_mse-seq.safetensors");
            GoldenChecks.Training<LstmI3H5T7N4L2UniMseSeq, LstmI3H5T7N4L2UniMseSeq.State, LstmI3H5T7N4L2UniMseSeq.Tape>(
                file, (m, s, x, y, tape) => m.Forward(s, x, y, tape), (m, s, x, y) => m.Forward(s, x, y), (m, s, x, y) => m.Step(s, x, y), (m, tape, targets) => m.Backward(tape, targets.Floats), tape => tape.InputGradients, tape => tape.InitialStateGradients);
            GoldenChecks.Vjp<LstmI3H5T7N4L2UniMseSeqCore, LstmI3H5T7N4L2UniMseSeqCore.State, LstmI3H5T7N4L2UniMseSeqCore.Tape>(
                file, (m, s, x, y, tape) => m.Forward(s, x, y, tape), (m, tape, dy, ds) => m.Backward(tape, dy, ds), tape => tape.InputGradients, tape => tape.InitialStateGradients);
        },
        ["lstm_i8_h16_t12_n4_l1_uni_ce-seq"] = () =>
        {
            var file = new GoldenFile("lstm_i8_h16_t12_n4_l1_uni_ce-seq.safetensors");
            GoldenChecks.Training<LstmI8H16T12N4L1UniCeSeq, LstmI8H16T12N4L1UniCeSeq.State, LstmI8H16T12N4L1UniCeSeq.Tape>(
                file, (m, s, x, y, tape) => m.Forward(s, x, y, tape), (m, s, x, y) => m.Forward(s, x, y), (m, s, x, y) => m.Step(s, x, y), (m, tape, targets) => m.Backward(tape, targets.Integers), tape => tape.InputGradients, tape => tape.InitialStateGradients);
            GoldenChecks.Vjp<LstmI8H16T12N4L1UniCeSeqCore, LstmI8H16T12N4L1UniCeSeqCore.State, LstmI8H16T12N4L1UniCeSeqCore.Tape>(
                file, (m, s, x, y, tape) => m.Forward(s, x, y, tape), (m, tape, dy, ds) => m.Backward(tape, dy, ds), tape => tape.InputGradients, tape => tape.InitialStateGradients);
        },
        ["lstm_i40_h64_t100_n1_l1_uni_ce-seq"] = () =>
        {
            var file = new GoldenFile("lstm_i40_h64_t100_n1_l1_uni_ce-seq.safetensors");
            GoldenChecks.Training<LstmI40H64T100N1L1UniCeSeq, LstmI40H64T100N1L1UniCeSeq.State, LstmI40H64T100N1L1UniCeSeq.Tape>(
                file, (m, s, x, y, tape) => m.Forward(s, x, y, tape), (m, s, x, y) => m.Forward(s, x, y), (m, s, x, y) => m.Step(s, x, y), (m, tape, targets) => m.Backward(tape, targets.Integers), tape => tape.InputGradients, tape => tape.InitialStateGradients);
        },
        ["gru_i40_h64_t100_n1_l1_uni_ce-last"] = () =>
        {
            var file = new GoldenFile("gru_i40_h64_t100_n1_l1_uni_ce-last.safetensors");
            GoldenChecks.Training<GruI40H64T100N1L1UniCeLast, GruI40H64T100N1L1UniCeLast.State, GruI40H64T100N1L1UniCeLast.Tape>(
                file, (m, s, x, y, tape) => m.Forward(s, x, y, tape), (m, s, x, y) => m.Forward(s, x, y), (m, s, x, y) => m.Step(s, x, y), (m, tape, targets) => m.Backward(tape, targets.Integers), tape => tape.InputGradients, tape => tape.InitialStateGradients);
        },
        ["rnn_tanh_i40_h64_t100_n4_l1_uni_ce-last"] = () =>
        {
            var file = new GoldenFile("rnn_tanh_i40_h64_t100_n4_l1_uni_ce-last.safetensors");
            GoldenChecks.Training<RnnTanhI40H64T100N4L1UniCeLast, RnnTanhI40H64T100N4L1UniCeLast.State, RnnTanhI40H64T100N4L1UniCeLast.Tape>(
                file, (m, s, x, y, tape) => m.Forward(s, x, y, tape), (m, s, x, y) => m.Forward(s, x, y), (m, s, x, y) => m.Step(s, x, y), (m, tape, targets) => m.Backward(tape, targets.Integers), tape => tape.InputGradients, tape => tape.InitialStateGradients);
        },
        ["gru_i5_h4_t6_n2_l1_uni_mse-seq_nobias"] = () =>
        {
            var file = new GoldenFile("gru_i5_h4_t6_n2_l1_uni_mse-seq_nobias.safetensors");
            GoldenChecks.Training<GruI5H4T6N2L1UniMseSeqNobias, GruI5H4T6N2L1UniMseSeqNobias.State, GruI5H4T6N2L1UniMseSeqNobias.Tape>(
                file, (m, s, x, y, tape) => m.Forward(s, x, y, tape), (m, s, x, y) => m.Forward(s, x, y), (m, s, x, y) => m.Step(s, x, y), (m, tape, targets) => m.Backward(tape, targets.Floats), tape => tape.InputGradients, tape => tape.InitialStateGradients);
            GoldenChecks.Vjp<GruI5H4T6N2L1UniMseSeqNobiasCore, GruI5H4T6N2L1UniMseSeqNobiasCore.State, GruI5H4T6N2L1UniMseSeqNobiasCore.Tape>(
                file, (m, s, x, y, tape) => m.Forward(s, x, y, tape), (m, tape, dy, ds) => m.Backward(tape, dy, ds), tape => tape.InputGradients, tape => tape.InitialStateGradients);
        },
        ["lstm_i5_h4_t6_n2_l1_uni_mse-seq_nobias"] = () =>
        {
            var file = new GoldenFile("lstm_i5_h4_t6_n2_l1_uni_mse-seq_nobias.safetensors");
            GoldenChecks.Training<LstmI5H4T6N2L1UniMseSeqNobias, LstmI5H4T6N2L1UniMseSeqNobias.State, LstmI5H4T6N2L1UniMseSeqNobias.Tape>(
                file, (m, s, x, y, tape) => m.Forward(s, x, y, tape), (m, s, x, y) => m.Forward(s, x, y), (m, s, x, y) => m.Step(s, x, y), (m, tape, targets) => m.Backward(tape, targets.Floats), tape => tape.InputGradients, tape => tape.InitialStateGradients);
            GoldenChecks.Vjp<LstmI5H4T6N2L1UniMseSeqNobiasCore, LstmI5H4T6N2L1UniMseSeqNobiasCore.State, LstmI5H4T6N2L1UniMseSeqNobiasCore.Tape>(
                file, (m, s, x, y, tape) => m.Forward(s, x, y, tape), (m, tape, dy, ds) => m.Backward(tape, dy, ds), tape => tape.InputGradients, tape => tape.InitialStateGradients);
        },
        ["gru_i4_h2_t6_n1_l3_bi_mse-seq"] = () =>
        {
            var file = new GoldenFile("gru_i4_h2_t6_n1_l3_bi_mse-seq.safetensors");
            GoldenChecks.Training<GruI4H2T6N1L3BiMseSeq, GruI4H2T6N1L3BiMseSeq.State, GruI4H2T6N1L3BiMseSeq.Tape>(
                file, (m, s, x, y, tape) => m.Forward(s, x, y, tape), (m, s, x, y) => m.Forward(s, x, y), null, (m, tape, targets) => m.Backward(tape, targets.Floats), tape => tape.InputGradients, tape => tape.InitialStateGradients);
            GoldenChecks.Vjp<GruI4H2T6N1L3BiMseSeqCore, GruI4H2T6N1L3BiMseSeqCore.State, GruI4H2T6N1L3BiMseSeqCore.Tape>(
                file, (m, s, x, y, tape) => m.Forward(s, x, y, tape), (m, tape, dy, ds) => m.Backward(tape, dy, ds), tape => tape.InputGradients, tape => tape.InitialStateGradients);
        },
        ["gru_i4_h2_t6_n4_l1_bi_ce-last"] = () =>
        {
            var file = new GoldenFile("gru_i4_h2_t6_n4_l1_bi_ce-last.safetensors");
            GoldenChecks.Training<GruI4H2T6N4L1BiCeLast, GruI4H2T6N4L1BiCeLast.State, GruI4H2T6N4L1BiCeLast.Tape>(
                file, (m, s, x, y, tape) => m.Forward(s, x, y, tape), (m, s, x, y) => m.Forward(s, x, y), null, (m, tape, targets) => m.Backward(tape, targets.Integers), tape => tape.InputGradients, tape => tape.InitialStateGradients);
            GoldenChecks.Vjp<GruI4H2T6N4L1BiCeLastCore, GruI4H2T6N4L1BiCeLastCore.State, GruI4H2T6N4L1BiCeLastCore.Tape>(
                file, (m, s, x, y, tape) => m.Forward(s, x, y, tape), (m, tape, dy, ds) => m.Backward(tape, dy, ds), tape => tape.InputGradients, tape => tape.InitialStateGradients);
        },
        ["gru_i9_h11_t5_n2_l2_bi_mse-seq"] = () =>
        {
            var file = new GoldenFile("gru_i9_h11_t5_n2_l2_bi_mse-seq.safetensors");
            GoldenChecks.Training<GruI9H11T5N2L2BiMseSeq, GruI9H11T5N2L2BiMseSeq.State, GruI9H11T5N2L2BiMseSeq.Tape>(
                file, (m, s, x, y, tape) => m.Forward(s, x, y, tape), (m, s, x, y) => m.Forward(s, x, y), null, (m, tape, targets) => m.Backward(tape, targets.Floats), tape => tape.InputGradients, tape => tape.InitialStateGradients);
            GoldenChecks.Vjp<GruI9H11T5N2L2BiMseSeqCore, GruI9H11T5N2L2BiMseSeqCore.State, GruI9H11T5N2L2BiMseSeqCore.Tape>(
                file, (m, s, x, y, tape) => m.Forward(s, x, y, tape), (m, tape, dy, ds) => m.Backward(tape, dy, ds), tape => tape.InputGradients, tape => tape.InitialStateGradients);
        },
        ["lstm_i4_h2_t6_n1_l3_bi_mse-seq"] = () =>
        {
            var file = new GoldenFile("lstm_i4_h2_t6_n1_l3_bi_mse-seq.safetensors");
            GoldenChecks.Training<LstmI4H2T6N1L3BiMseSeq, LstmI4H2T6N1L3BiMseSeq.State, LstmI4H2T6N1L3BiMseSeq.Tape>(
                file, (m, s, x, y, tape) => m.Forward(s, x, y, tape), (m, s, x, y) => m.Forward(s, x, y), null, (m, tape, targets) => m.Backward(tape, targets.Floats), tape => tape.InputGradients, tape => tape.InitialStateGradients);
            GoldenChecks.Vjp<LstmI4H2T6N1L3BiMseSeqCore, LstmI4H2T6N1L3BiMseSeqCore.State, LstmI4H2T6N1L3BiMseSeqCore.Tape>(
                file, (m, s, x, y, tape) => m.Forward(s, x, y, tape), (m, tape, dy, ds) => m.Backward(tape, dy, ds), tape => tape.InputGradients, tape => tape.InitialStateGradients);
        },
        ["lstm_i4_h2_t6_n4_l1_bi_ce-last"] = () =>
        {
            var file = new GoldenFile("lstm_i4_h2_t6_n4_l1_bi_ce-last.safetensors");
            GoldenChecks.Training<LstmI4H2T6N4L1BiCeLast, LstmI4H2T6N4L1BiCeLast.State, LstmI4H2T6N4L1BiCeLast.Tape>(
                file, (m, s, x, y, tape) => m.Forward(s, x, y, tape), (m, s, x, y) => m.Forward(s, x, y), null, (m, tape, targets) => m.Backward(tape, targets.Integers), tape => tape.InputGradients, tape => tape.InitialStateGradients);
            GoldenChecks.Vjp<LstmI4H2T6N4L1BiCeLastCore, LstmI4H2T6N4L1BiCeLastCore.State, LstmI4H2T6N4L1BiCeLastCore.Tape>(
                file, (m, s, x, y, tape) => m.Forward(s, x, y, tape), (m, tape, dy, ds) => m.Backward(tape, dy, ds), tape => tape.InputGradients, tape => tape.InitialStateGradients);
        },
        ["lstm_i9_h11_t5_n2_l2_bi_mse-seq"] = () =>
        {
            var file = new GoldenFile("lstm_i9_h11_t5_n2_l2_bi_mse-seq.safetensors");
            GoldenChecks.Training<LstmI9H11T5N2L2BiMseSeq, LstmI9H11T5N2L2BiMseSeq.State, LstmI9H11T5N2L2BiMseSeq.Tape>(
                file, (m, s, x, y, tape) => m.Forward(s, x, y, tape), (m, s, x, y) => m.Forward(s, x, y), null, (m, tape, targets) => m.Backward(tape, targets.Floats), tape => tape.InputGradients, tape => tape.InitialStateGradients);
            GoldenChecks.Vjp<LstmI9H11T5N2L2BiMseSeqCore, LstmI9H11T5N2L2BiMseSeqCore.State, LstmI9H11T5N2L2BiMseSeqCore.Tape>(
                file, (m, s, x, y, tape) => m.Forward(s, x, y, tape), (m, tape, dy, ds) => m.Backward(tape, dy, ds), tape => tape.InputGradients, tape => tape.InitialStateGradients);
        },
        ["rnn_relu_i4_h2_t6_n1_l3_bi_mse-seq"] = () =>
        {
            var file = new GoldenFile("rnn_relu_i4_h2_t6_n1_l3_bi_mse-seq.safetensors");
            GoldenChecks.Training<RnnReluI4H2T6N1L3BiMseSeq, RnnReluI4H2T6N1L3BiMseSeq.State, RnnReluI4H2T6N1L3BiMseSeq.Tape>(
                file, (m, s, x, y, tape) => m.Forward(s, x, y, tape), (m, s, x, y) => m.Forward(s, x, y), null, (m, tape, targets) => m.Backward(tape, targets.Floats), tape => tape.InputGradients, tape => tape.InitialStateGradients);
            GoldenChecks.Vjp<RnnReluI4H2T6N1L3BiMseSeqCore, RnnReluI4H2T6N1L3BiMseSeqCore.State, RnnReluI4H2T6N1L3BiMseSeqCore.Tape>(
                file, (m, s, x, y, tape) => m.Forward(s, x, y, tape), (m, tape, dy, ds) => m.Backward(tape, dy, ds), tape => tape.InputGradients, tape => tape.InitialStateGradients);
        },
        ["rnn_relu_i4_h2_t6_n4_l1_bi_ce-last"] = () =>
        {
            var file = new GoldenFile("rnn_relu_i4_h2_t6_n4_l1_bi_ce-last.safetensors");
            GoldenChecks.Training<RnnReluI4H2T6N4L1BiCeLast, RnnReluI4H2T6N4L1BiCeLast.State, RnnReluI4H2T6N4L1BiCeLast.Tape>(
                file, (m, s, x, y, tape) => m.Forward(s, x, y, tape), (m, s, x, y) => m.Forward(s, x, y), null, (m, tape, targets) => m.Backward(tape, targets.Integers), tape => tape.InputGradients, tape => tape.InitialStateGradients);
            GoldenChecks.Vjp<RnnReluI4H2T6N4L1BiCeLastCore, RnnReluI4H2T6N4L1BiCeLastCore.State, RnnReluI4H2T6N4L1BiCeLastCore.Tape>(
                file, (m, s, x, y, tape) => m.Forward(s, x, y, tape), (m, tape, dy, ds) => m.Backward(tape, dy, ds), tape => tape.InputGradients, tape => tape.InitialStateGradients);
        },
        ["rnn_relu_i9_h11_t5_n2_l2_bi_mse-seq"] = () =>
        {
            var file = new GoldenFile("rnn_relu_i9_h11_t5_n2_l2_bi_mse-seq.safetensors");
            GoldenChecks.Training<RnnReluI9H11T5N2L2BiMseSeq, RnnReluI9H11T5N2L2BiMseSeq.State, RnnReluI9H11T5N2L2BiMseSeq.Tape>(
                file, (m, s, x, y, tape) => m.Forward(s, x, y, tape), (m, s, x, y) => m.Forward(s, x, y), null, (m, tape, targets) => m.Backward(tape, targets.Floats), tape => tape.InputGradients, tape => tape.InitialStateGradients);
            GoldenChecks.Vjp<RnnReluI9H11T5N2L2BiMseSeqCore, RnnReluI9H11T5N2L2BiMseSeqCore.State, RnnReluI9H11T5N2L2BiMseSeqCore.Tape>(
                file, (m, s, x, y, tape) => m.Forward(s, x, y, tape), (m, tape, dy, ds) => m.Backward(tape, dy, ds), tape => tape.InputGradients, tape => tape.InitialStateGradients);
        },
        ["rnn_tanh_i4_h2_t6_n1_l3_bi_mse-seq"] = () =>
        {
            var file = new GoldenFile("rnn_tanh_i4_h2_t6_n1_l3_bi_mse-seq.safetensors");
            GoldenChecks.Training<RnnTanhI4H2T6N1L3BiMseSeq, RnnTanhI4H2T6N1L3BiMseSeq.State, RnnTanhI4H2T6N1L3BiMseSeq.Tape>(
                file, (m, s, x, y, tape) => m.Forward(s, x, y, tape), (m, s, x, y) => m.Forward(s, x, y), null, (m, tape, targets) => m.Backward(tape, targets.Floats), tape => tape.InputGradients, tape => tape.InitialStateGradients);
            GoldenChecks.Vjp<RnnTanhI4H2T6N1L3BiMseSeqCore, RnnTanhI4H2T6N1L3BiMseSeqCore.State, RnnTanhI4H2T6N1L3BiMseSeqCore.Tape>(
                file, (m, s, x, y, tape) => m.Forward(s, x, y, tape), (m, tape, dy, ds) => m.Backward(tape, dy, ds), tape => tape.InputGradients, tape => tape.InitialStateGradients);
        },
        ["rnn_tanh_i4_h2_t6_n4_l1_bi_ce-last"] = () =>
        {
            var file = new GoldenFile("rnn_tanh_i4_h2_t6_n4_l1_bi_ce-last.safetensors");
            GoldenChecks.Training<RnnTanhI4H2T6N4L1BiCeLast, RnnTanhI4H2T6N4L1BiCeLast.State, RnnTanhI4H2T6N4L1BiCeLast.Tape>(
                file, (m, s, x, y, tape) => m.Forward(s, x, y, tape), (m, s, x, y) => m.Forward(s, x, y), null, (m, tape, targets) => m.Backward(tape, targets.Integers), tape => tape.InputGradients, tape => tape.InitialStateGradients);
            GoldenChecks.Vjp<RnnTanhI4H2T6N4L1BiCeLastCore, RnnTanhI4H2T6N4L1BiCeLastCore.State, RnnTanhI4H2T6N4L1BiCeLastCore.Tape>(
                file, (m, s, x, y, tape) => m.Forward(s, x, y, tape), (m, tape, dy, ds) => m.Backward(tape, dy, ds), tape => tape.InputGradients, tape => tape.InitialStateGradients);
        },
        ["rnn_tanh_i9_h11_t5_n2_l2_bi_mse-seq"] = () =>
        {
            var file = new GoldenFile("rnn_tanh_i9_h11_t5_n2_l2_bi_mse-seq.safetensors");
            GoldenChecks.Training<RnnTanhI9H11T5N2L2BiMseSeq, RnnTanhI9H11T5N2L2BiMseSeq.State, RnnTanhI9H11T5N2L2BiMseSeq.Tape>(
                file, (m, s, x, y, tape) => m.Forward(s, x, y, tape), (m, s, x, y) => m.Forward(s, x, y), null, (m, tape, targets) => m.Backward(tape, targets.Floats), tape => tape.InputGradients, tape => tape.InitialStateGradients);
            GoldenChecks.Vjp<RnnTanhI9H11T5N2L2BiMseSeqCore, RnnTanhI9H11T5N2L2BiMseSeqCore.State, RnnTanhI9H11T5N2L2BiMseSeqCore.Tape>(
                file, (m, s, x, y, tape) => m.Forward(s, x, y, tape), (m, tape, dy, ds) => m.Backward(tape, dy, ds), tape => tape.InputGradients, tape => tape.InitialStateGradients);
        },
    };
}
