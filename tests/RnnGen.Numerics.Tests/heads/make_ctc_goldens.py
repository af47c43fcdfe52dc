"""Writes the file that CtcGoldenTests.cs reads: losses and gradients of PyTorch's ctc_loss for random labels, and for windows and alphabets at the limits."""

import math
import pathlib
import random

import torch
from torch.nn import functional as F

from make_head_goldens import write

HERE = pathlib.Path(__file__).parent
CASES = 200


def loss_of(logits, labels, blank, reduction):
    logits = logits.double().requires_grad_()
    loss = F.ctc_loss(
        logits.log_softmax(1).unsqueeze(1), torch.tensor([labels], dtype=torch.long).reshape(1, -1),
        torch.tensor([len(logits)]), torch.tensor([len(labels)]), blank, reduction)
    loss.backward()
    return loss.item(), logits.grad


def formula(steps, outputs):
    """Logits that a test can compute itself."""
    return torch.tensor([[3 * math.sin(0.37 * t + 1.3 * k * k) for k in range(outputs)] for t in range(steps)], dtype=torch.float32)


def labels_of(count, outputs, blank):
    """Likewise: every third label is equal to the one before it."""
    labels = [(7 * (i - (i % 3 == 2)) + 3) % (outputs - 1) for i in range(count)]
    return [label + (label >= blank) for label in labels]


random.seed(0)
torch.manual_seed(0)
shapes, logits, labels, losses, gradients = [], [], [], [], []
while len(shapes) < CASES:
    steps, outputs = random.randint(1, 12), random.randint(2, 7)
    blank = random.choice([0, outputs - 1])
    reduction = random.choice(["mean", "sum"])
    target = [random.choice([k for k in range(outputs) if k != blank]) for _ in range(random.randint(0, steps))]
    if len(target) + sum(a == b for a, b in zip(target, target[1:])) > steps:
        continue
    z = torch.randn(steps, outputs) * random.choice([0.1, 1, 5, 30])
    loss, gradient = loss_of(z, target, blank, reduction)
    shapes.append([steps, outputs, len(target), int(blank > 0), int(reduction == "sum")])
    logits.append(z.flatten())
    labels += target
    losses.append(loss)
    gradients.append(gradient.flatten())

limits, limit_losses, limit_gradients = [], [], []
for steps, outputs, count, last in [(1, 2, 0, 0), (1, 2, 1, 1), (1, 501, 1, 0), (2000, 2, 900, 0), (2000, 31, 700, 1), (300, 501, 100, 0), (40, 501, 30, 1)]:
    blank = outputs - 1 if last else 0
    loss, gradient = loss_of(formula(steps, outputs), labels_of(count, outputs, blank), blank, "sum")
    limits.append([steps, outputs, count, last])
    limit_losses.append(loss)
    flat = gradient.flatten()
    limit_gradients += [flat[(k * 7919) % len(flat)].item() for k in range(64)] + [flat.abs().max().item()]

write(HERE / "ctc_cases.safetensors", {
    "shapes": torch.tensor(shapes), "logits": torch.cat(logits), "labels": torch.tensor(labels),
    "losses": torch.tensor(losses), "gradients": torch.cat(gradients).float(),
    "limits": torch.tensor(limits), "limit_losses": torch.tensor(limit_losses), "limit_gradients": torch.tensor(limit_gradients),
})
print(len(shapes), sum(losses), limit_losses)
