// What every native peer offers: a shared library with these C functions. All of them use one thread, prepare weights and buffers in
// peer_create and nowhere else, and loop over steps themselves, so that no call from .NET counts in their times.
#pragma once
#include <cstdint>

struct PeerModel {
  int32_t cell;            // 0 RNN (tanh), 1 LSTM, 2 GRU (PyTorch's)
  int32_t mode;            // 0 stream, 1 sequence, 2 train
  int32_t layers;          // above 1: input == hidden
  int32_t input, hidden;
  int32_t output;          // of a dense layer at the end; 0: there is none
  int32_t steps;           // length of a window
  int32_t batch;           // windows side by side, [steps][batch][input]
  int32_t streams;         // that take turns
  int32_t format;          // of weights: 0 floats, 1 bfloat16, 2 bytes; inputs and outputs are floats in any case
  const float* weights;    // per layer weight_ih, weight_hh, bias_ih, bias_hh in PyTorch's shapes and gate order; then the dense layer's weight and bias
  const void* onnx;        // the model as ONNX, for the peer that reads such
  int64_t onnx_length;
};

extern "C" {
const char* peer_version();
const char* peer_error();                       // why peer_create returned null
void* peer_create(const PeerModel* model);      // null: cannot do this model
void peer_destroy(void* peer);

// Steps of a stream whose state is carried; the next step's input is the next row of the window x, and after its end the first.
// y takes the last step's output.
void peer_stream(void* peer, const float* x, float* y, int64_t steps);

// Whole windows from the zero state; y takes all outputs of the window.
void peer_sequence(void* peer, const float* x, float* y, int64_t windows);

// Forward and back through time from the zero state, for the given gradients of the outputs. If gradients is not null, it takes those of
// the weights, laid out like PeerModel::weights.
void peer_train(void* peer, const float* x, const float* dy, float* gradients, int64_t windows);
}
