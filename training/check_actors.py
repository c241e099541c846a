"""How often the actors room gives a corpus mention its code: country (first element) and full code; with -v the misses.

    python training/check_actors.py [-v] [--model [FOLDER]] [FILES...]

Without --model by the gazetteers alone, on all passages; with it, the model's judgement of kinds joins in, on passages held out from training only.
"""
import argparse
import collections
import functools
import sys
import zlib
from pathlib import Path

sys.path[:0] = [str(Path(__file__).parent / "corpus"), str(Path(__file__).parents[1] / "src")]
from format import read_passages

from tacitus.actors import ReportActors
from tacitus.language import Sentence

try:
    from tacitus.places import Gazetteer
    country_of = Gazetteer().country_of
except ImportError:
    country_of = lambda _: None  # noqa: E731

HELD_OUT = 12  # as train.py holds them out


def passage_mentions(p):
    """(start, end, {codes}) of each actor mention, offsets into the joined text."""
    starts, at = [], 0
    for s in p.sentences:
        starts.append(at)
        at += len(s) + 1
    found = collections.defaultdict(set)
    for e in p.events:
        for m in [*e.source, *e.target, *([e.attribution] if e.attribution else [])]:
            found[starts[m.sentence] + m.start, starts[m.sentence] + m.end].add(m.code)
    sentences = [Sentence(s, a, a + len(s)) for s, a in zip(p.sentences, starts)]
    return " ".join(p.sentences), sentences, sorted((a, b, codes) for (a, b), codes in found.items())


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("-v", "--verbose", action="store_true")
    ap.add_argument("--model", type=Path, nargs="?", const=Path())
    ap.add_argument("--held-out", action="store_true", help="held-out passages only, also without a model")
    ap.add_argument("files", nargs="*")
    args = ap.parse_args()
    model = None
    if args.model:
        from tacitus.model.session import EventModel
        model = EventModel(None if args.model == Path() else args.model)
    files = args.files or sorted(str(f) for f in (Path(__file__).parent / "corpus" / "passages").glob("*.txt"))
    right = collections.Counter()
    misses = []
    for f in files:
        for p in read_passages(f):
            if (model or args.held_out) and zlib.crc32(p.id.encode()) % HELD_OUT:
                continue
            text, sentences, mentions = passage_mentions(p)
            readings = model.read(p.sentences) if model else []
            kinds_of = functools.partial(model.kinds_of, readings, [s.start for s in sentences]) if model else lambda _start, _end: {}
            actors = ReportActors(text, sentences, p.date, p.title, country_of, kinds_of=kinds_of)
            for a, b, gold in mentions:
                answers = actors.resolve(a, b)
                codes = {x.code or "---" for x in answers}
                right["n"] += 1
                country = {c[:3] for c in codes} & {c[:3] for c in gold}
                right["country"] += bool(country)
                right["full"] += bool(codes & gold)
                if not country or (args.verbose and not codes & gold):
                    kind = max(kinds_of(a, b).items(), key=lambda x: x[1], default="")
                    misses.append((bool(country), p.id, p.date, text[a:b], sorted(gold), sorted(codes), kind, answers[0].why))
    print({k: (v if k == "n" else round(v / right["n"], 4)) for k, v in right.items()})
    if args.verbose:
        for ok, *m in misses:
            print("full " if ok else "CTRY ", *m, sep=" | ")


if __name__ == "__main__":
    main()
