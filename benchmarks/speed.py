"""Speed, as a user meets it: whole processes, start-up included.

    python benchmarks/speed.py [--reports 200]

Prints the machine, the start-up of `tacitus --help` (best and median of ten), and reports of 740 words a second through `tacitus code` (JSON Lines in,
JSON Lines out). The reports are made of the sentences of the gold reports in changing order; a check that all came out again is part of the run.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import random
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

GOLD = Path(__file__).resolve().parents[1] / "evaluation" / "gold" / "reports.jsonl"
WORDS = 740
"""Words of the seed record's report."""


def reports(count: int) -> list[dict[str, str]]:
    """Reports of about ``WORDS`` words."""
    gold = [json.loads(line) for line in GOLD.read_text(encoding="utf-8").splitlines()]
    rng = random.Random(1)
    out = []
    for i in range(count):
        sentences: list[str] = []
        while sum(len(s.split()) for s in sentences) < WORDS:
            sentences += rng.choice(gold)["sentences"]
        out.append({"id": f"bench{i}", "date": gold[i % len(gold)]["date"], "text": " ".join(sentences)})
    return out


def timed(command: list[str]) -> float:
    """Wall seconds of a process."""
    begun = time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - begun


def main() -> None:
    """Measure and print."""
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--reports", type=int, default=200)
    args = ap.parse_args()
    tacitus = str(Path(sys.executable).parent / "tacitus")
    print(f"{platform.processor() or platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}")
    starts = [timed([tacitus, "--help"]) for _ in range(10)]
    print(f"tacitus --help: best {min(starts):.3f} s, median {statistics.median(starts):.3f} s")
    with tempfile.TemporaryDirectory() as folder:
        source, target = Path(folder) / "reports.jsonl", Path(folder) / "events.jsonl"
        made = reports(args.reports)
        source.write_text("\n".join(json.dumps(r) for r in made) + "\n", encoding="utf-8")
        seconds = timed([tacitus, "code", str(source), "--output", str(target)])
        coded = [json.loads(line) for line in target.read_text(encoding="utf-8").splitlines()]
        seen = len({e["report_id"] for e in coded})
        if seen < 0.95 * len(made):
            sys.exit(f"only {seen} of {len(made)} reports have events: the run is not worth timing")
        words = sum(len(r["text"].split()) for r in made)
        print(f"tacitus code: {len(made)} reports of {words / len(made):.0f} words in {seconds:.1f} s: {len(made) / seconds:.1f} a second, {len(coded)} events")


if __name__ == "__main__":
    main()
