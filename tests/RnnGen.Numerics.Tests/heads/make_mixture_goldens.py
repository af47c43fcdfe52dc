"""Writes the file that MixtureTests.cs reads: losses and gradients of mixtures of PyTorch's distributions, with variances down to 1e-6."""

import math
import pathlib
import random

import torch

from make_head_goldens import mixture, write

HERE = pathlib.Path(__file__).parent
CASES = 200

random.seed(0)
torch.manual_seed(0)
shapes, values, targets, losses, gradients = [], [], [], [], []
for case in range(CASES):
    components, dimensions, binary = random.randint(1, 5), random.randint(1, 4), random.randint(0, 2)
    full = dimensions == 2 and case % 2 == 0
    size = components * (1 + 2 * dimensions + full) + binary
    z = torch.randn(size)
    deviation = random.choice([1, 0.1, 1e-3, 100])
    z[components * (1 + dimensions):components * (1 + 2 * dimensions)] += math.log(deviation)
    if full:
        z[components * 5:components * 6] *= random.choice([0.1, 1, 3])
    # Near a mean, or far from all of them.
    mean = z[components:components + dimensions]
    point = mean + torch.randn(dimensions) * random.choice([deviation, deviation, 1])
    t = torch.cat([point, torch.randint(0, 2, (binary,)).float()])
    z = z.double().requires_grad_()
    loss = mixture(components, dimensions, full, binary)(z.reshape(1, 1, -1), t.double().reshape(1, 1, -1))
    loss.backward()
    shapes.append([components, dimensions, int(full), binary])
    values.append(z.detach().float())
    targets.append(t)
    losses.append(loss.item())
    gradients.append(z.grad)

write(HERE / "mixture_cases.safetensors", {
    "shapes": torch.tensor(shapes), "values": torch.cat(values), "targets": torch.cat(targets),
    "losses": torch.tensor(losses), "gradients": torch.cat(gradients).float(),
})
print(losses[:5], min(losses), max(losses))
