// The peer "onednn": RNN primitives of oneDNN 2.6 (vanilla_rnn with tanh, lstm, lbr_gru), for inference and for training. With narrow weights
// its inputs and states are narrow, too: bfloat16, or bytes with one scale for all of them, which is fixed beforehand.
#include "../peer.h"
#include <algorithm>
#include <cmath>
#include <cstring>
#include <memory>
#include <omp.h>
#include <string>
#include <unordered_map>
#include <vector>
#include <oneapi/dnnl/dnnl.hpp>
using namespace dnnl;
using tag = memory::format_tag;
using Args = std::unordered_map<int, memory>;

static engine Engine(engine::kind::cpu, 0);
static stream Stream(Engine);
static std::string reason;

using type = memory::data_type;
static memory::desc desc(memory::dims dims, tag t, type d = type::f32) { return {dims, d, t}; }
static float* data(const memory& m) { return (float*)m.get_data_handle(); }
static memory zeros(const memory::desc& d) { memory m(d, Engine); memset(m.get_data_handle(), 0, d.get_size()); return m; }
static memory reordered(const memory& from, const memory::desc& to, const primitive_attr& attr = {}) {
  memory m(to, Engine), source = from;
  reorder(reorder::primitive_desc(source, m, attr)).execute(Stream, source, m);
  Stream.wait();
  return m;
}

static const float Scale = 127 / 4.5f, Zero = 128;   // of bytes: inputs are normally distributed, states at most 1
static void to_bfloat16(const float* from, void* to, int64_t n) {
  for (int64_t k = 0; k < n; k++) {
    uint32_t bits;
    memcpy(&bits, from + k, 4);
    ((uint16_t*)to)[k] = (bits + 0x7fff + (bits >> 16 & 1)) >> 16;
  }
}
static void from_bfloat16(const void* from, float* to, int64_t n) {
  for (int64_t k = 0; k < n; k++) {
    uint32_t bits = (uint32_t)((const uint16_t*)from)[k] << 16;
    memcpy(to + k, &bits, 4);
  }
}
static void to_bytes(const float* from, void* to, int64_t n) {
  for (int64_t k = 0; k < n; k++) ((uint8_t*)to)[k] = (uint8_t)std::min(255.f, std::max(0.f, std::nearbyint(from[k] * Scale + Zero)));
}

struct Peer {
  PeerModel m;
  int G, Gb, Width;
  std::vector<int> order;                      // of our gates in PyTorch: LSTM i, f, g, o both; GRU here u (z), r, o (n)
  memory wl, wi, bias, x, y, head_w, head_b, head_y, ws, dx, dy, dwl, dwi, db;
  memory packed_wl, packed_wi, back_wl, back_wi;
  primitive forward, backward, dense;
  primitive_attr attr;
  std::vector<float> floats;                   // outputs, where those of the primitive are narrow
  Args args[2], back_args, dense_args;
  std::vector<float> states;                   // [parity][h, c][stream][layers x batch x hidden]
  std::vector<memory> h, c;                    // [parity x streams]
  int64_t row = 0, turn = 0;
  int parity = 0;

  int64_t state_size() const { return (int64_t)m.layers * m.batch * m.hidden; }

  // Biases are summed up, but those of the candidate of the GRU, which has a fourth one.
  void load_weights() {
    int I = m.input, H = m.hidden;
    wl = zeros(desc({m.layers, 1, I, G, H}, tag::ldigo));
    wi = zeros(desc({m.layers, 1, H, G, H}, tag::ldigo));
    bias = zeros(desc({m.layers, 1, Gb, H}, tag::ldgo));
    const float* w = m.weights;
    for (int l = 0; l < m.layers; l++) {
      const float *a = w, *b = a + (int64_t)G * H * I, *ba = b + (int64_t)G * H * H, *bb = ba + G * H;
      for (int g = 0; g < G; g++) for (int u = 0; u < H; u++) {
        int64_t q = (int64_t)order[g] * H + u;
        for (int k = 0; k < I; k++) data(wl)[(((int64_t)l * I + k) * G + g) * H + u] = a[q * I + k];
        for (int k = 0; k < H; k++) data(wi)[(((int64_t)l * H + k) * G + g) * H + u] = b[q * H + k];
        bool apart = m.cell == 2 && g == 2;
        data(bias)[((int64_t)l * Gb + g) * H + u] = apart ? ba[q] : ba[q] + bb[q];
        if (apart) data(bias)[((int64_t)l * Gb + 3) * H + u] = bb[q];
      }
      w = bb + G * H;
    }
    if (m.output > 0) {
      auto plain = zeros(desc({m.output, H}, tag::ab));
      memcpy(data(plain), w, (int64_t)m.output * H * 4);
      head_b = zeros(desc({m.output}, tag::a));
      memcpy(data(head_b), w + (int64_t)m.output * H, m.output * 4);
      head_w = plain;
    }
  }

  template <class Pd> void wrap(const Pd& pd, primitive p) {
    forward = p;
    packed_wl = reordered(wl, pd.weights_layer_desc(), attr);
    packed_wi = reordered(wi, pd.weights_iter_desc(), attr);
    if (m.mode == 2) ws = memory(pd.workspace_desc(), Engine);
  }
  template <class Pd> void wrap_back(const Pd& pd, primitive p) {
    backward = p;
    back_wl = reordered(wl, pd.weights_layer_desc());
    back_wi = reordered(wi, pd.weights_iter_desc());
    dwl = zeros(pd.diff_weights_layer_desc());
    dwi = zeros(pd.diff_weights_iter_desc());
  }

  // A scale for each unit of each gate, the same for all layers.
  void add_scales() {
    int64_t rows = (int64_t)G * m.hidden;
    std::vector<float> scales(rows, 1e9f);
    for (const memory* w : {&wl, &wi}) for (size_t k = 0; k < w->get_desc().get_size() / 4; k++)
      scales[k % rows] = std::min(scales[k % rows], 127 / std::abs(data(*w)[k]));
    attr.set_rnn_data_qparams(Scale, Zero);
    attr.set_rnn_weights_qparams(1 << 3 | 1 << 4, scales);
  }

  void read(const float* from, int64_t n) {
    if (m.format == 0) memcpy(data(x), from, n * 4);
    else if (m.format == 1) to_bfloat16(from, data(x), n);
    else to_bytes(from, data(x), n);
  }
  float* outputs() {
    if (m.format != 1) return data(y);
    from_bfloat16(data(y), floats.data(), floats.size());
    return floats.data();
  }

  explicit Peer(const PeerModel& model) : m(model) {
    G = m.cell == 0 ? 1 : m.cell == 1 ? 4 : 3;
    Gb = m.cell == 2 ? 4 : G;
    order = m.cell == 2 ? std::vector<int>{1, 0, 2} : std::vector<int>{0, 1, 2, 3};
    load_weights();
    int T = m.mode == 0 ? 1 : m.steps, B = m.batch, I = m.input, H = m.hidden;
    auto kind = m.mode == 2 ? prop_kind::forward_training : prop_kind::forward_inference;
    auto dir = rnn_direction::unidirectional_left2right;
    auto in = m.format == 0 ? type::f32 : m.format == 1 ? type::bf16 : type::u8, out = m.format == 1 ? type::bf16 : type::f32;
    auto narrow = m.format == 0 ? type::f32 : m.format == 1 ? type::bf16 : type::s8;
    if (m.format == 2) add_scales();
    auto xd = desc({T, B, I}, tag::tnc, in), yd = desc({T, B, H}, tag::tnc, out);
    // Without an explicit initial state, training gives wrong gradients of the recurrent weights in 2.6.
    auto hd = m.mode == 1 ? memory::desc() : desc({m.layers, 1, B, H}, tag::ldnc, in), cd = m.mode == 1 ? hd : desc({m.layers, 1, B, H}, tag::ldnc);
    auto wld = desc({m.layers, 1, I, G, H}, tag::any, narrow), wid = desc({m.layers, 1, H, G, H}, tag::any, narrow), bd = bias.get_desc();
    x = zeros(xd);
    y = zeros(yd);
    if (m.format == 1) floats.resize((int64_t)T * B * H);
    if (m.cell == 0) {
      vanilla_rnn_forward::primitive_desc pd({kind, algorithm::eltwise_tanh, dir, xd, hd, wld, wid, bd, yd, hd}, Engine);
      wrap(pd, vanilla_rnn_forward(pd));
      if (m.mode == 2) {
        vanilla_rnn_backward::primitive_desc q({prop_kind::backward, algorithm::eltwise_tanh, dir, xd, hd, wld, wid, bd, yd, hd, xd, hd, wld, wid, bd, yd, hd}, Engine, pd);
        wrap_back(q, vanilla_rnn_backward(q));
      }
    } else if (m.cell == 1) {
      lstm_forward::primitive_desc pd({kind, dir, xd, hd, cd, wld, wid, bd, yd, hd, cd}, attr, Engine);
      wrap(pd, lstm_forward(pd));
      if (m.mode == 2) {
        lstm_backward::primitive_desc q({prop_kind::backward, dir, xd, hd, hd, wld, wid, bd, yd, hd, hd, xd, hd, hd, wld, wid, bd, yd, hd, hd}, Engine, pd);
        wrap_back(q, lstm_backward(q));
      }
    } else {
      lbr_gru_forward::primitive_desc pd({kind, dir, xd, hd, wld, wid, bd, yd, hd}, Engine);
      wrap(pd, lbr_gru_forward(pd));
      if (m.mode == 2) {
        lbr_gru_backward::primitive_desc q({prop_kind::backward, dir, xd, hd, wld, wid, bd, yd, hd, xd, hd, wld, wid, bd, yd, hd}, Engine, pd);
        wrap_back(q, lbr_gru_backward(q));
      }
    }
    Args common = {{DNNL_ARG_SRC_LAYER, x}, {DNNL_ARG_WEIGHTS_LAYER, packed_wl}, {DNNL_ARG_WEIGHTS_ITER, packed_wi}, {DNNL_ARG_BIAS, bias}, {DNNL_ARG_DST_LAYER, y}};
    if (m.mode == 2) common.insert({DNNL_ARG_WORKSPACE, ws});
    args[0] = args[1] = common;
    if (m.mode != 1) add_states(hd, cd);
    if (m.mode == 2) add_backward(xd, yd, hd, bd);
    if (m.output > 0) add_head();
  }

  void add_states(const memory::desc& hd, const memory::desc& cd) {
    int64_t n = state_size();
    states.assign(4 * n * m.streams, 0);
    for (int p = 0; p < 2; p++) {
      h.emplace_back(hd, Engine, &states[(2 * p) * n * m.streams]);
      c.emplace_back(cd, Engine, &states[(2 * p + 1) * n * m.streams]);
      if (m.format == 2) memset(&states[(2 * p) * n * m.streams], (int)Zero, n * m.streams * 4);
    }
    for (int p = 0; p < 2; p++) {
      args[p].insert({DNNL_ARG_SRC_ITER, h[p]});
      args[p].insert({DNNL_ARG_DST_ITER, h[p ^ 1]});
      if (m.cell == 1) {
        args[p].insert({DNNL_ARG_SRC_ITER_C, c[p]});
        args[p].insert({DNNL_ARG_DST_ITER_C, c[p ^ 1]});
      }
    }
  }

  void add_backward(const memory::desc& xd, const memory::desc& yd, const memory::desc& hd, const memory::desc& bd) {
    dx = zeros(xd), dy = zeros(yd), db = zeros(bd);
    back_args = {{DNNL_ARG_SRC_LAYER, x}, {DNNL_ARG_WEIGHTS_LAYER, back_wl}, {DNNL_ARG_WEIGHTS_ITER, back_wi}, {DNNL_ARG_BIAS, bias},
                 {DNNL_ARG_DST_LAYER, y}, {DNNL_ARG_WORKSPACE, ws}, {DNNL_ARG_DIFF_SRC_LAYER, dx}, {DNNL_ARG_DIFF_WEIGHTS_LAYER, dwl},
                 {DNNL_ARG_DIFF_WEIGHTS_ITER, dwi}, {DNNL_ARG_DIFF_BIAS, db}, {DNNL_ARG_DIFF_DST_LAYER, dy},
                 {DNNL_ARG_SRC_ITER, h[0]}, {DNNL_ARG_DST_ITER, h[1]}, {DNNL_ARG_DIFF_SRC_ITER, zeros(hd)}, {DNNL_ARG_DIFF_DST_ITER, zeros(hd)}};
    if (m.cell == 1) {
      back_args.insert({DNNL_ARG_SRC_ITER_C, c[0]});
      back_args.insert({DNNL_ARG_DST_ITER_C, c[1]});
      back_args.insert({DNNL_ARG_DIFF_SRC_ITER_C, zeros(hd)});
      back_args.insert({DNNL_ARG_DIFF_DST_ITER_C, zeros(hd)});
    }
  }

  void add_head() {
    auto in = desc({m.batch, m.hidden}, tag::nc), out = desc({m.batch, m.output}, tag::nc);
    inner_product_forward::primitive_desc pd({prop_kind::forward_inference, in, desc({m.output, m.hidden}, tag::any), head_b.get_desc(), out}, Engine);
    dense = inner_product_forward(pd);
    head_y = zeros(out);
    dense_args = {{DNNL_ARG_SRC, memory(in, Engine, m.format == 1 ? floats.data() : data(y))}, {DNNL_ARG_WEIGHTS, reordered(head_w, pd.weights_desc())}, {DNNL_ARG_BIAS, head_b}, {DNNL_ARG_DST, head_y}};
  }

  void stream(const float* window, float* out, int64_t steps) {
    int64_t n = state_size();
    for (; steps > 0; steps--) {
      read(window + row * m.input, m.input);
      if (m.streams > 1) for (int p = 0; p < 2; p++) {
        h[p].set_data_handle(&states[((2 * p) * m.streams + turn) * n]);
        if (m.cell == 1) c[p].set_data_handle(&states[((2 * p + 1) * m.streams + turn) * n]);
      }
      forward.execute(Stream, args[parity]);
      if (m.format == 1) { Stream.wait(); outputs(); }
      if (m.output > 0) dense.execute(Stream, dense_args);
      Stream.wait();
      if (++row == m.steps) row = 0;
      if (++turn == m.streams) turn = 0, parity ^= 1;
    }
    memcpy(out, m.output > 0 ? data(head_y) : outputs(), (m.output > 0 ? m.output : m.hidden) * 4);
  }

  void sequence(const float* window, float* out, int64_t windows) {
    if (m.format == 0) x.set_data_handle((void*)window);
    if (m.format != 1) y.set_data_handle(out);
    for (; windows > 0; windows--) {
      if (m.format != 0) read(window, (int64_t)m.steps * m.input);
      forward.execute(Stream, args[0]);
      Stream.wait();
      if (m.format == 1) outputs();
    }
    if (m.format == 1) memcpy(out, floats.data(), floats.size() * 4);
  }

  void train(const float* window, const float* cotangents, float* gradients, int64_t windows) {
    x.set_data_handle((void*)window);
    dy.set_data_handle((void*)cotangents);
    for (; windows > 0; windows--) {
      forward.execute(Stream, args[0]);
      for (auto* g : {&dwl, &dwi, &db}) memset(g->get_data_handle(), 0, g->get_desc().get_size());   // the primitive adds to them
      backward.execute(Stream, back_args);
      Stream.wait();
    }
    if (gradients) unpack(gradients);
  }

  void unpack(float* out) {
    int I = m.input, H = m.hidden;
    memory a = reordered(dwl, wl.get_desc()), b = reordered(dwi, wi.get_desc());
    float *gb = out + (int64_t)G * H * I, *ga = gb + (int64_t)G * H * H, *gc = ga + G * H;
    for (int g = 0; g < G; g++) for (int u = 0; u < H; u++) {
      int64_t q = (int64_t)order[g] * H + u;
      for (int k = 0; k < I; k++) out[q * I + k] = data(a)[((int64_t)k * G + g) * H + u];
      for (int k = 0; k < H; k++) gb[q * H + k] = data(b)[((int64_t)k * G + g) * H + u];
      ga[q] = data(db)[g * H + u];
      gc[q] = data(db)[(m.cell == 2 && g == 2 ? 3 : g) * H + u];
    }
  }
};

const char* peer_version() {
  static std::string text;
  auto v = dnnl_version();
  text = "oneDNN " + std::to_string(v->major) + "." + std::to_string(v->minor) + "." + std::to_string(v->patch);
  return text.c_str();
}
const char* peer_error() { return reason.c_str(); }
void* peer_create(const PeerModel* m) {
  omp_set_num_threads(1);
  try {
    return new Peer(*m);
  } catch (const std::exception& e) {
    reason = e.what();
    return nullptr;
  }
}
void peer_destroy(void* p) { delete (Peer*)p; }
void peer_stream(void* p, const float* x, float* y, int64_t steps) { ((Peer*)p)->stream(x, y, steps); }
void peer_sequence(void* p, const float* x, float* y, int64_t windows) { ((Peer*)p)->sequence(x, y, windows); }
void peer_train(void* p, const float* x, const float* dy, float* gradients, int64_t windows) { ((Peer*)p)->train(x, dy, gradients, windows); }
