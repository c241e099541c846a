"""Accuracy does not fall: every figure of evaluation/run.py against its pinned floor."""

import importlib.util
import sys
from pathlib import Path

import pytest

HERE = Path(__file__).parents[1] / "evaluation"


@pytest.fixture(scope="module")
def evaluation():
    spec = importlib.util.spec_from_file_location("evaluation_run", HERE / "run.py")
    module = importlib.util.module_from_spec(spec)
    sys.modules["evaluation_run"] = module
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def figures(evaluation):
    return evaluation.all_figures()


def test_figures_stand_above_their_floors(evaluation, figures):
    found, _ = figures
    assert evaluation.floors(), "no floor is pinned"
    under = {k: (found[k], floor) for k, floor in evaluation.floors().items() if k in found and found[k] < floor}
    assert not under


def test_figures_from_outside_data(figures):
    _, skipped = figures
    if skipped:
        pytest.skip("; ".join(skipped))
