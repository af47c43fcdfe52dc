// Models of these layers. Included behind kernels.h, once for every width.
// N layers, and a dense layer with O outputs if O is not 0.
template <class Layer, int I, int H, int N, int O> struct Stack final : Model {
  static constexpr int P = O > 0 ? (O + L - 1) / L * L : L, Width = O > 0 ? O : H;
  struct State { typename Layer::State layers[N]; };
  Layer layers[N];
  alignas(64) float dense[O > 0 ? (H + 1) * P : L];
  State* states;
  int64_t count, stream_ = 0, row = 0, T;
  int now = 0;

  explicit Stack(const PeerModel& m) : count(m.streams), T(m.steps) {
    const float* w = m.weights;
    for (auto& layer : layers) w = layer.pack(w);
    memset(dense, 0, sizeof dense);
    for (int o = 0; o < O; o++) {
      dense[o] = w[O * H + o];
      for (int k = 0; k < H; k++) dense[(k + 1) * P + o] = w[o * H + k];
    }
    states = (State*)aligned_alloc(64, count * sizeof(State));
    memset((void*)states, 0, count * sizeof(State));
  }
  ~Stack() override { free(states); }

  INLINE void step(const float* x, State& state, int now, float* y) const {
    for (int n = 0; n < N; n++) x = layers[n].step(x, state.layers[n], now);
    if constexpr (O == 0) { memcpy(y, x, H * 4); return; }
    V sum[P / L];
    times<P / L>([&](auto k) INLINE_LAMBDA { sum[k] = load(dense + k * L); });
    for (int r = 0; r < H; r++) times<P / L>([&](auto k) INLINE_LAMBDA { sum[k] += all(x[r]) * load(dense + (r + 1) * P + k * L); });
    if constexpr (O % L == 0) times<P / L>([&](auto k) INLINE_LAMBDA { *(Vu*)(y + k * L) = sum[k]; });
    else memcpy(y, sum, O * 4);
  }

  void stream(const float* x, float* y, int64_t steps) override {
    for (; steps > 0; steps--) {
      step(x + row * I, states[stream_], now, y);
      if (++row == T) row = 0;
      if (++stream_ == count) { stream_ = 0; now ^= 1; }
    }
  }
  void sequence(const float* x, float* y, int64_t windows) override {
    for (; windows > 0; windows--) {
      memset((void*)states, 0, sizeof(State));
      for (int64_t t = 0; t < T; t++) step(x + t * I, states[0], t & 1, y + t * Width);
    }
  }
};

template <class Layer, int I, int H, int N, int O> static Model* make(const PeerModel& m) {
  return m.input == I && m.hidden == H && m.layers == N && m.output == O ? new (std::align_val_t{64}) Stack<Layer, I, H, N, O>(m) : nullptr;
}

// Enough sums to hide the latency of a multiply-add, measured: eight for the gated cells, as wide a tile as there are units for the RNN.
template <class Cell, int I, int H, int N = 1, int O = 0> static Model* one(const PeerModel& m) {
  constexpr int Vectors = (H + L - 1) / L;
  constexpr int K = Cell::Sums == 1 ? (Vectors < 4 ? Vectors : 4) : L == 16 && Vectors == 2 ? 2 : 1;
  constexpr int C = K * Cell::Sums >= 8 ? 1 : 2;
  return make<Layer<Cell, I, H, K, C>, I, H, N, O>(m);
}
