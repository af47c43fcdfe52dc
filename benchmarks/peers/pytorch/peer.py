"""The peer "pytorch": a child process that does rounds on request, one line in, one line out.

    open ID cell mode layers input hidden output steps batch streams adam FILE   FILE: weights, x, dy as raw floats
    run ID COUNT          -> nanoseconds of COUNT steps or windows
    cold ID COUNT BYTES   -> nanoseconds of COUNT steps, each after reading BYTES of other memory
    steps ID COUNT        -> nanoseconds of each of COUNT steps
    check ID COUNT FILE   -> writes outputs (or gradients of one batch) as raw floats
    close ID
"""
import gc
import sys
from time import perf_counter_ns as now

import numpy as np
import torch

torch.set_num_threads(1)
torch.set_num_interop_threads(1)
MODULES = dict(rnn=torch.nn.RNN, lstm=torch.nn.LSTM, gru=torch.nn.GRU)
CELLS = dict(rnn=torch.nn.RNNCell, lstm=torch.nn.LSTMCell, gru=torch.nn.GRUCell)


class Work:
    def __init__(self, cell, mode, layers, input, hidden, output, steps, batch, streams, adam, file):
        self.mode, self.lstm, self.steps, self.output = mode, cell == 'lstm', steps, output
        self.net = MODULES[cell](input, hidden, layers)
        self.head = torch.nn.Linear(hidden, output) if output > 0 else None
        data, at = np.fromfile(file, '<f4'), 0
        with torch.no_grad():
            for layer in range(layers):
                for name in ('weight_ih', 'weight_hh', 'bias_ih', 'bias_hh'):
                    at = self.fill(getattr(self.net, f'{name}_l{layer}'), data, at)
            if self.head:
                at = self.fill(self.head.bias, data, self.fill(self.head.weight, data, at))
        n = steps * batch * input
        self.x = torch.tensor(data[at:at + n]).view(steps, batch, input)
        if mode == 'train':
            self.dy = torch.tensor(data[at + n:at + n + steps * batch * hidden]).view(steps, batch, hidden)
        self.optimizer = torch.optim.Adam(self.net.parameters(), lr=1e-5) if adam else None
        if mode == 'stream':
            # A cell does less around one step than the whole module, but knows one layer only.
            self.cell = None
            if layers == 1:
                self.cell = CELLS[cell](input, hidden)
                for name in ('weight_ih', 'weight_hh', 'bias_ih', 'bias_hh'):
                    getattr(self.cell, name).data = getattr(self.net, f'{name}_l0').data
            zero = (lambda: torch.zeros(1, hidden)) if self.cell else (lambda: torch.zeros(layers, 1, hidden))
            self.rows = [self.x[t] if self.cell else self.x[t:t + 1] for t in range(steps)]
            self.states = [(zero(), zero()) if self.lstm else zero() for _ in range(streams)]
            self.row = self.turn = 0

    @staticmethod
    def fill(parameter, data, at):
        parameter.copy_(torch.tensor(data[at:at + parameter.numel()]).view(parameter.shape))
        return at + parameter.numel()

    def step(self):
        if self.cell:
            state = self.cell(self.rows[self.row], self.states[self.turn])
            y = state[0] if self.lstm else state
        else:
            y, state = self.net(self.rows[self.row], self.states[self.turn])
        self.states[self.turn] = state
        self.row = self.row + 1 if self.row + 1 < self.steps else 0
        self.turn = self.turn + 1 if self.turn + 1 < len(self.states) else 0
        return self.head(y) if self.head else y

    def window(self):
        y, _ = self.net(self.x)
        return self.head(y) if self.head else y

    def train(self):
        self.net.zero_grad(set_to_none=False)
        y, _ = self.net(self.x)
        y.backward(self.dy)
        if self.optimizer:
            self.optimizer.step()

    def once(self):
        return {'stream': self.step, 'sequence': self.window, 'train': self.train}[self.mode]

    def run(self, count):
        f = self.once()
        with torch.inference_mode(self.mode != 'train'):
            start = now()
            for _ in range(count):
                f()
            return now() - start

    def single(self, count, before=lambda: None):
        f, times = self.once(), []
        with torch.inference_mode(self.mode != 'train'):
            for _ in range(count):
                before()
                start = now()
                f()
                times.append(now() - start)
        return times

    def check(self, count, file):
        if self.mode == 'train':
            self.train()
            results = [p.grad for p in self.net.parameters()]
        else:
            with torch.inference_mode():
                results = [self.once()() for _ in range(count)]
        np.concatenate([r.detach().numpy().ravel() for r in results]).astype('<f4').tofile(file)


works, other = {}, None
print('ready', torch.__version__, flush=True)
for line in sys.stdin:
    verb, *a = line.split()
    try:
        if verb == 'open':
            works[a[0]] = Work(a[1], a[2], *map(int, a[3:10]), a[10] == '1', a[11])
            gc.collect()
            gc.disable()
            answer = 'ok'
        elif verb == 'run':
            answer = works[a[0]].run(int(a[1]))
        elif verb == 'steps':
            answer = ' '.join(map(str, works[a[0]].single(int(a[1]))))
        elif verb == 'cold':
            if other is None:
                other = np.ones(int(a[2]) // 8)
            answer = sum(works[a[0]].single(int(a[1]), other.sum))
        elif verb == 'check':
            works[a[0]].check(int(a[1]), a[2])
            answer = 'ok'
        elif verb == 'close':
            del works[a[0]]
            gc.enable()
            answer = 'ok'
    except Exception as e:
        answer = 'error ' + str(e).replace('\n', ' ')
    print(answer, flush=True)
