"""The corpus's plain-text format: read, checked, compiled. Standard library only.

One passage is a block of lines (``GUIDE.md`` beside this file explains each)::

    # a01 | 2014-03-21 | Title
    S First sentence.
    S Second sentence.
    E 0 | accused | 1123 | actual | Sergei Lavrov=RUSGOV | Kyiv=UKRGOV | - | - | 2014-03-20 day =Thursday | Moscow
    M 1 | accusation

Check files:    python3 training/corpus/format.py training/corpus/passages/*.txt
Compile them:   python3 training/corpus/format.py training/corpus/passages/*.txt --jsonl corpus.jsonl
"""
import argparse
import collections
import csv
import datetime
import json
import re
import sys
from dataclasses import asdict, dataclass, field
from pathlib import Path

ONTOLOGY = Path(__file__).resolve().parents[2] / "src" / "tacitus" / "ontology" / "data"
MODALITIES = ("actual", "planned", "hypothetical", "negated")
PRECISIONS = ("day", "week", "month", "year")
EVENT_FIELDS = 10
FIRST_ELEMENTS = frozenset(
    "IGO NGO NGM IMG MNC INT UIS "  # international codes
    "COP GOV INS JUD MIL OPP REB SEP SPY UAF "  # primary roles
    "AGR BUS CRM CVL DEV EDU ELI ENV HLH HRI LAB LEG MED REF MOD RAD PTY "  # secondary and tertiary
    "JEW MOS CHR BUD HIN SIK KUR ARB "  # a faith or people without a country
    "AFR ASA EUR MEA LAM CRB NAF SAF WAF EAF CFR CAS SEA SAS EEU WEU CEU BLK CAU NMR SAM CAM PAC".split()
)


class CorpusError(ValueError):
    """A malformed line; the message names the file, the line and what is wrong."""


@dataclass
class Mention:
    text: str
    sentence: int
    start: int  # character offset into that sentence
    code: str | None = None

    @property
    def end(self):
        return self.start + len(self.text)


@dataclass
class CorpusEvent:
    sentence: int
    trigger: Mention
    code: str
    modality: str
    source: list
    target: list
    reciprocal: bool
    attribution: Mention | None
    event_date: str | None
    date_precision: str | None
    time: Mention | None
    place: Mention | None
    mentions: list = field(default_factory=list)


@dataclass
class Passage:
    id: str
    date: str
    title: str
    sentences: list
    events: list


def known_codes():
    with (ONTOLOGY / "cameo_codes.csv").open(encoding="utf-8") as f:
        return {row["code"] for row in csv.DictReader(f)}


def known_countries():
    """ISO 3166-1 alpha-3 and the historical codes of CAMEO."""
    with (ONTOLOGY / "country_codes.csv").open(encoding="utf-8") as f:
        return {row["code"] for row in csv.DictReader(f)}


CODES = known_codes()
COUNTRIES = known_countries()


def occurrences(needle, text):
    """Start offsets of `needle` in `text` that do not begin or end inside a word."""
    pattern = (r"(?<!\w)" if needle[:1].isalnum() else "") + re.escape(needle) + (r"(?!\w)" if needle[-1:].isalnum() else "")
    return [m.start() for m in re.finditer(pattern, text)]


def check_actor_code(code):
    if not re.fullmatch(r"(?:[A-Z]{3}){1,6}", code):
        raise CorpusError(f"actor code {code!r} is not made of three-letter capital elements")
    if code[:3] not in COUNTRIES and code[:3] not in FIRST_ELEMENTS:
        raise CorpusError(f"actor code {code!r} begins with {code[:3]!r}: no country, international code or role")


class Reader:
    def __init__(self, passage):
        self.p = passage

    def find(self, text, sentence, near=None, same_sentence=False):
        """The mention `text` (or `text#2`, its second occurrence), looked for in its sentence, then backwards, then onwards."""
        nth = None
        if m := re.fullmatch(r"(.*)#(\d)", text, re.DOTALL):
            text, nth = m[1], int(m[2])
        count = len(self.p.sentences)
        order = [sentence] if same_sentence else [sentence, *range(sentence - 1, -1, -1), *range(sentence + 1, count)]
        for i in order:
            starts = occurrences(text, self.p.sentences[i])
            if not starts:
                continue
            if nth is not None:
                if nth > len(starts):
                    raise CorpusError(f"sentence {i} holds {text!r} only {len(starts)} times")
                return Mention(text, i, starts[nth - 1])
            if near is not None and i == sentence:
                return Mention(text, i, min(starts, key=lambda s: abs(s - near)))
            if near is None and len(starts) > 1:
                raise CorpusError(f"sentence {i} holds the trigger {text!r} {len(starts)} times: write {text}#1 or #2")
            return Mention(text, i, starts[-1])
        where = f"sentence {sentence}" if same_sentence else "the passage"
        raise CorpusError(f"{text!r} does not stand in {where}, word for word")

    def actors(self, cell, sentence, near):
        if cell == "-":
            return []
        out = []
        for part in cell.split(";"):
            text, eq, code = part.strip().rpartition("=")
            if not eq or not text:
                raise CorpusError(f"actor {part.strip()!r} is not written mention=CODE")
            check_actor_code(code)
            mention = self.find(text, sentence, near)
            mention.code = code
            out.append(mention)
        return out

    def event(self, cells):
        if len(cells) != EVENT_FIELDS:
            raise CorpusError(f"an E line has {EVENT_FIELDS} fields between bars, this one {len(cells)}")
        number, trigger, code, modality, sources, targets, rec, attribution, date, place = cells
        s = self.number(number)
        if code not in CODES:
            near = sorted(c for c in CODES if c.startswith(code[:2]))[:12]
            raise CorpusError(f"{code!r} is no CAMEO code; near it: {' '.join(near)}")
        if modality not in MODALITIES:
            raise CorpusError(f"modality {modality!r} is none of {' '.join(MODALITIES)}")
        if rec not in ("rec", "-"):
            raise CorpusError(f"seventh field is {rec!r}, not rec or -")
        t = self.find(trigger, s, same_sentence=True)
        who = self.actors(attribution, s, t.start)
        if len(who) > 1:
            raise CorpusError("one attribution at most")
        event_date, precision, time = self.date(date, s, t.start)
        event = CorpusEvent(s, t, code, modality, self.actors(sources, s, t.start), self.actors(targets, s, t.start), rec == "rec",
                            who[0] if who else None, event_date, precision, time,
                            None if place == "-" else self.find(place, s, t.start))
        if event.reciprocal and not event.source:
            raise CorpusError("a reciprocal event needs a source")
        return event

    def number(self, cell):
        if not cell.isdigit() or int(cell) >= len(self.p.sentences):
            raise CorpusError(f"sentence number {cell!r} is not one of 0 to {len(self.p.sentences) - 1}")
        return int(cell)

    def date(self, cell, sentence, near):
        if cell == "-":
            return None, None, None
        m = re.fullmatch(r"(\d{4}-\d\d-\d\d) (day|week|month|year)(?: =(.+))?", cell)
        if not m:
            raise CorpusError(f"date {cell!r} is not written 2014-03-20 day, or 2014-03-20 day =Thursday, or -")
        try:
            day = datetime.date.fromisoformat(m[1])
        except ValueError:
            raise CorpusError(f"{m[1]} is no date") from None
        first = {"month": day.day == 1, "year": (day.month, day.day) == (1, 1)}.get(m[2], True)
        if not first:
            raise CorpusError(f"a {m[2]} is dated by its first day, not {m[1]}")
        return m[1], m[2], self.find(m[3], sentence, near) if m[3] else None


def read_passages(path):
    """Every passage of a file; raises CorpusError with file and line at the first malformed one."""
    passages, passage, seen = [], None, set()
    for n, raw in enumerate(Path(path).read_text(encoding="utf-8").splitlines(), 1):
        line = raw.strip()
        if not line or line.startswith("//"):
            continue
        kind, _, rest = line.partition(" ")
        cells = [c.strip() for c in rest.split("|")]
        try:
            if kind == "#":
                if len(cells) != 3:
                    raise CorpusError("a passage begins '# id | date | title'")
                datetime.date.fromisoformat(cells[1])
                if cells[0] in seen:
                    raise CorpusError(f"the id {cells[0]} stands twice")
                seen.add(cells[0])
                passage = Passage(cells[0], cells[1], cells[2], [], [])
                passages.append(passage)
            elif passage is None:
                raise CorpusError("a line before the first '# id | date | title'")
            elif kind == "S":
                if passage.events:
                    raise CorpusError("sentences come before events")
                passage.sentences.append(rest.strip())
            elif kind == "E":
                passage.events.append(Reader(passage).event(cells))
            elif kind == "M":
                if not passage.events or len(cells) != 2:
                    raise CorpusError("'M sentence | words' follows the E line of its event")
                reader = Reader(passage)
                passage.events[-1].mentions.append(reader.find(cells[1], reader.number(cells[0]), same_sentence=True))
            else:
                raise CorpusError(f"a line begins with #, S, E or M, not {kind!r}")
        except ValueError as e:
            raise CorpusError(f"{path}:{n}: {e}\n    {line}") from None
    for p in passages:
        if not p.sentences:
            raise CorpusError(f"{path}: passage {p.id} has no sentence")
    return passages


def undated(passage):
    """The actual events without a date: the rules give them the report's where no words of the text give one (CODING, section 5)."""
    return [e for e in passage.events if e.modality == "actual" and e.event_date is None]


def summary(passages):
    events = [e for p in passages for e in p.events]
    codes = collections.Counter(e.code for e in events)
    return {
        "passages": len(passages), "eventless": sum(not p.events for p in passages),
        "sentences": sum(len(p.sentences) for p in passages), "events": len(events), "codes": len(codes),
        "modality": dict(collections.Counter(e.modality for e in events)),
        "attributed": sum(e.attribution is not None for e in events), "reciprocal": sum(e.reciprocal for e in events),
    }


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("files", nargs="+")
    ap.add_argument("--jsonl", type=Path, help="write the compiled passages here")
    ap.add_argument("--codes", action="store_true", help="print how often each code occurs as actual")
    args = ap.parse_args()
    passages, failed, ids = [], 0, {}
    for path in args.files:
        try:
            for p in read_passages(path):
                if p.id in ids:
                    raise CorpusError(f"{path}: the id {p.id} stands in {ids[p.id]} too")
                if bare := undated(p):
                    raise CorpusError(f"{path}: {p.id}: {bare[0].trigger.text!r} is actual and has no date: {p.date} day, where no words of the text give one")
                ids[p.id] = path
                passages.append(p)
        except CorpusError as e:
            failed += 1
            print(e, file=sys.stderr)
    print(json.dumps(summary(passages)))
    if args.codes:
        have = collections.Counter(e.code for p in passages for e in p.events if e.modality == "actual")
        print(" ".join(f"{c}:{have[c]}" for c in sorted(CODES)))
    if args.jsonl:
        with args.jsonl.open("w", encoding="utf-8") as f:
            for p in passages:
                f.write(json.dumps(asdict(p), ensure_ascii=False) + "\n")
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
