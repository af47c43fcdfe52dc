namespace RnnGen.Numerics.Tests.Goldens;

/// <summary>Ties each golden file to its generated models.</summary>
internal static class GoldenCases
{
    public static readonly IReadOnlyDictionary<string, Action> All = new Dictionary<string, Action>
    {
        ["rnn_tanh_i1_h1_t1_n1_l1_uni_mse-last"] = () =>
        {
            var file = new GoldenFile("rnn_tanh_i1_h1_t1_n1_l1_uni_mse-last.safetensors");
            GoldenChecks.Training<RnnTanhI1H1T1N1L1UniMseLast>(file);
            GoldenChecks.Vjp<RnnTanhI1H1T1N1L1UniMseLastCore>(file);
        },
        ["rnn_tanh_i3_h5_t7_n1_l1_uni_ce-seq"] = () =>
        {
            var file = new GoldenFile("rnn_tanh_i3_h5_t7_n1_l1_uni_ce-seq.safetensors");
            GoldenChecks.Training<RnnTanhI3H5T7N1L1UniCeSeq>(file);
            GoldenChecks.Vjp<RnnTanhI3H5T7N1L1UniCeSeqCore>(file);
        },
        ["rnn_tanh_i3_h5_t7_n4_l2_uni_mse-seq"] = () =>
        {
            var file = new GoldenFile("rnn_tanh_i3_h5_t7_n4_l2_uni_mse-seq.safetensors");
            GoldenChecks.Training<RnnTanhI3H5T7N4L2UniMseSeq>(file);
            GoldenChecks.Vjp<RnnTanhI3H5T7N4L2UniMseSeqCore>(file);
        },
        ["rnn_tanh_i8_h16_t12_n4_l1_uni_ce-seq"] = () =>
        {
            var file = new GoldenFile("rnn_tanh_i8_h16_t12_n4_l1_uni_ce-seq.safetensors");
            GoldenChecks.Training<RnnTanhI8H16T12N4L1UniCeSeq>(file);
            GoldenChecks.Vjp<RnnTanhI8H16T12N4L1UniCeSeqCore>(file);
        },
        ["rnn_relu_i1_h1_t1_n1_l1_uni_mse-last"] = () =>
        {
            var file = new GoldenFile("rnn_relu_i1_h1_t1_n1_l1_uni_mse-last.safetensors");
            GoldenChecks.Training<RnnReluI1H1T1N1L1UniMseLast>(file);
            GoldenChecks.Vjp<RnnReluI1H1T1N1L1UniMseLastCore>(file);
        },
        ["rnn_relu_i3_h5_t7_n1_l1_uni_ce-seq"] = () =>
        {
            var file = new GoldenFile("rnn_relu_i3_h5_t7_n1_l1_uni_ce-seq.safetensors");
            GoldenChecks.Training<RnnReluI3H5T7N1L1UniCeSeq>(file);
            GoldenChecks.Vjp<RnnReluI3H5T7N1L1UniCeSeqCore>(file);
        },
        ["rnn_relu_i3_h5_t7_n4_l2_uni_mse-seq"] = () =>
        {
            var file = new GoldenFile("rnn_relu_i3_h5_t7_n4_l2_uni_mse-seq.safetensors");
            GoldenChecks.Training<RnnReluI3H5T7N4L2UniMseSeq>(file);
            GoldenChecks.Vjp<RnnReluI3H5T7N4L2UniMseSeqCore>(file);
        },
        ["rnn_relu_i8_h16_t12_n4_l1_uni_ce-seq"] = () =>
        {
            var file = new GoldenFile("rnn_relu_i8_h16_t12_n4_l1_uni_ce-seq.safetensors");
            GoldenChecks.Training<RnnReluI8H16T12N4L1UniCeSeq>(file);
            GoldenChecks.Vjp<RnnReluI8H16T12N4L1UniCeSeqCore>(file);
        },
        ["gru_i1_h1_t1_n1_l1_uni_mse-last"] = () =>
        {
            var file = new GoldenFile("gru_i1_h1_t1_n1_l1_uni_mse-last.safetensors");
            GoldenChecks.Training<GruI1H1T1N1L1UniMseLast>(file);
            GoldenChecks.Vjp<GruI1H1T1N1L1UniMseLastCore>(file);
        },
        ["gru_i3_h5_t7_n1_l1_uni_ce-seq"] = () =>
        {
            var file = new GoldenFile("gru_i3_h5_t7_n1_l1_uni_ce-seq.safetensors");
            GoldenChecks.Training<GruI3H5T7N1L1UniCeSeq>(file);
            GoldenChecks.Vjp<GruI3H5T7N1L1UniCeSeqCore>(file);
        },
        ["gru_i3_h5_t7_n4_l2_uni_mse-seq"] = () =>
        {
            var file = new GoldenFile("gru_i3_h5_t7_n4_l2_uni_mse-seq.safetensors");
            GoldenChecks.Training<GruI3H5T7N4L2UniMseSeq>(file);
            GoldenChecks.Vjp<GruI3H5T7N4L2UniMseSeqCore>(file);
        },
        ["gru_i8_h16_t12_n4_l1_uni_ce-seq"] = () =>
        {
            var file = new GoldenFile("gru_i8_h16_t12_n4_l1_uni_ce-seq.safetensors");
            GoldenChecks.Training<GruI8H16T12N4L1UniCeSeq>(file);
            GoldenChecks.Vjp<GruI8H16T12N4L1UniCeSeqCore>(file);
        },
        ["lstm_i1_h1_t1_n1_l1_uni_mse-last"] = () =>
        {
            var file = new GoldenFile("lstm_i1_h1_t1_n1_l1_uni_mse-last.safetensors");
            GoldenChecks.Training<LstmI1H1T1N1L1UniMseLast>(file);
            GoldenChecks.Vjp<LstmI1H1T1N1L1UniMseLastCore>(file);
        },
        ["lstm_i3_h5_t7_n1_l1_uni_ce-seq"] = () =>
        {
            var file = new GoldenFile("lstm_i3_h5_t7_n1_l1_uni_ce-seq.safetensors");
            GoldenChecks.Training<LstmI3H5T7N1L1UniCeSeq>(file);
            GoldenChecks.Vjp<LstmI3H5T7N1L1UniCeSeqCore>(file);
        },
        ["lstm_i3_h5_t7_n4_l2_uni_mse-seq"] = () =>
        {
            var file = new GoldenFile("lstm_i3_h5_t7_n4_l2_uni_mse-seq.safetensors");
            GoldenChecks.Training<LstmI3H5T7N4L2UniMseSeq>(file);
            GoldenChecks.Vjp<LstmI3H5T7N4L2UniMseSeqCore>(file);
        },
        ["lstm_i8_h16_t12_n4_l1_uni_ce-seq"] = () =>
        {
            var file = new GoldenFile("lstm_i8_h16_t12_n4_l1_uni_ce-seq.safetensors");
            GoldenChecks.Training<LstmI8H16T12N4L1UniCeSeq>(file);
            GoldenChecks.Vjp<LstmI8H16T12N4L1UniCeSeqCore>(file);
        },
        ["lstm_i40_h64_t100_n1_l1_uni_ce-seq"] = () =>
        {
            var file = new GoldenFile("lstm_i40_h64_t100_n1_l1_uni_ce-seq.safetensors");
            GoldenChecks.Training<LstmI40H64T100N1L1UniCeSeq>(file);
        },
        ["gru_i40_h64_t100_n1_l1_uni_ce-last"] = () =>
        {
            var file = new GoldenFile("gru_i40_h64_t100_n1_l1_uni_ce-last.safetensors");
            GoldenChecks.Training<GruI40H64T100N1L1UniCeLast>(file);
        },
        ["rnn_tanh_i40_h64_t100_n4_l1_uni_ce-last"] = () =>
        {
            var file = new GoldenFile("rnn_tanh_i40_h64_t100_n4_l1_uni_ce-last.safetensors");
            GoldenChecks.Training<RnnTanhI40H64T100N4L1UniCeLast>(file);
        },
        ["gru_i5_h4_t6_n2_l1_uni_mse-seq_nobias"] = () =>
        {
            var file = new GoldenFile("gru_i5_h4_t6_n2_l1_uni_mse-seq_nobias.safetensors");
            GoldenChecks.Training<GruI5H4T6N2L1UniMseSeqNobias>(file);
            GoldenChecks.Vjp<GruI5H4T6N2L1UniMseSeqNobiasCore>(file);
        },
        ["lstm_i5_h4_t6_n2_l1_uni_mse-seq_nobias"] = () =>
        {
            var file = new GoldenFile("lstm_i5_h4_t6_n2_l1_uni_mse-seq_nobias.safetensors");
            GoldenChecks.Training<LstmI5H4T6N2L1UniMseSeqNobias>(file);
            GoldenChecks.Vjp<LstmI5H4T6N2L1UniMseSeqNobiasCore>(file);
        },
        ["gru_i4_h2_t6_n1_l3_bi_mse-seq"] = () =>
        {
            var file = new GoldenFile("gru_i4_h2_t6_n1_l3_bi_mse-seq.safetensors");
            GoldenChecks.Training<GruI4H2T6N1L3BiMseSeq>(file);
            GoldenChecks.Vjp<GruI4H2T6N1L3BiMseSeqCore>(file);
        },
        ["gru_i4_h2_t6_n4_l1_bi_ce-last"] = () =>
        {
            var file = new GoldenFile("gru_i4_h2_t6_n4_l1_bi_ce-last.safetensors");
            GoldenChecks.Training<GruI4H2T6N4L1BiCeLast>(file);
            GoldenChecks.Vjp<GruI4H2T6N4L1BiCeLastCore>(file);
        },
        ["gru_i9_h11_t5_n2_l2_bi_mse-seq"] = () =>
        {
            var file = new GoldenFile("gru_i9_h11_t5_n2_l2_bi_mse-seq.safetensors");
            GoldenChecks.Training<GruI9H11T5N2L2BiMseSeq>(file);
            GoldenChecks.Vjp<GruI9H11T5N2L2BiMseSeqCore>(file);
        },
        ["lstm_i4_h2_t6_n1_l3_bi_mse-seq"] = () =>
        {
            var file = new GoldenFile("lstm_i4_h2_t6_n1_l3_bi_mse-seq.safetensors");
            GoldenChecks.Training<LstmI4H2T6N1L3BiMseSeq>(file);
            GoldenChecks.Vjp<LstmI4H2T6N1L3BiMseSeqCore>(file);
        },
        ["lstm_i4_h2_t6_n4_l1_bi_ce-last"] = () =>
        {
            var file = new GoldenFile("lstm_i4_h2_t6_n4_l1_bi_ce-last.safetensors");
            GoldenChecks.Training<LstmI4H2T6N4L1BiCeLast>(file);
            GoldenChecks.Vjp<LstmI4H2T6N4L1BiCeLastCore>(file);
        },
        ["lstm_i9_h11_t5_n2_l2_bi_mse-seq"] = () =>
        {
            var file = new GoldenFile("lstm_i9_h11_t5_n2_l2_bi_mse-seq.safetensors");
            GoldenChecks.Training<LstmI9H11T5N2L2BiMseSeq>(file);
            GoldenChecks.Vjp<LstmI9H11T5N2L2BiMseSeqCore>(file);
        },
        ["rnn_relu_i4_h2_t6_n1_l3_bi_mse-seq"] = () =>
        {
            var file = new GoldenFile("rnn_relu_i4_h2_t6_n1_l3_bi_mse-seq.safetensors");
            GoldenChecks.Training<RnnReluI4H2T6N1L3BiMseSeq>(file);
            GoldenChecks.Vjp<RnnReluI4H2T6N1L3BiMseSeqCore>(file);
        },
        ["rnn_relu_i4_h2_t6_n4_l1_bi_ce-last"] = () =>
        {
            var file = new GoldenFile("rnn_relu_i4_h2_t6_n4_l1_bi_ce-last.safetensors");
            GoldenChecks.Training<RnnReluI4H2T6N4L1BiCeLast>(file);
            GoldenChecks.Vjp<RnnReluI4H2T6N4L1BiCeLastCore>(file);
        },
        ["rnn_relu_i9_h11_t5_n2_l2_bi_mse-seq"] = () =>
        {
            var file = new GoldenFile("rnn_relu_i9_h11_t5_n2_l2_bi_mse-seq.safetensors");
            GoldenChecks.Training<RnnReluI9H11T5N2L2BiMseSeq>(file);
            GoldenChecks.Vjp<RnnReluI9H11T5N2L2BiMseSeqCore>(file);
        },
        ["rnn_tanh_i4_h2_t6_n1_l3_bi_mse-seq"] = () =>
        {
            var file = new GoldenFile("rnn_tanh_i4_h2_t6_n1_l3_bi_mse-seq.safetensors");
            GoldenChecks.Training<RnnTanhI4H2T6N1L3BiMseSeq>(file);
            GoldenChecks.Vjp<RnnTanhI4H2T6N1L3BiMseSeqCore>(file);
        },
        ["rnn_tanh_i4_h2_t6_n4_l1_bi_ce-last"] = () =>
        {
            var file = new GoldenFile("rnn_tanh_i4_h2_t6_n4_l1_bi_ce-last.safetensors");
            GoldenChecks.Training<RnnTanhI4H2T6N4L1BiCeLast>(file);
            GoldenChecks.Vjp<RnnTanhI4H2T6N4L1BiCeLastCore>(file);
        },
        ["rnn_tanh_i9_h11_t5_n2_l2_bi_mse-seq"] = () =>
        {
            var file = new GoldenFile("rnn_tanh_i9_h11_t5_n2_l2_bi_mse-seq.safetensors");
            GoldenChecks.Training<RnnTanhI9H11T5N2L2BiMseSeq>(file);
            GoldenChecks.Vjp<RnnTanhI9H11T5N2L2BiMseSeqCore>(file);
        },
    };
}
