"""An ingest that is killed again and again loses nothing and doubles nothing."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time

import pytest
from ingest_support import line, texts_of
from kill_test import run as kill_and_restart

from tacitus import Coder
from tacitus.records import Report
from tacitus.store import EventStore

COMMAND = "import sys; from tacitus.cli import main; sys.exit(main(sys.argv[1:]))"


def test_thirty_kills(tmp_path):
    figures = kill_and_restart(tmp_path, reports=500, kills=30, seed=7, processes=1)
    assert figures.problems == []
    assert figures.kills.total() == 30
    assert len(figures.kills) >= 4, "kills at several named steps"


@pytest.mark.slow
def test_three_hundred_kills(tmp_path):
    figures = kill_and_restart(tmp_path, reports=2_000, kills=300, seed=1, processes=2)
    assert figures.problems == []
    assert figures.kills.total() == 300


def test_kills_of_the_true_command(tmp_path):
    """The command as it is, with the shipped model, killed three times."""
    corpus, store_path = tmp_path / "reports.jsonl", tmp_path / "news.tacitus"
    corpus.write_text("".join(line(n) for n in range(60)), encoding="utf-8")
    command = [sys.executable, "-c", COMMAND, "ingest", str(corpus), "--store", str(store_path), "--processes", "1"]
    chance = random.Random(3)
    for _ in range(3):
        process = subprocess.Popen(command, start_new_session=True, stdout=subprocess.DEVNULL)
        time.sleep(chance.uniform(1.0, 2.5))
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    assert json.loads(done.stdout)["left_out"] == {}
    assert len(texts_of(store_path)) == 60
    with EventStore(store_path) as store:
        reports: list[Report] = list(store.reports())
        expected = {event.event_id for _, events in Coder().code_many(reports) for event in events}
        assert sorted(e.event_id for e in store.events()) == sorted(expected)
