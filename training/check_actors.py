"""How often the actors room gives a corpus mention its code: country (first element) and full code; with -v the commonest misses.

    python training/check_actors.py [-v] [FILES...]
"""
import collections
import sys
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
    verbose = "-v" in sys.argv
    files = [a for a in sys.argv[1:] if a != "-v"] or sorted(str(f) for f in (Path(__file__).parent / "corpus" / "passages").glob("*.txt"))
    right = collections.Counter()
    misses = []
    for f in files:
        for p in read_passages(f):
            text, sentences, mentions = passage_mentions(p)
            actors = ReportActors(text, sentences, p.date, p.title, country_of)
            for a, b, gold in mentions:
                answers = actors.resolve(a, b)
                codes = {x.code or "---" for x in answers}
                right["n"] += 1
                country = {c[:3] for c in codes} & {c[:3] for c in gold}
                right["country"] += bool(country)
                right["full"] += bool(codes & gold)
                if not country or (verbose and not codes & gold):
                    misses.append((bool(country), p.id, p.date, text[a:b], sorted(gold), sorted(codes), answers[0].why))
    print({k: (v if k == "n" else round(v / right["n"], 4)) for k, v in right.items()})
    if verbose:
        for ok, *m in misses:
            print("full " if ok else "CTRY ", *m, sep=" | ")


if __name__ == "__main__":
    main()
