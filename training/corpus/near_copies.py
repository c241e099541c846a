"""Sentences of the corpus that repeat another passage's phrasing with other names. Standard library only.

    python3 training/corpus/near_copies.py [FILES...] [--limit N] [--openings N]      (passages/*.txt beside this file by default)

The rule: a sentence is lower-cased and masked. Every mention that an E line names, every number, month, weekday and spelled-out count, and every word with
a capital (at the sentence's start only if the corpus never writes it small) becomes one `_`; neighbouring masks are one. Two sentences of different
passages are near-copies if what they share in the same order, in runs of three masked words or more, has at least CONTENT content words (no mask, none of the COMMON
commonest words of the corpus) and either makes up SHARE of the content words of the shorter sentence or holds one run of RUN words with CONTENT content words.
"""
import argparse
import collections
import difflib
import itertools
import re
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE)]
from format import read_passages

COMMON, GRAM, FREQUENT, CONTENT, RUN, SHARE = 150, 4, 60, 4, 8, 0.6
MONTHS = "jan feb mar apr jun jul aug sept sep oct nov dec"
COUNTS = """one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty thirty forty fifty
 sixty seventy eighty ninety hundred hundreds thousand thousands million dozen dozens scores"""
MASKED = frozenset(f"{MONTHS} {COUNTS}".split())
WORD = re.compile(r"[^\W_]+(?:['’.-][^\W_]+)*'?|_")


def spans(passage):
    """By sentence, the (start, end) of every mention that the coding names."""
    out = collections.defaultdict(list)
    for e in passage.events:
        for m in (*e.source, *e.target, e.attribution, e.time, e.place):
            if m:
                out[m.sentence].append((m.start, m.end))
    return out


def mask(sentence, mentions, small):
    text = list(sentence)
    for start, end in mentions:
        text[start:end] = "_" * (end - start)
    words = []
    for i, word in enumerate(WORD.findall("".join(text))):
        low = word.lower()
        named = word != low and (i > 0 or low not in small)
        masked = named or word == "_" or low[0].isdigit() or set(low.split("-")) & MASKED
        if not (masked and words and words[-1] == "_"):
            words.append("_" if masked else low)
    return words


def read(files):
    """[(file, passage id, sentence number, text, masked words)]"""
    passages = [(f.name, p) for f in files for p in read_passages(f)]
    small = {w for _, p in passages for s in p.sentences for w in WORD.findall(s) if w.islower()}
    out = []
    for name, p in passages:
        mentions = spans(p)
        out += [(name, p.id, i, s, mask(s, mentions[i], small)) for i, s in enumerate(p.sentences)]
    return out


def shared(a, b, common):
    """(content words in shared runs of three words or more, whether one run is RUN long with CONTENT content words, the runs)."""
    runs = [a[m.a:m.a + m.size] for m in difflib.SequenceMatcher(None, a, b, autojunk=False).get_matching_blocks() if m.size >= 3]
    content = [sum(w != "_" and w not in common for w in r) for r in runs]
    return sum(content), any(len(r) >= RUN and c >= CONTENT for r, c in zip(runs, content)), runs


def near_copies(sentences):
    """[(score, index, index, runs)], the worst first."""
    count = collections.Counter(w for s in sentences for w in s[4] if w != "_")
    common = {w for w, _ in count.most_common(COMMON)}
    content = [sum(w != "_" and w not in common for w in s[4]) for s in sentences]
    index = collections.defaultdict(set)
    for i, s in enumerate(sentences):
        for j in range(len(s[4]) - GRAM + 1):
            gram = tuple(s[4][j:j + GRAM])
            if any(w != "_" and w not in common for w in gram):
                index[gram].add(i)
    candidates = {pair for found in index.values() if len(found) <= FREQUENT for pair in itertools.combinations(sorted(found), 2)}
    out = []
    for i, j in candidates:
        if sentences[i][1] != sentences[j][1]:
            n, long, runs = shared(sentences[i][4], sentences[j][4], common)
            part = n / max(1, min(content[i], content[j]))
            if n >= CONTENT and (long or part >= SHARE):
                out.append((n * part, i, j, runs))
    return sorted(out, key=lambda x: (-x[0], x[1:3]))


def openings(passages_first, limit):
    """The first four masked words that begin most passages."""
    return collections.Counter(" ".join(w[:4]) for w in passages_first).most_common(limit)


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("files", nargs="*", type=Path)
    ap.add_argument("--limit", type=int, default=20, help="list so many pairs")
    args = ap.parse_args()
    sentences = read(args.files or sorted((HERE / "passages").glob("*.txt")))
    pairs = near_copies(sentences)
    for score, i, j, runs in pairs[:args.limit]:
        print(f"{score:.1f}  " + " / ".join(" ".join(r) for r in runs))
        for name, pid, n, text, _ in (sentences[i], sentences[j]):
            print(f"    {name} {pid} {n}: {text}")
    within = {i for p in pairs for i in p[1:3]}
    print(f"{len(pairs)} pairs of near-copies; {len(within)} of {len(sentences)} sentences ({len(within) / len(sentences):.2%}) are in one")


if __name__ == "__main__":
    main()
