"""Writes the files that HeadTests.cs reads: losses, gradients and three updates of heads with weights, ignored targets, tied weights,
labels that are not aligned and mixtures of Gaussians, from PyTorch."""

import json
import pathlib
import struct

import torch
from torch import distributions as D
from torch import nn
from torch.nn import functional as F

HERE = pathlib.Path(__file__).parent
STEPS, WINDOWS = 6, 3


class Numbers(nn.Module):
    def __init__(self, outputs):
        super().__init__()
        self.Memory = nn.GRU(3, 5)
        self.Out = nn.Linear(5, outputs)

    def forward(self, x):
        return self.Out(self.Memory(x)[0])


class Tied(nn.Module):
    def __init__(self):
        super().__init__()
        self.Words = nn.Embedding(11, 6)
        self.Memory = nn.LSTM(6, 6)
        self.Out = nn.Linear(6, 11)
        self.Out.weight = self.Words.weight

    def forward(self, x):
        return self.Out(self.Memory(self.Words(x))[0])


def some(numbers):
    """Some targets are none."""
    numbers[::2, 1::2] = float("nan")
    return numbers


def mean_of_some(loss):
    """PyTorch has no ignored targets but for classes."""
    def run(y, t):
        known = ~torch.isnan(t)
        return (loss(y, torch.nan_to_num(t)) * known).sum() / known.sum()

    return run


CLASS_WEIGHTS = torch.tensor([0.5, 1, 0, 3])
POSITIVE_WEIGHTS = torch.tensor([10, 1, 0.25])
CLASSES = torch.tensor([0, 3, -1, 2, 1, 3])


# Some, equal neighbors, none; padded to one number per step.
LABELS = torch.tensor([[2, 1, 3, -1, -1, -1], [1, 1, 2, 2, -1, -1], [-1, -1, -1, -1, -1, -1]])


def ctc(blank, reduction):
    def run(y, t):
        lengths = (t >= 0).sum(1)
        steps = torch.full((WINDOWS,), STEPS)
        return F.ctc_loss(y.transpose(0, 1).log_softmax(2), t.clamp(min=0), steps, lengths, blank, reduction) / (WINDOWS if reduction == "sum" else 1)

    return run


def mixture(components, dimensions, full=False, binary=0):
    """The negative log likelihood of PyTorch's distributions. The target ends with the yes-or-no answers."""
    def run(y, t):
        y, t = y.reshape(-1, y.shape[-1]), t.reshape(-1, t.shape[-1])
        sizes = [components, components * dimensions, components * dimensions, components if full else 0, binary]
        weights, means, deviations, correlations, answers = y.split(sizes, -1)
        means, deviations = (v.reshape(-1, components, dimensions) for v in (means, deviations.exp()))
        if full:
            rho = correlations.tanh()
            factor = torch.zeros(*means.shape, 2, dtype=y.dtype)
            factor[..., 0, 0] = deviations[..., 0]
            factor[..., 1, 0] = rho * deviations[..., 1]
            factor[..., 1, 1] = (1 - rho ** 2).sqrt() * deviations[..., 1]
            parts = D.MultivariateNormal(means, scale_tril=factor)
        else:
            parts = D.Independent(D.Normal(means, deviations), 1)
        nats = -D.MixtureSameFamily(D.Categorical(logits=weights), parts).log_prob(t[:, :dimensions])
        if binary:
            nats = nats - D.Independent(D.Bernoulli(logits=answers), 1).log_prob(t[:, dimensions:])
        return nats.mean()

    return run


def points(dimensions, binary=0):
    return torch.cat([torch.randn(WINDOWS, STEPS, dimensions), torch.randint(0, 2, (WINDOWS, STEPS, binary)).float()], -1)


def numbers(outputs):
    return lambda: (Numbers(outputs), torch.randn(WINDOWS, STEPS, 3))


CASES = {
    "class_weights": (
        numbers(4), lambda: torch.stack([CLASSES.roll(k) for k in range(WINDOWS)]),
        lambda y, t: F.cross_entropy(y.reshape(-1, 4), t.reshape(-1), CLASS_WEIGHTS, ignore_index=-1)),
    "positive_weights": (
        numbers(3), lambda: torch.rand(WINDOWS, STEPS, 3),
        nn.BCEWithLogitsLoss(pos_weight=POSITIVE_WEIGHTS)),
    "some_answers": (
        numbers(3), lambda: some(torch.rand(WINDOWS, STEPS, 3)),
        mean_of_some(lambda y, t: F.binary_cross_entropy_with_logits(y, t, reduction="none"))),
    "some_squares": (
        numbers(17), lambda: some(torch.randn(WINDOWS, STEPS, 17)),
        mean_of_some(lambda y, t: F.mse_loss(y, t, reduction="none"))),
    "some_hubers": (
        numbers(17), lambda: some(torch.randn(WINDOWS, STEPS, 17)),
        mean_of_some(lambda y, t: F.huber_loss(y, t, reduction="none", delta=0.5))),
    "tied": (
        lambda: (Tied(), torch.randint(0, 11, (WINDOWS, STEPS))), lambda: torch.randint(0, 11, (WINDOWS, STEPS)),
        lambda y, t: F.cross_entropy(y.reshape(-1, 11), t.reshape(-1))),
    "ctc_mean": (numbers(5), lambda: LABELS, ctc(blank=0, reduction="mean")),
    "ctc_sum": (numbers(5), lambda: LABELS, ctc(blank=4, reduction="sum")),
    "mixture": (numbers(3 * 7), lambda: points(3), mixture(3, 3)),
    "mixture_full": (numbers(2 * 6 + 1), lambda: points(2, 1), mixture(2, 2, full=True, binary=1)),
}


def write(path, tensors):
    header, blobs, offset = {}, [], 0
    for name, tensor in tensors.items():
        wide = tensor.dtype == torch.int64
        blob = tensor.detach().contiguous().numpy().astype("<i8" if wide else "<f4").tobytes()
        header[name] = {"dtype": "I64" if wide else "F32", "shape": list(tensor.shape), "data_offsets": [offset, offset + len(blob)]}
        blobs.append(blob)
        offset += len(blob)
    text = json.dumps(header, separators=(",", ":")).encode()
    path.write_bytes(struct.pack("<Q", len(text)) + text + b"".join(blobs))


def main():
    for seed, (name, (create, targets, loss)) in enumerate(CASES.items()):
        torch.manual_seed(seed)
        model, x = create()
        t = targets()
        tensors = {"x": x, "t": t} | {n: p.detach().clone() for n, p in model.named_parameters()}
        optimizer = torch.optim.AdamW(model.parameters(), lr=0.01)
        losses = []
        for update in range(3):
            optimizer.zero_grad()
            value = loss(model(x.transpose(0, 1)).transpose(0, 1), t)
            value.backward()
            if update == 0:
                tensors |= {"grad." + n: p.grad.clone() for n, p in model.named_parameters()}
            losses.append(value.item())
            optimizer.step()
        tensors |= {"end." + n: p.detach().clone() for n, p in model.named_parameters()}
        tensors["losses"] = torch.tensor(losses)
        write(HERE / f"{name}.safetensors", tensors)
        print(name, losses)


if __name__ == "__main__":
    main()
