"""Sentences of the corpus that repeat another passage's phrasing with other names. Standard library only.

    python3 training/corpus/near_copies.py [FILES...] [--limit N]      (passages/*.txt beside this file by default)

The rule: a sentence is masked. Every mention that an E line names, every digit, count in words, month and weekday, and every word with a capital (at the
sentence's start only if the corpus never writes it small) becomes `_`; neighbouring masks are one, the rest is lower-cased. What two sentences of different
passages share are their runs of two masked words or more in the same order. They are near-copies if the shared words (masks not counted), times the share that
the runs have of the longer sentence, reach SCORE, and two of those words are content words (none of the COMMON commonest of the corpus): a short sentence
repeated whole, or about half of a long one; or if one run has RUN words and three content words. So "told reporters on Friday" is no near-copy.
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

COMMON, GRAM, FREQUENT, SCORE, RUN = 100, 3, 300, 3.5, 8
COUNTS = """one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty thirty forty
 fifty sixty seventy eighty ninety hundred hundreds thousand thousands million dozen dozens scores"""
MASKED = frozenset(COUNTS.split())
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
    """(words, content words, longest run with three content words, runs) of what two masked sentences have in the same order."""
    runs = [a[m.a:m.a + m.size] for m in difflib.SequenceMatcher(None, a, b, autojunk=False).get_matching_blocks() if m.size >= 2]
    content = [sum(w != "_" and w not in common for w in r) for r in runs]
    longest = max((len(r) for r, c in zip(runs, content) if c >= 3), default=0)
    return sum(w != "_" for r in runs for w in r), sum(content), longest, runs


def near_copies(sentences):
    """[(score, index, index, runs)], the worst first."""
    masked = [s[4] for s in sentences]
    common = {w for w, _ in collections.Counter(w for m in masked for w in m if w != "_").most_common(COMMON)}
    index = collections.defaultdict(set)
    for i, m in enumerate(masked):
        for j in range(len(m) - GRAM + 1):
            index[tuple(m[j:j + GRAM])].add(i)
    together = collections.Counter()
    for found in index.values():
        if len(found) <= FREQUENT:
            together.update(itertools.combinations(sorted(found), 2))
    out = []
    for (i, j), grams in together.items():
        a, b = masked[i], masked[j]
        if sentences[i][1] != sentences[j][1] and (grams >= RUN - GRAM or grams >= 0.2 * (min(len(a), len(b)) - GRAM + 1)):
            words, content, longest, runs = shared(a, b, common)
            score = words * sum(map(len, runs)) / max(len(a), len(b))
            if (content >= 2 and score >= SCORE) or longest >= RUN:
                out.append((score, i, j, runs))
    return sorted(out, key=lambda x: (-x[0], x[1:3]))


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
