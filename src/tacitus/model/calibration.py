"""From the model's own score of an event to the share of such events that are right."""

from __future__ import annotations

import csv
from functools import cache
from importlib.resources import files

import numpy as np


@cache
def _table() -> tuple[tuple[float, ...], tuple[float, ...]]:
    with files("tacitus.model").joinpath("data", "calibration.csv").open(encoding="utf-8", newline="") as f:
        rows = [(float(row["score"]), float(row["right"])) for row in csv.DictReader(f)]
    return tuple(s for s, _ in rows), tuple(r for _, r in rows)


def calibrate(score: float) -> float:
    """The probability that an event of this score is right: a monotone table fitted on coded reports (``data/calibration.csv``)."""
    scores, right = _table()
    return float(np.interp(score, scores, right))
