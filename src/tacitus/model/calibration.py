"""From the model's own score of an event to the share of such events that are right."""

from __future__ import annotations

from functools import cache

import numpy as np

from tacitus.config import table


@cache
def _table() -> tuple[tuple[float, ...], tuple[float, ...]]:
    rows = [(float(row["score"]), float(row["right"])) for row in table("model", "calibration")]
    return tuple(s for s, _ in rows), tuple(r for _, r in rows)


def calibrate(score: float) -> float:
    """The probability that an event of this score is right: a monotone table fitted on coded reports (``data/calibration.csv``)."""
    scores, right = _table()
    return float(np.interp(score, scores, right))
