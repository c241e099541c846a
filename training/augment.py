"""Augmentation: names of actors swapped for other actors' of the same kind, sentence by sentence.

A sentence keeps its words and codes; "Ankara accused the PKK" becomes "Lisbon accused the Shining Path". What is learnt of a sentence
then hangs less on who stands in it.
"""
import random
from collections import defaultdict
from dataclasses import replace

SHARE = 0.5  # of the sentences
PREPOSITIONS = frozenset("in at near from outside into to inside around across".split())  # before these a capital is a place, not a government
DEICTIC = frozenset(
    "it its he his him she her they their them who whose which that both each i we our us you those these this some others one two many several".split()
)


def kind(mention):
    """What a mention may be swapped for: roles of its code, whether it is a name, how it begins and whether it is plural; None if it must stay."""
    words = mention.text.split()
    first = words[0].lower()
    if mention.code is None or first in DEICTIC or len(words) > 6:
        return None
    name = words[-1][0].isupper()
    article = {"the": "the", "a": "a", "an": "a"}.get(first)
    start = article or ("name" if words[0][0].isupper() else "bare")
    international = mention.code[:3] in ("IGO", "NGO", "IMG", "MNC", "NGM", "INT")
    return (mention.code[:3] if international else "state", mention.code[3:6], name, start, not name and words[-1].endswith("s"))


def actor_names(passages):
    """Texts of the corpus's actors by kind."""
    found = defaultdict(set)
    for p in passages:
        for e in p.events:
            for m in (*e.source, *e.target, *([e.attribution] if e.attribution else [])):
                k = kind(m)
                if k is not None:
                    found[k].add(m.text)
    return {k: sorted(v) for k, v in found.items()}


def swapped(passages, rng: random.Random, share=SHARE):
    """The passages, with actors swapped in a share of the sentences; every offset follows."""
    names = actor_names(passages)
    return [_swap_passage(p, names, rng, share) for p in passages]


def _spans(passage):
    """All (sentence, start, end) that anything in the passage's coding points at."""
    out = set()
    for e in passage.events:
        for m in (e.trigger, *e.source, *e.target, e.attribution, e.time, e.place, *e.mentions):
            if m is not None:
                out.add((m.sentence, m.start, m.end))
    return out


def _swap_passage(passage, names, rng, share):
    spans = _spans(passage)
    edits = defaultdict(dict)
    for e in passage.events:
        for m in (*e.source, *e.target, *([e.attribution] if e.attribution else [])):
            k = kind(m)
            if k is None or len(names.get(k, ())) < 5:
                continue
            if passage.sentences[m.sentence][:m.start].lower().rpartition(" ")[0].rpartition(" ")[2] in PREPOSITIONS:
                continue
            if any(s == m.sentence and a < m.end and m.start < b and (a, b) != (m.start, m.end) for s, a, b in spans):
                continue
            edits[m.sentence].setdefault((m.start, m.end), k)
    sentences, moves = list(passage.sentences), {}
    for i, found in edits.items():
        if rng.random() > share:
            continue
        text, shifts = sentences[i], []
        for (a, b), k in sorted(found.items(), reverse=True):
            new = rng.choice(names[k])
            if a == 0:
                new = new[0].upper() + new[1:]
            elif new.startswith(("The ", "A ", "An ")):
                new = new[0].lower() + new[1:]
            text = text[:a] + new + text[b:]
            shifts.append((a, b, new))
        sentences[i], moves[i] = text, sorted(shifts)
    if not moves:
        return passage

    def moved(m):
        if m is None or m.sentence not in moves:
            return m
        start, text = m.start, m.text
        for a, b, new in moves[m.sentence]:
            if (a, b) == (m.start, m.end):
                text = new
            elif b <= m.start:
                start += len(new) - (b - a)
        return replace(m, start=start, text=text)

    events = [replace(e, trigger=moved(e.trigger), source=[moved(m) for m in e.source], target=[moved(m) for m in e.target], attribution=moved(e.attribution),
                      time=moved(e.time), place=moved(e.place), mentions=[moved(m) for m in e.mentions]) for e in passage.events]
    return replace(passage, sentences=sentences, events=events)
