"""Times ctc_loss with its gradient: steps, labels, batch, outputs, rounds, file of logits and labels -> nanoseconds of the best round and the loss."""
import sys
from time import perf_counter_ns as now

import numpy as np
import torch
from torch.nn import functional as F

torch.set_num_threads(1)
torch.set_num_interop_threads(1)
steps, labels, batch, outputs, rounds = map(int, sys.argv[1:6])
data = open(sys.argv[6], 'rb').read()
count = batch * steps * outputs
logits = torch.tensor(np.frombuffer(data, '<f4', count)).view(batch, steps, outputs).transpose(0, 1).contiguous().requires_grad_()
targets = torch.tensor(np.frombuffer(data, '<i4', batch * labels, count * 4).astype('i8')).view(batch, labels)
lengths = torch.full((batch,), steps), torch.full((batch,), labels)


def once():
    logits.grad = None
    start = now()
    loss = F.ctc_loss(logits.log_softmax(2), targets, *lengths, reduction='sum')
    loss.backward()
    return now() - start, loss.item()


for _ in range(5):
    once()
times, losses = zip(*(once() for _ in range(rounds)))
print(min(times), losses[0])
