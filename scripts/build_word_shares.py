"""Builds ``src/tacitus/store/data/word_shares.csv``: in what share of news reports each word stem stands.

    python scripts/build_word_shares.py

The reports are the passages of the training corpus (the project's own, CC BY 4.0). Stems of fewer than five passages are left out: the store gives
every unknown stem the least share of the table. Thresholds of ``store/matching.py`` were set with this table: measure again
(``python evaluation/stories/run.py``) after building it anew.
"""

from __future__ import annotations

import csv
from collections import Counter
from pathlib import Path

from tacitus.store.wording import stems

HERE = Path(__file__).resolve().parents[1]
LEAST_PASSAGES = 5
"""Below it a share says more about the corpus than about the news."""


def passages() -> list[str]:
    """Title and sentences of every passage."""
    found: list[list[str]] = []
    for path in sorted((HERE / "training" / "corpus" / "passages").glob("*.txt")):
        for line in path.read_text(encoding="utf-8").splitlines():
            if line.startswith("# "):
                found.append([line.rpartition("|")[2].strip()])
            elif line.startswith("S ") and found:
                found[-1].append(line[2:])
    return ["\n".join(lines) for lines in found]


def main() -> None:
    """Write the table, the commonest stems first."""
    texts = passages()
    counts: Counter[str] = Counter()
    for text in texts:
        counts.update(stems(text))
    rows = sorted(((n, stem) for stem, n in counts.items() if n >= LEAST_PASSAGES), key=lambda row: (-row[0], row[1]))
    with (HERE / "src" / "tacitus" / "store" / "data" / "word_shares.csv").open("w", encoding="utf-8", newline="") as f:
        writer = csv.writer(f, lineterminator="\n")
        writer.writerow(("stem", "share"))
        writer.writerows((stem, f"{n / len(texts):.5f}") for n, stem in rows)


if __name__ == "__main__":
    main()
