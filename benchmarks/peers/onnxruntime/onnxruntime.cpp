// The peer "onnxruntime": ONNX Runtime through its C API, from the native library inside its NuGet package, which the caller has loaded. So
// that this compiles without that package, it has no header: the API is a table of functions that only grows at its end, and the few used
// here are called by their places in it.
#include "../peer.h"
#include <cstring>
#include <dlfcn.h>
#include <stdexcept>
#include <string>
#include <vector>

struct ApiBase { const void* const* (*GetApi)(uint32_t); const char* (*GetVersionString)(); };
typedef void* P;                                   // any of its objects
static const void* const* Api;
static const ApiBase* Base;
static std::string error;

template <int Slot, class... X> static void call(X... x) {
  if (P status = ((P(*)(X...))Api[Slot])(x...)) throw std::runtime_error(((const char* (*)(P))Api[2])(status));
}
enum { CreateEnv = 3, CreateSessionFromArray = 8, CreateSessionOptions = 10, SetSessionExecutionMode = 13, SetSessionGraphOptimizationLevel = 23,
       SetIntraOpNumThreads = 24, SetInterOpNumThreads = 25, CreateTensorWithDataAsOrtValue = 49, CreateCpuMemoryInfo = 69,
       RunWithBinding = 133, CreateIoBinding = 134, BindInput = 136, BindOutput = 137 };
// These return nothing.
enum { ReleaseSession = 95, ReleaseValue = 96, ReleaseIoBinding = 135 };
template <int Slot> static void release(P p) { ((void (*)(P))Api[Slot])(p); }

static P Environment, Options, Memory;

static const char* version() {
  if (!Base) {
    void* library = dlopen("libonnxruntime.so.1", RTLD_NOW);
    if (!library) { error = dlerror(); return nullptr; }
    Base = ((const ApiBase* (*)())dlsym(library, "OrtGetApiBase"))();
    Api = Base->GetApi(14);
    call<CreateEnv>(3, "peer", &Environment);
    call<CreateSessionOptions>(&Options);
    call<SetIntraOpNumThreads>(Options, 1);
    call<SetInterOpNumThreads>(Options, 1);
    call<SetSessionExecutionMode>(Options, 0);
    call<SetSessionGraphOptimizationLevel>(Options, 99);
    call<CreateCpuMemoryInfo>(0, 0, &Memory);
  }
  return Base->GetVersionString();
}

struct Peer {
  PeerModel m;
  P session;
  std::vector<float> x, y, states;                 // [parity][layer][h, c][stream][hidden]
  std::vector<P> values, bindings;                 // [parity x streams]
  int64_t row = 0, turn = 0;
  int parity = 0;

  P tensor(float* at, std::vector<int64_t> shape) {
    int64_t n = 4;
    for (auto s : shape) n *= s;
    P value;
    call<CreateTensorWithDataAsOrtValue>(Memory, (void*)at, (size_t)n, shape.data(), shape.size(), 1, &value);
    values.push_back(value);
    return value;
  }
  int width() const { return m.output > 0 ? m.output : m.hidden; }

  explicit Peer(const PeerModel& model) : m(model) {
    call<CreateSessionFromArray>(Environment, m.onnx, (size_t)m.onnx_length, Options, &session);
    int T = m.mode == 0 ? 1 : m.steps;
    x.resize(T * m.input);
    y.resize((int64_t)T * width());
    P tx = tensor(x.data(), {T, 1, m.input});
    P ty = m.output > 0 ? tensor(y.data(), {1, m.output}) : m.mode == 0 ? nullptr : tensor(y.data(), {T, 1, 1, m.hidden});
    int parts = m.cell == 1 ? 2 : 1;
    if (m.mode == 0) states.assign((int64_t)2 * m.layers * parts * m.streams * m.hidden, 0);
    std::vector<P> slots;                          // [parity][layer][part][stream]
    for (size_t k = 0; k < states.size(); k += m.hidden) slots.push_back(tensor(&states[k], {1, 1, m.hidden}));
    auto slot = [&](int p, int layer, int part, int64_t s) { return slots[(((int64_t)p * m.layers + layer) * parts + part) * m.streams + s]; };
    for (int p = 0; p < (m.mode == 0 ? 2 : 1); p++) for (int64_t s = 0; s < m.streams; s++) {
      P b;
      call<CreateIoBinding>(session, &b);
      bindings.push_back(b);
      call<BindInput>(b, "x", tx);
      if (ty) call<BindOutput>(b, "y", ty);
      if (m.mode == 0) for (int l = 0; l < m.layers; l++) for (int part = 0; part < parts; part++) {
        std::string name = (part == 0 ? "h" : "c") + std::to_string(l);
        call<BindInput>(b, name.c_str(), slot(p, l, part, s));
        call<BindOutput>(b, (name + "next").c_str(), slot(p ^ 1, l, part, s));
      }
    }
  }
  ~Peer() {
    for (P b : bindings) release<ReleaseIoBinding>(b);
    for (P v : values) release<ReleaseValue>(v);
    release<ReleaseSession>(session);
  }

  void stream(const float* window, float* out, int64_t steps) {
    int64_t last = 0;
    int to = 0;
    for (; steps > 0; steps--) {
      memcpy(x.data(), window + row * m.input, m.input * 4);
      call<RunWithBinding>(session, (P) nullptr, bindings[parity * m.streams + turn]);
      last = turn, to = parity ^ 1;
      if (++row == m.steps) row = 0;
      if (++turn == m.streams) turn = 0, parity ^= 1;
    }
    int64_t parts = m.cell == 1 ? 2 : 1;
    memcpy(out, m.output > 0 ? y.data() : &states[(to * parts * m.streams + last) * m.hidden], width() * 4);
  }
  void sequence(const float* window, float* out, int64_t windows) {
    memcpy(x.data(), window, x.size() * 4);
    for (; windows > 0; windows--) call<RunWithBinding>(session, (P) nullptr, bindings[0]);
    memcpy(out, y.data(), y.size() * 4);
  }
};

const char* peer_version() {
  static std::string text;
  const char* v = version();
  return v ? (text = std::string("ONNX Runtime ") + v).c_str() : nullptr;
}
const char* peer_error() { return error.c_str(); }
void* peer_create(const PeerModel* m) {
  try {
    if (!version()) return nullptr;
    if (m->mode == 2) { error = "this build of ONNX Runtime does not train"; return nullptr; }
    return new Peer(*m);
  } catch (const std::exception& e) {
    error = e.what();
    return nullptr;
  }
}
void peer_destroy(void* p) { delete (Peer*)p; }
void peer_stream(void* p, const float* x, float* y, int64_t steps) { ((Peer*)p)->stream(x, y, steps); }
void peer_sequence(void* p, const float* x, float* y, int64_t windows) { ((Peer*)p)->sequence(x, y, windows); }
void peer_train(void*, const float*, const float*, float*, int64_t) {}
