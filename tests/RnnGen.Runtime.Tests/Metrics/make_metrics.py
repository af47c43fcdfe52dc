"""Writes metrics.json: random predictions and the metrics of scikit-learn 1.2.1 (Debian: python3-sklearn). Run in this folder: python3 make_metrics.py"""
import json

import numpy as np
from sklearn import metrics as m

rng = np.random.default_rng(1)


def classes(count, number, hidden):
    """Predictions of `number` classes; class `hidden` is never the right one."""
    targets = rng.integers(0, number, count)
    targets = np.where(targets == hidden, (hidden + 1) % number, targets)
    logits = rng.normal(size=(count, number)) + 1.2 * np.eye(number)[targets]
    # Two digits: some are equal.
    p = np.round(np.exp(logits) / np.exp(logits).sum(1, keepdims=True), 2).astype(np.float32)
    answers = p.argmax(1)
    labels = list(range(number))
    precision, recall, f1, _ = m.precision_recall_fscore_support(targets, answers, labels=labels, zero_division=0)
    macro = m.precision_recall_fscore_support(targets, answers, average="macro", zero_division=0)
    auc = [m.roc_auc_score(targets == k, p[:, k]) if 0 < (targets == k).sum() < count else None for k in labels]
    return dict(
        classes=number, targets=targets.tolist(), probabilities=p.ravel().tolist(), accuracy=m.accuracy_score(targets, answers),
        confusion=m.confusion_matrix(targets, answers, labels=labels).ravel().tolist(), precision=precision.tolist(), recall=recall.tolist(),
        f1=f1.tolist(), macro=[float(x) for x in macro[:3]], auc=auc)


def regression(count, outputs, offset):
    targets = (offset + rng.normal(size=(count, outputs)) * np.arange(1, outputs + 1)).astype(np.float32)
    values = (targets + 0.5 * rng.normal(size=(count, outputs))).astype(np.float32)
    t, y = targets.astype(np.float64), values.astype(np.float64)
    return dict(
        outputs=outputs, targets=targets.ravel().tolist(), values=values.ravel().tolist(), mae=m.mean_absolute_error(t, y),
        rmse=float(np.sqrt(m.mean_squared_error(t, y))), r2=m.r2_score(t, y), maes=m.mean_absolute_error(t, y, multioutput="raw_values").tolist(),
        rmses=np.sqrt(m.mean_squared_error(t, y, multioutput="raw_values")).tolist(), r2s=m.r2_score(t, y, multioutput="raw_values").tolist())


with open("metrics.json", "w") as file:
    json.dump(dict(
        classes=[classes(200, 2, -1), classes(150, 5, -1), classes(60, 7, 3), classes(3, 4, 0)],
        regression=[regression(100, 1, 0), regression(80, 7, 3), regression(50, 3, 1000)]), file)
    file.write("\n")
