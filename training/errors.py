"""What the coder gets wrong and what it costs, on the held-out passages of the corpus and the gold reports: the figures of ERRORS.md.

    python training/errors.py             the tables
    python training/errors.py --list 70   also so many of the costliest errors of the held-out passages, for reading

An event of the gold is paired with the coded one whose trigger, or a retelling's, overlaps its own, those first that share a triple; then with one that
shares a triple and modality. An error's cost is the number of triples, plain and full together, by which coded and gold differ less once it is mended.
"""
import argparse
import sys
from collections import Counter, defaultdict
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parent / "src"), str(HERE), str(HERE / "corpus")]
from calibrate import held_out
from tacitus import Coder
from tacitus.language import split_sentences
from tacitus.scoring import _codes, _head, _keys, _qualities, _triples, gold_reports

GOLD = HERE.parent / "evaluation" / "gold" / "reports.jsonl"
MENDS = {"nothing": (), "root": ("root",), "code": ("code",), "source": ("source",), "target": ("target",), "both sides": ("source", "target"),
         "modality": ("modality",)}


@dataclass
class Coding:
    """One report: its id, gold and coded events, and the coded event that each gold one is paired with."""

    id: str
    sentences: list
    gold: list
    own: list
    pairs: list


def spans(event):
    """Where an event's trigger and its retellings stand."""
    return [(m["start"], m["end"]) for m in event["mentions"]]


def place_triggers(text, sentences, events):
    """Where each gold trigger stands: the first place from its sentence on."""
    return [max(text.find(e["trigger"], sentences[min(e["sentence"], len(sentences) - 1)].start), 0) for e in events]


def paired(gold, own, starts):
    """(gold, coded) of the events that are the same act."""
    free, out, left = list(own), [], list(zip(gold, starts))

    def overlaps(start, g, o):
        return any(a < start + len(g["trigger"]) and start < b for a, b in spans(o))

    def agree(_, g, o):
        return bool(_keys(g) & _keys(o)) and o["modality"] == g["modality"]

    for fits in (lambda start, g, o: overlaps(start, g, o) and _keys(g) & _keys(o), overlaps, agree):
        for g, start in list(left):
            if candidates := [o for o in free if fits(start, g, o)]:
                best = max(candidates, key=lambda o: len(_keys(o, True) & _keys(g, True)))
                out.append((g, best))
                free.remove(best)
                left.remove((g, start))
    return out


def distance(own, gold):
    """Triples, plain and full, in which two lists of events differ."""
    return sum(len(_triples(own, full) ^ _triples(gold, full)) for full in (False, True))


def heads(event, side):
    return {_head(c) for c in _codes(event, side)}


def words(event, side):
    return {a["text"] for a in event[side]}


def wrong_in(g, o):
    """The fields of a paired event that are wrong."""
    out = [k for k, ok in _qualities(o, g).items() if not ok]
    out += ["root"] * (g["code"][:2] != str(o["code"])[:2])
    return out + [f"{side}_country" for side in ("source", "target") if heads(g, side) != heads(o, side)]


def errors(coding):
    """(cost, kind, gold, coded, fields) of every error of a report."""
    base, out = distance(coding.own, coding.gold), []
    known = {id(o) for _, o in coding.pairs}
    for g, o in coding.pairs:
        if fields := wrong_in(g, o):
            out.append((base - distance([g if x is o else x for x in coding.own], coding.gold), "wrong", g, o, fields))
    told = {id(g) for g, _ in coding.pairs}
    out += [(base - distance([*coding.own, g], coding.gold), "missed", g, None, []) for g in coding.gold if id(g) not in told]
    return out + [(base - distance([x for x in coding.own if x is not o], coding.gold), "spurious", None, o, []) for o in coding.own if id(o) not in known]


def mended(coding, fields):
    """The coded events with some fields of the paired ones as in the gold."""
    gold_of = {id(o): g for g, o in coding.pairs}
    out = []
    for o in coding.own:
        g = gold_of.get(id(o))
        if g is not None:
            right_root = g["code"][:2] == str(o["code"])[:2]
            o = o | {f: g[f] for f in fields if f != "root"} | ({"code": g["code"]} if "root" in fields and not right_root else {})
        out.append(o)
    return out


def f1(codings, change, full):
    right = coded = gold = 0
    for c in codings:
        a, b = _triples(change(c), full), _triples(c.gold, full)
        right, coded, gold = right + len(a & b), coded + len(a), gold + len(b)
    return 2 * right / (coded + gold)


def code(coder, gold):
    """Every report coded and paired."""
    for g, (_, events) in zip(gold, coder.code_many(g.report for g in gold)):
        own = [e.to_dict() for e in events]
        sentences = split_sentences(g.report.text)
        yield Coding(g.report.id, sentences, g.events, own, paired(g.events, own, place_triggers(g.report.text, sentences, g.events)))


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--list", type=int, default=0)
    args = ap.parse_args()
    coder = Coder()
    sets = {"held out": list(code(coder, list(held_out()))), "validation": list(code(coder, gold_reports([GOLD])))}
    found = {name: [(c, *e) for c in codings for e in errors(c)] for name, codings in sets.items()}
    for name, codings in sets.items():
        counts, cost = Counter(e[2] for e in found[name]), Counter()
        for _, price, kind, *_ in found[name]:
            cost[kind] += price
        print(name, len(codings), "texts,", sum(len(c.gold) for c in codings), "gold events;", dict(counts), "cost", dict(cost))
    changes = {name: (lambda c, fields=fields: mended(c, fields)) for name, fields in MENDS.items()}
    changes["no spurious event"] = lambda c: [o for _, o in c.pairs]
    changes["every missed event found whole"] = lambda c: [*c.own, *(g for g in c.gold if not any(g is x for x, _ in c.pairs))]
    for name, change in changes.items():
        print(f"{name:32}", *(f"{f1(codings, change, full):.3f}" for codings in sets.values() for full in (False, True)))
    roots, examples, targets, parties = Counter(), defaultdict(list), Counter(), Counter()
    for c, _, kind, g, o, fields in (e for errors_ in found.values() for e in errors_):
        if kind == "wrong" and "root" in fields:
            roots[g["code"][:2], str(o["code"])[:2]] += 1
            examples[g["code"][:2], str(o["code"])[:2]].append(f"{c.id} {g['trigger']!r}")
        if "target_country" in fields:
            targets["left empty" if not o["target"] else "gold has none" if not g["target"] else "another"] += 1
        if kind == "wrong":
            parties["exchanged"] += bool(heads(g, "source") & heads(o, "target") - heads(o, "source") - {_head(None)})
            for side in ("source", "target"):
                if f"{side}_country" in fields and g[side] and o[side]:
                    parties["the right words" if words(g, side) & words(o, side) else "other words"] += 1
    print("wrong target countries:", dict(targets), " sides:", dict(parties))
    for pair, n in roots.most_common(10):
        print("root", *pair, n, *examples[pair][:5])
    for c, cost, kind, g, o, fields in sorted(found["held out"], key=lambda e: -e[1])[: args.list]:
        event = g or o
        print(f"{cost} {kind} {c.id} {fields} | {c.sentences[min(event['sentence'], len(c.sentences) - 1)].text}")
        print("   gold ", g and (g["code"], _codes(g, "source"), _codes(g, "target")), "  coded", o and (o["code"], _codes(o, "source"), _codes(o, "target")))


if __name__ == "__main__":
    main()
