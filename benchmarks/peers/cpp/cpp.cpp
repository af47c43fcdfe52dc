// The peer "cpp": what a C++ programmer gets from templates and a good compiler.
#include "../peer.h"
#define INLINE_LAMBDA __attribute__((always_inline))
#include <cstdlib>
#include <cstring>
#include <new>
#include <utility>

struct Model {
  virtual ~Model() {}
  virtual void stream(const float* x, float* y, int64_t steps) = 0;
  virtual void sequence(const float* x, float* y, int64_t windows) = 0;
};

#ifdef __AVX512F__
namespace wide {
constexpr int L = 16;
#include "kernels.h"
#include "models.h"
}
#endif
namespace narrow {
constexpr int L = 8;
#include "kernels.h"
#include "models.h"
}
#ifndef __AVX512F__
namespace wide = narrow;
#endif

// Two units do not fill 256 bits: a wider vector only takes longer.
template <class Wide, class Narrow> static Model* find(const PeerModel& m) {
  using wide::one;
  if (auto p = narrow::one<Narrow, 4, 2>(m)) return p;
  if (auto p = one<Wide, 1, 20>(m)) return p;
  if (auto p = one<Wide, 8, 16>(m)) return p;
  if (auto p = one<Wide, 16, 32>(m)) return p;
  if (auto p = one<Wide, 40, 64>(m)) return p;
  if (auto p = one<Wide, 64, 128>(m)) return p;
  if (auto p = one<Wide, 128, 256>(m)) return p;
  return nullptr;
}

const char* peer_version() { return "gcc " __VERSION__; }
const char* peer_error() { return "kernels are compiled for the sizes of the table only, without training"; }
void* peer_create(const PeerModel* m) {
  if (m->mode == 2) return nullptr;
  if (m->layers == 1) return m->cell == 0 ? find<wide::Rnn, narrow::Rnn>(*m) : m->cell == 1 ? find<wide::Lstm, narrow::Lstm>(*m) : find<wide::Gru, narrow::Gru>(*m);
  if (m->cell != 1) return nullptr;
  if (auto p = wide::one<wide::Lstm, 128, 128, 2, 32>(*m)) return p;
  return wide::one<wide::Lstm, 256, 256, 3, 32>(*m);
}
void peer_destroy(void* p) { ((Model*)p)->~Model(); free(p); }
void peer_stream(void* p, const float* x, float* y, int64_t steps) { ((Model*)p)->stream(x, y, steps); }
void peer_sequence(void* p, const float* x, float* y, int64_t windows) { ((Model*)p)->sequence(x, y, windows); }
void peer_train(void*, const float*, const float*, float*, int64_t) {}
