"""Training examples: coded passages and treebanks, as tensors."""
import random
import re
import sys
from dataclasses import dataclass, field, replace
from pathlib import Path

import torch

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parent / "src"), str(HERE / "corpus")]
from format import MODALITIES, CorpusError, read_passages

from network import KINDS, ROLES
from tacitus.ontology import cameo_codes

CODES = list(cameo_codes())
ROOTS = sorted({c[:2] for c in CODES})
IGNORE = -100


@dataclass
class TriggerExample:
    """One trigger of a sentence; word indices inclusive. `spans[role]` are word spans; None where the role is not supervised."""
    span: tuple
    code: int
    modality: int
    reciprocal: int
    spans: dict | None


@dataclass
class SentenceExample:
    pieces: object
    eventful: bool = True  # whether its passage holds any event
    triggers: list = field(default_factory=list)
    pairs: list = field(default_factory=list)  # (source characters, target characters, code)
    kinds: dict = field(default_factory=dict)  # word span of an actor → index into KINDS


CONTEXT = 64  # pieces of title and sentence before


def in_context(pieces, before):
    """A sentence's pieces with other text before them, which has no words of its own."""
    ids, shapes = before.ids[1:-1][-CONTEXT:], before.shapes[1:-1][-CONTEXT:]
    n = len(ids) + 1
    return replace(pieces, ids=[pieces.ids[0], *ids, pieces.ids[-1], *pieces.ids[1:]],
                   shapes=[pieces.shapes[0], *shapes, pieces.shapes[-1], *pieces.shapes[1:]],
                   words=[(a, b, first + n) for a, b, first in pieces.words], owner=[-1] * (n + 1) + pieces.owner[1:])


def passage_examples(passages, reader, context=False):
    """One SentenceExample a sentence of the passages; each after its report's title and the sentence before where `context`."""
    out = []
    for p in passages:
        read = reader.read(p.sentences)
        if context:
            read = [in_context(x, b) for x, b in zip(read, reader.read([f"{p.title}. {s}" for s in ["", *p.sentences[:-1]]]))]
        examples = [SentenceExample(x, bool(p.events)) for x in read]
        found = [{} for _ in p.sentences]
        for e in p.events:
            add_trigger(found[e.sentence], read[e.sentence], e, e.trigger, True)
            for m in (*e.source, *e.target, *([e.attribution] if e.attribution else [])):
                if (span := read[m.sentence].word_span(m.start, m.end)) and m.code:
                    examples[m.sentence].kinds[span] = actor_kind(m.code)
            for m in e.mentions:
                add_trigger(found[m.sentence], read[m.sentence], e, m, False)
            if e.modality == "negated":
                continue
            pairs = [(s, t) for s in e.source for t in e.target]
            if not e.target and e.place:  # `relate` is asked about places and things too: "withdrew from the Golan Heights"
                pairs = [(s, e.place) for s in e.source]
            elif not e.source and e.place:
                pairs = [(e.place, t) for t in e.target]
            for s, t in pairs:
                if s.sentence == t.sentence and (s.start, s.end) != (t.start, t.end):
                    examples[s.sentence].pairs.append(((s.start, s.end), (t.start, t.end), CODES.index(e.code)))
                    if e.reciprocal:
                        examples[s.sentence].pairs.append(((t.start, t.end), (s.start, s.end), CODES.index(e.code)))
        for x, triggers in zip(examples, found):
            x.triggers = list(triggers.values())
        out += examples
    return out


def actor_kind(code):
    """Index into KINDS: an international code, else the first role that says what the actor is, else none."""
    parts = [code[i:i + 3] for i in range(0, len(code), 3)]
    return next((KINDS.index(p) for p in parts if p in KINDS), 0)


def add_trigger(found, pieces, event, mention, supervised):
    span = pieces.word_span(mention.start, mention.end)
    if span is None:
        return
    spans = None
    if supervised:
        who = {"source": event.source, "target": event.target, "attribution": [event.attribution] if event.attribution else [],
               "time": [event.time] if event.time else [], "place": [event.place] if event.place else []}
        spans = {role: [w for m in mentions if m.sentence == mention.sentence and (w := pieces.word_span(m.start, m.end))]
                 for role, mentions in who.items()}
    overlapping = next((k for k in found if k[0] <= span[1] and span[0] <= k[1]), None)
    if overlapping is not None:
        old = found[overlapping]
        if old.spans is not None and spans is not None:
            for role in ROLES:
                old.spans[role] += [s for s in spans[role] if s not in old.spans[role]]
        return
    found[span] = TriggerExample(span, CODES.index(event.code), MODALITIES.index(event.modality), int(event.reciprocal), spans)


def bio(length, spans):
    tags = [0] * length
    for a, b in sorted(spans, key=lambda s: s[1] - s[0], reverse=True):
        if any(tags[a:b + 1]):
            continue
        tags[a] = 1
        for i in range(a + 1, min(b + 1, length)):
            tags[i] = 2
    return tags


def pad(rows, value=0):
    width = max(len(r) for r in rows)
    return torch.tensor([list(r) + [value] * (width - len(r)) for r in rows])


def encode(pieces, marks=None):
    ids = pad([p.ids for p in pieces])
    mask = pad([[1] * len(p.ids) for p in pieces])
    shapes = pad([p.shapes for p in pieces])
    return ids, mask, shapes, torch.zeros_like(ids) if marks is None else pad(marks)


def word_labels(pieces, tags):
    """Tags of words laid on their first pieces; IGNORE elsewhere."""
    row = [IGNORE] * len(pieces.ids)
    for (_, _, first), tag in zip(pieces.words, tags):
        row[first] = tag
    return row


def kind_labels(example):
    """The kind of each word of an actor, the shorter mention's where they are nested; IGNORE elsewhere."""
    row = [IGNORE] * len(example.pieces.words)
    for (a, b), kind in sorted(example.kinds.items(), key=lambda x: x[0][0] - x[0][1]):
        row[a:b + 1] = [kind] * (b + 1 - a)
    return row


def piece_mask(pieces, span):
    return [int(span[0] <= w <= span[1]) for w in pieces.owner]


def event_batch(examples):
    """(encoder inputs, trigger tags, topics, kinds of actors, trigger batch or None)."""
    pieces = [x.pieces for x in examples]
    tags = pad([word_labels(x.pieces, bio(len(x.pieces.words), [t.span for t in x.triggers])) for x in examples], IGNORE)
    rows, spans, codes, modalities, reciprocal, roles = [], [], [], [], [], []
    for i, x in enumerate(examples):
        for t in x.triggers:
            rows.append(i)
            spans.append(piece_mask(x.pieces, t.span))
            codes.append(t.code)
            modalities.append(t.modality)
            reciprocal.append(float(t.reciprocal))
            n = len(x.pieces.words)
            roles.append([word_labels(x.pieces, bio(n, t.spans[r])) if t.spans is not None else [IGNORE] * len(x.pieces.ids) for r in ROLES])
    inputs = encode(pieces)
    topics = torch.tensor([float(x.eventful) for x in examples])
    kinds = pad([word_labels(x.pieces, kind_labels(x)) for x in examples], IGNORE)
    if not rows:
        return inputs, tags, topics, kinds, None
    width = inputs[0].shape[1]
    wide = lambda row, v: row + [v] * (width - len(row))  # noqa: E731
    return inputs, tags, topics, kinds, {
        "rows": torch.tensor(rows), "span": torch.tensor([wide(s, 0) for s in spans]), "code": torch.tensor(codes),
        "modality": torch.tensor(modalities), "reciprocal": torch.tensor(reciprocal),
        "roles": torch.tensor([[wide(r, IGNORE) for r in by_role] for by_role in roles]),
    }


def pair_batch(items):
    """items: (pieces, source characters, target characters, code) → inputs, source mask, target mask, codes."""
    pieces = [p for p, *_ in items]
    sources = [[int(i in s) for i in range(len(p.ids))] for p, a, _, _ in items for s in [set(p.piece_span(*a))]]
    targets = [[int(i in s) for i in range(len(p.ids))] for p, _, b, _ in items for s in [set(p.piece_span(*b))]]
    marks = [[2 if t else s for s, t in zip(a, b)] for a, b in zip(sources, targets)]
    return encode(pieces, marks), pad(sources), pad(targets), torch.tensor([c for *_, c in items])


# --- treebanks -------------------------------------------------------------------------------------------------------------------------

TAGS_OF_SPEECH = "ADJ ADP ADV AUX CCONJ DET INTJ NOUN NUM PART PRON PROPN PUNCT SCONJ SYM VERB X".split()
ENTITIES = "abstract animal event object organization person place plant quantity substance time".split()


@dataclass
class SyntaxExample:
    pieces: object
    tags: list
    heads: list
    relations: list
    entities: list


def read_conllu(path):
    """Sentences as (text, [(start, end, tag, head index or -1, relation, entity bio or None)])."""
    for block in Path(path).read_text(encoding="utf-8").split("\n\n"):
        rows = [line.split("\t") for line in block.splitlines() if line and not line.startswith("#")]
        surface, words, text = [], [], ""
        skip_until = 0
        depth, kind, has_entities = 0, None, "global.Entity" in block or "Entity=" in block
        for r in rows:
            if "." in r[0]:
                continue
            if "-" in r[0]:
                b = int(r[0].split("-")[1])
                surface.append((len(text), len(text) + len(r[1])))
                text += r[1] + ("" if "SpaceAfter=No" in r[9] else " ")
                span, skip_until = surface[-1], b
                continue
            if int(r[0]) <= skip_until:
                start, end = span
            else:
                start, end = len(text), len(text) + len(r[1])
                text += r[1] + ("" if "SpaceAfter=No" in r[9] else " ")
            tag = 0
            for opened, _closed in re.findall(r"(\([^()]+\)?)|(\d+\))", next((m[7:] for m in r[9].split("|") if m.startswith("Entity=")), "")):
                if opened:
                    if depth == 0:
                        fields = opened.strip("()").split("-")
                        kind = ENTITIES.index(fields[1]) if len(fields) > 1 and fields[1] in ENTITIES else None
                        tag = 1 + 2 * kind if kind is not None else 0
                    depth += 0 if opened.endswith(")") else 1
                    if depth > 0 and tag == 0 and kind is not None:
                        tag = 2 + 2 * kind
                else:
                    if tag == 0 and kind is not None and depth > 0:
                        tag = 2 + 2 * kind
                    depth = max(0, depth - 1)
            if tag == 0 and depth > 0 and kind is not None:
                tag = 2 + 2 * kind
            words.append((start, end, TAGS_OF_SPEECH.index(r[3]) if r[3] in TAGS_OF_SPEECH else 16, int(r[6]) - 1, r[7].split(":")[0],
                          tag if has_entities else IGNORE))
        if words:
            yield text.rstrip(), words


def syntax_examples(paths, reader, relation_names=None):
    """(examples, relation names)"""
    sentences = [s for p in paths for s in read_conllu(p)]
    with_entities = {i for p, base in zip(paths, offsets(paths)) for i in base if "gum" in str(p)}
    names = relation_names or sorted({w[4] for _, words in sentences for w in words})
    read = reader.read([t for t, _ in sentences])
    out = []
    for i, ((_, words), pieces) in enumerate(zip(sentences, read)):
        n = len(pieces.words)
        first = [None] * len(words)
        tags, heads, relations, entities = [IGNORE] * n, [IGNORE] * n, [IGNORE] * n, [IGNORE] * n
        j = 0
        for k, (a, b, *_rest) in enumerate(words):
            while j < n and pieces.words[j][1] <= a:
                j += 1
            if j < n and pieces.words[j][0] < b:
                first[k] = j
        for k, (_a, b, tag, head, relation, entity) in enumerate(words):
            w = first[k]
            if w is None or tags[w] != IGNORE:
                continue
            tags[w] = tag
            target = pieces.words[first[head]][2] if head >= 0 and first[head] is not None else 0
            heads[w], relations[w] = target, names.index(relation) if relation in names else IGNORE
            if i in with_entities:
                entities[w] = entity
                for later in range(w + 1, n):
                    if pieces.words[later][0] >= b:
                        break
                    entities[later] = entity + 1 if entity % 2 == 1 else entity
        out.append(SyntaxExample(pieces, tags, heads, relations, entities))
    return out, names


def offsets(paths):
    base = 0
    for p in paths:
        count = sum(1 for _ in read_conllu(p))
        yield range(base, base + count)
        base += count


def syntax_batch(examples):
    inputs = encode([x.pieces for x in examples])
    rows = [pad([word_labels(x.pieces, getattr(x, kind)) for x in examples], IGNORE) for kind in ("tags", "heads", "relations", "entities")]
    return inputs, *rows


def batches(items, size, seed, length=lambda x: len(x.pieces.ids)):
    """Shuffled batches of like lengths."""
    rng = random.Random(seed)
    items = list(items)
    rng.shuffle(items)
    pool = size * 20
    out = []
    for i in range(0, len(items), pool):
        part = sorted(items[i:i + pool], key=length)
        out += [part[j:j + size] for j in range(0, len(part), size)]
    rng.shuffle(out)
    return out


_last_good = {}


def load_corpus(folder):
    """All passages of a folder's files; of a file that somebody is writing and that is malformed just now, those that it held when last read."""
    for f in sorted(Path(folder).glob("*.txt")):
        try:
            _last_good[f] = read_passages(f)
        except CorpusError as e:
            print(f"{f.name} as it was before: {e}", file=sys.stderr)
    return [p for f in sorted(_last_good) for p in _last_good[f]]
