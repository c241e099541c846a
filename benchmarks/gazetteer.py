"""The actor gazetteer: how long it takes to load, and how much text a second it matches on one core.

    python benchmarks/gazetteer.py [--runs 7]

Loading is timed in fresh processes, from nothing imported to the first match, and by its parts: importing (numpy for the most part, which the model needs
anyway), reading the tables and making the look-up. Matching is timed on the passages of the training corpus, cut to reports of 4,500 characters (740 words)
and in one piece. Before a figure is printed the matches are compared with those of a plain matcher (`tests/actors/plain_matcher.py`). Exit status 1 where a
figure misses what is asked: 0.3 s, and 20 MB a second.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import statistics
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "tests" / "actors"))
REPORT = 4_500
LEAST_SPEED, MOST_SECONDS = 20.0, 0.3
CHECKED = 40
"""Reports whose matches are compared with the plain matcher's, spread over all."""
LOADING = """
import json, time
begin = time.perf_counter()
from tacitus.actors.gazetteer import shipped
imported = time.perf_counter()
gazetteer = shipped()
loaded = time.perf_counter()
gazetteer.matches("Russia vetoed the U.N. resolution.")
print(json.dumps([imported - begin, loaded - imported, time.perf_counter() - loaded]))
"""


def texts() -> list[str]:
    """The passages' sentences."""
    out = []
    for path in sorted((ROOT / "training" / "corpus" / "passages").glob("*.txt")):
        out.append("\n".join(line[2:] for line in path.read_text(encoding="utf-8").splitlines() if line.startswith("S ")))
    return out


def loading(runs: int) -> list[list[float]]:
    """Seconds of importing, loading and the first match, in fresh processes."""
    return [json.loads(subprocess.run([sys.executable, "-c", LOADING], check=True, capture_output=True, text=True).stdout) for _ in range(runs)]


def speed(parts: list[str], runs: int) -> list[float]:
    """Megabytes (UTF-8) a second of matching all parts."""
    from tacitus.actors.gazetteer import shipped

    gazetteer, size, out = shipped(), sum(len(p.encode()) for p in parts) / 1e6, []
    for _ in range(runs):
        begin = time.perf_counter()
        for part in parts:
            gazetteer.matches(part)
        out.append(size / (time.perf_counter() - begin))
    return out


def check(parts: list[str]) -> int:
    """Compare with the plain matcher; returns how many matches were compared."""
    from plain_matcher import PlainMatcher

    from tacitus.actors.gazetteer import shipped, shipped_entries

    plain, compared = PlainMatcher(shipped_entries()), 0
    for part in parts[:: max(1, len(parts) // CHECKED)]:
        expected = plain.matches(part)
        assert [tuple(m) for m in shipped().matches(part)] == expected, "the matches are not those of the plain matcher"
        compared += len(expected)
    return compared


def main() -> int:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--runs", type=int, default=7)
    runs = parser.parse_args().runs
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})
    whole = "\n".join(texts())
    parts = [whole[i : i + REPORT] for i in range(0, len(whole), REPORT)]
    print(f"{platform.machine()}, one core, Python {platform.python_version()}; {len(whole) / 1e6:.1f} million characters of text")
    print(f"{check(parts)} matches compared with the plain matcher's: the same")
    times = loading(runs)
    sums = [sum(t) for t in times]
    importing, loaded, first = (statistics.median(column) for column in zip(*times, strict=True))
    print(
        f"loading: best {min(sums):.3f} s, median {statistics.median(sums):.3f} s (importing {importing:.3f}, tables and look-up {loaded:.3f}, "
        f"first match {first:.3f}); asked: {MOST_SECONDS} s"
    )
    figures = {"reports of 4,500 characters": speed(parts, runs), "one piece": speed([whole], runs)}
    for name, speeds in figures.items():
        print(f"matching, {name}: best {max(speeds):.1f} MB/s, median {statistics.median(speeds):.1f} MB/s; asked: {LEAST_SPEED:g}")
    return int(min(sums) > MOST_SECONDS or min(max(speeds) for speeds in figures.values()) < LEAST_SPEED)


if __name__ == "__main__":
    sys.exit(main())
