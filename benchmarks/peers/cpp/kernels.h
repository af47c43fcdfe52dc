// Recurrent layers with compile-time sizes, as fast as gcc makes them: tiles of units in registers, one input element broadcast to all
// of them, biases, x rows and h rows in streams of their own, element functions fused behind the last row of a tile.
// Included once for every width, in a namespace that says how many floats a vector has: L.
typedef float V __attribute__((vector_size(4 * L)));
typedef float Vu __attribute__((vector_size(4 * L), aligned(4), may_alias));

#define INLINE inline __attribute__((always_inline))
static INLINE V load(const float* p) { return *(const V*)p; }
static INLINE void store(float* p, V v) { *(V*)p = v; }
static INLINE V all(float x) { return x - V{}; }

template <int N, class F> static INLINE void times(F f) {
  [&]<int... K>(std::integer_sequence<int, K...>) INLINE_LAMBDA { (f(std::integral_constant<int, K>{}), ...); }(std::make_integer_sequence<int, N>{});
}

// x P(x²) / Q(x²), the fraction that RnnGen uses, too. With x⁴ at hand the halves of P and Q do not wait for each other.
static INLINE V tanh(V x) {
  const V limit = all(8.00174236f);
  x = x < limit ? x : limit;
  x = x > -limit ? x : -limit;
  V s = x * x, f = s * s;
  V p = x * f * (f * 1.54897304e-08f + (s * 2.20669135e-05f + 0.00358164357f)) + x * (s * 0.134528592f + 1.f);
  V q = f * (f * 8.62369347e-07f + (s * 0.000342798478f + 0.026202336f)) + (s * 0.467861921f + 1.f);
  return p / q;
}
static INLINE V sigmoid(V x) { return tanh(x * 0.5f) * 0.5f + 0.5f; }

// A cell: its sums, which of them the columns of x and h go to, the gate of each in PyTorch's order, and what becomes of them.
struct Rnn {
  static constexpr int Sums = 1, Columns = 1, Gates = 1;
  static constexpr int X[] = {0}, H[] = {0};
  static INLINE V next(const V* s, V, float*) { return tanh(s[0]); }
};
struct Lstm {
  static constexpr int Sums = 4, Columns = 4, Gates = 4;
  static constexpr int X[] = {0, 1, 2, 3}, H[] = {0, 1, 2, 3};
  static INLINE V next(const V* s, V, float* c) {
    V n = sigmoid(s[1]) * load(c) + sigmoid(s[0]) * tanh(s[2]);
    store(c, n);
    return sigmoid(s[3]) * tanh(n);
  }
};
struct Gru {   // the fourth sum is that of the candidate's h rows
  static constexpr int Sums = 4, Columns = 3, Gates = 3;
  static constexpr int X[] = {0, 1, 2}, H[] = {0, 1, 3};
  static INLINE V next(const V* s, V h, float*) {
    V n = tanh(s[2] + sigmoid(s[0]) * s[3]);
    return n + sigmoid(s[1]) * (h - n);
  }
};

// K vectors of units per tile, C chains of sums.
template <class Cell, int I, int H, int K, int C> struct Layer {
  static constexpr int S = Cell::Sums, G = Cell::Columns, Lanes = K * L, Tiles = (H + Lanes - 1) / Lanes, Padded = Tiles * Lanes;
  alignas(64) float bias[Tiles * S * Lanes], x[Tiles * I * G * Lanes], h[Tiles * H * G * Lanes];
  struct State { alignas(64) float h[2][Padded], c[Padded]; };

  const float* pack(const float* w) {
    memset(this, 0, sizeof *this);
    const float *wi = w, *wh = wi + Cell::Gates * H * I, *bi = wh + Cell::Gates * H * H, *bh = bi + Cell::Gates * H;
    for (int u = 0; u < H; u++) for (int g = 0; g < G; g++) {
      int tile = u / Lanes, lane = u % Lanes, row = g * H + u;
      bias[(tile * S + Cell::X[g]) * Lanes + lane] += bi[row];
      bias[(tile * S + Cell::H[g]) * Lanes + lane] += bh[row];
      for (int k = 0; k < I; k++) x[((tile * I + k) * G + g) * Lanes + lane] = wi[row * I + k];
      for (int k = 0; k < H; k++) h[((tile * H + k) * G + g) * Lanes + lane] = wh[row * H + k];
    }
    return bh + Cell::Gates * H;
  }

  template <int Rows> static INLINE void sweep(V (&sum)[C][S * K], const float*& w, const float* in, const int (&column)[G]) {
    constexpr int Even = Rows / C * C;
#pragma GCC unroll 2
    for (int r = 0; r < Even; r += C) {
      times<C>([&](auto c) INLINE_LAMBDA {
        V e = all(in[r + c]);
        times<G * K>([&](auto g) INLINE_LAMBDA { sum[c][column[g / K] * K + g % K] += e * load(w + (c * G * K + g) * L); });
      });
      w += C * G * Lanes;
    }
    times<Rows - Even>([&](auto r) INLINE_LAMBDA {
      V e = all(in[Even + r]);
      times<G * K>([&](auto g) INLINE_LAMBDA { sum[r][column[g / K] * K + g % K] += e * load(w + g * L); });
      w += G * Lanes;
    });
  }

  INLINE const float* step(const float* in, State& state, int now) const {
    const float *wx = x, *wh = h, *hNow = state.h[now];
    float* hNext = state.h[now ^ 1];
    for (int tile = 0; tile < Tiles; tile++) {
      V sum[C][S * K];
      times<S * K>([&](auto s) INLINE_LAMBDA { sum[0][s] = load(bias + (tile * S * K + s) * L); });
      times<(C - 1) * S * K>([&](auto s) INLINE_LAMBDA { sum[1 + s / (S * K)][s % (S * K)] = V{}; });
      sweep<I>(sum, wx, in, Cell::X);
      sweep<H>(sum, wh, hNow, Cell::H);
      times<K>([&](auto k) INLINE_LAMBDA {
        V s[S];
        times<S>([&](auto a) INLINE_LAMBDA { s[a] = sum[0][a * K + k]; times<C - 1>([&](auto c) INLINE_LAMBDA { s[a] += sum[1 + c][a * K + k]; }); });
        int at = tile * Lanes + k * L;
        store(hNext + at, Cell::next(s, load(hNow + at), state.c + at));
      });
    }
    return hNext;
  }
};
