"""Who and where on texts that were written blind: figures stay above their floors."""

import importlib.util
from pathlib import Path

import pytest

EVALUATION = Path(__file__).resolve().parents[1] / "evaluation"


@pytest.mark.parametrize("name", ["actors", "places"])
def test_blind_mentions_stand_above_their_floors(name):
    spec = importlib.util.spec_from_file_location(f"blind_{name}", EVALUATION / name / "run.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    figures = module.measure()
    assert figures["mentions"] >= 300
    for figure, floor in module.FLOORS.items():
        assert figures[figure] >= floor > 0.5
