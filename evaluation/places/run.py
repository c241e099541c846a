"""Where: the blind place mentions of this folder, located as the coder locates an event's place.

    python evaluation/places/run.py                  print the figures; exit status 1 under a floor
    python evaluation/places/run.py --dev --errors   the development set (``dev.jsonl``) and its wrong ones

Right: the same GeoNames entry; where the set has no id, the same country and a point within ``NEAR_KM``. The texts were written by a hand that saw
no table of ours; ids were looked up afterwards.
"""

from __future__ import annotations

import argparse
import json
import math
import sys
from collections import Counter
from pathlib import Path

from tacitus.actors import ReportActors
from tacitus.language import split_sentences
from tacitus.places import Gazetteer, ReportPlaces

HERE = Path(__file__).resolve().parent
FLOORS = {"all": 0.95}
NEAR_KM = {"city": 50.0, "other": 150.0, "admin1": 400.0}
"""How far two points of one place may lie apart where the set has no id: a province's centre is a matter of taste. Countries and seas have no distance."""


def kilometres(a: tuple[float, float], b: tuple[float, float]) -> float:
    """The distance of two points (degrees) on the sphere."""
    (p, x), (q, y) = ((math.radians(v) for v in point) for point in (a, b))
    return 12742 * math.asin(math.sqrt(math.sin((q - p) / 2) ** 2 + math.cos(p) * math.cos(q) * math.sin((y - x) / 2) ** 2))


def measure(errors: bool = False, mentions: str = "mentions.jsonl") -> dict[str, float]:
    """Shares that are right, by kind and in all."""
    places, right, total = Gazetteer(), Counter[str](), Counter[str]()
    for line in (HERE / mentions).read_text(encoding="utf-8").splitlines():
        record = json.loads(line)
        text = record["text"]
        report = ReportPlaces(places, text)
        actors = ReportActors(text, split_sentences(text), record["date"], None, places.country_of)
        for m in record["mentions"]:
            start = text.index(m["text"])
            end = start + len(m["text"])
            found = report.locate(start, end, actors.countries_around(start, end))
            if m["geonameid"] is not None:
                ok = found is not None and found.geonameid == m["geonameid"]
            else:
                ok = found is not None and (m["country"] is None or found.country == m["country"])
                if ok and found and found.lat is not None and found.lon is not None and m["kind"] in NEAR_KM and m["country"]:
                    ok = kilometres((found.lat, found.lon), (m["lat"], m["lon"])) <= NEAR_KM[m["kind"]]
            for kind in (m["kind"], "all"):
                total[kind] += 1
                right[kind] += ok
            if errors and not ok:
                print(record["id"], m["text"], m["kind"], m["country"], m["geonameid"], "|", found)
    return {"mentions": total["all"], **{k: round(right[k] / total[k], 3) for k in sorted(total)}}


def main() -> int:
    """Measure."""
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--dev", action="store_true", help="the development set, which has no floor")
    ap.add_argument("--errors", action="store_true", help="print the wrong ones")
    args = ap.parse_args()
    if args.dev:
        print(measure(args.errors, "dev.jsonl"))
        return 0
    figures = measure(args.errors)
    print(figures, "floors", FLOORS)
    return int(any(figures[k] < floor for k, floor in FLOORS.items()))


if __name__ == "__main__":
    sys.exit(main())
