"""Prints the learning rates that ScheduleTests.cs expects, from PyTorch: one line per test case. Run it where torch is installed."""

import warnings

import torch
from torch.optim import lr_scheduler

warnings.simplefilter("ignore")

LOSSES = [2.0, 1.5, 1.49999, 1.45, 1.44, 1.46, 1.5, 1.5, 1.5, 1.2, 1.3, 1.3, 1.3, 1.3, 1.3, 1.1, 1.2, 1.2, 1.2, 1.2]


def sgd(rate):
    return torch.optim.SGD([torch.nn.Parameter(torch.zeros(1))], lr=rate)


def show(name, rates):
    print(f"{name}: {', '.join(f'{rate:.9g}' for rate in rates)}")


def updates(name, rate, create, places):
    """The rate of the update with so many before it."""
    optimizer = sgd(rate)
    scheduler = create(optimizer)
    rates = []
    for _ in range(places[-1] + 1):
        rates.append(optimizer.param_groups[0]["lr"])
        optimizer.step()
        scheduler.step()
    show(name, [rates[place] for place in places])


def cosine(all_updates, warmup=0, factor=1 / 3, lowest=0.0):
    def create(optimizer):
        if warmup == 0:
            return lr_scheduler.CosineAnnealingLR(optimizer, T_max=all_updates, eta_min=lowest)
        linear = lr_scheduler.LinearLR(optimizer, start_factor=factor, total_iters=warmup)
        half = lr_scheduler.CosineAnnealingLR(optimizer, T_max=all_updates - warmup, eta_min=lowest)
        return lr_scheduler.SequentialLR(optimizer, [linear, half], milestones=[warmup])

    return create


def plateau(name, rate, losses=LOSSES, **settings):
    """The rate after each report of a loss."""
    optimizer = sgd(rate)
    scheduler = lr_scheduler.ReduceLROnPlateau(optimizer, **settings)
    rates = []
    for loss in losses:
        scheduler.step(loss)
        rates.append(optimizer.param_groups[0]["lr"])
    show(name, rates)


if __name__ == "__main__":
    updates("step", 0.1, lambda o: lr_scheduler.StepLR(o, 3, 0.5), range(11))
    updates("step, default factor", 0.02, lambda o: lr_scheduler.StepLR(o, 100), [0, 99, 100, 199, 200, 999, 1000])
    updates("exponential", 0.02, lambda o: lr_scheduler.ExponentialLR(o, 0.9), range(7))
    updates("exponential, slow", 0.5, lambda o: lr_scheduler.ExponentialLR(o, 0.999), [0, 1, 10, 100, 1000, 5000])
    updates("cosine", 0.1, cosine(10), range(11))
    updates("cosine, lowest", 0.1, cosine(8, lowest=0.01), range(9))
    updates("cosine, warm-up", 0.1, cosine(12, warmup=4), range(13))
    updates("cosine, warm-up, factor, lowest", 0.3, cosine(10, warmup=5, factor=0.1, lowest=0.02), range(11))
    updates("cosine, warm-up of one", 0.1, cosine(4, warmup=1, factor=0.25), range(5))
    updates("cosine, long", 0.001, cosine(10_000, warmup=500, factor=0.01, lowest=1e-5), [0, 1, 250, 499, 500, 501, 5250, 9999, 10_000])
    plateau("plateau", 0.1, patience=2)
    plateau("plateau, no patience", 0.1, patience=0, factor=0.5)
    plateau("plateau, cooldown", 0.1, patience=1, cooldown=3, factor=0.5)
    plateau("plateau, threshold", 0.1, patience=2, threshold=0.1, factor=0.5)
    plateau("plateau, no threshold", 0.1, patience=0, threshold=0, factor=0.5)
    plateau("plateau, lowest", 0.1, patience=0, min_lr=0.02, factor=0.5)
    plateau("plateau, default settings", 0.1, losses=[1.0] * 25)
    plateau("plateau, tiny", 3e-8, losses=[1.0] * 4, patience=0, factor=0.5)
