"""The gazetteers' rows that two (or two of three) independent makings agree on, written to the package.

    python scripts/agree_gazetteers.py            write src/tacitus/actors/data/{leaders,groups,organisations,ethnic_religious}.csv and print what was dropped
    python scripts/agree_gazetteers.py --check    only compare; exit status 1 if the package's tables are not what the makings agree on

The makings lie in ``training/gazetteers`` (README there). A row of ``leaders`` is kept where both hands give the same role and tenures that share most of
the shorter one; the first hand's dates stand where the second's lie within ``SAME_DAYS``, else only the days that both give. A group, organisation or
people is kept where two hands give the same country (or kind of international actor) and role in the same order of periods: where the first two differ
the third decides.
Rows of ``added.csv`` files were made after that by two hands each, the same rule holding.
"""

import argparse
import csv
import io
import re
import sys
from collections import Counter, defaultdict
from datetime import date, timedelta
from functools import cache
from pathlib import Path

HERE = Path(__file__).resolve().parents[1]
MAKINGS = HERE / "training" / "gazetteers"
DATA = HERE / "src" / "tacitus" / "actors" / "data"
INTERNATIONAL = ("IGO", "NGO", "IMG", "MNC", "NGM", "INT")
SAME_DAYS = 31
"""Days between two memories of one date that are no disagreement."""
LEAST_SHARED = 0.5
"""Share of the shorter of two remembered tenures that both must have for them to be one."""
HEAD = 6
"""Letters of a code that must agree: country and role. What follows (a faith, a party's letters) stands where both hands give it, or where the first does and
the corpus's hands, who saw no gazetteer, wrote the code in at least ``OFTEN`` passages."""
OFTEN = 5


def bound(day, last):
    """An ISO date, possibly only a year or month, as the first or last day it can mean."""
    parts = [int(p) for p in day.split("-")]
    if len(parts) == 3:
        return date(*parts)
    if len(parts) == 1:
        return date(parts[0], 12, 31) if last else date(parts[0], 1, 1)
    if not last:
        return date(parts[0], parts[1], 1)
    return (date(parts[0], parts[1], 28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)


def spread(a, b):
    """Days by which two dates, each as exact as it was given, must differ: 0 where one may lie within the other."""
    (a0, a1), (b0, b1) = ((bound(d, False), bound(d, True)) for d in (a, b))
    return max(0, (b0 - a1).days, (a0 - b1).days)


def agreed_date(first, second, later):
    """The date that both give: the first hand's if they mean the same, else the `later` or the earlier one; a date where the other has none (an end that
    one hand has not heard of, a start long ago)."""
    if not first or not second:
        return first or second
    if spread(first, second) <= SAME_DAYS:
        return max(first, second, key=len) if first[:4] == second[:4] and len(first) != len(second) else first
    return (max if later else min)(first, second, key=lambda d: bound(d, not later))


def tenure(first, second):
    """The (from, to) that two hands agree on, None where they share too little."""
    start, end = agreed_date(first[0], second[0], True), agreed_date(first[1], second[1], False)
    days = [(bound(a, False) if a else date.min, bound(b, True) if b else date.max) for a, b in (first, second)]
    shared = (min(b for _, b in days) - max(a for a, _ in days)).days
    shorter = min((b - a).days for a, b in days)
    return (start, end) if shared > 0 and shared >= LEAST_SHARED * shorter else None


def same_role(code, role):
    if code[:3] in INTERNATIONAL:
        return role[:3] == code[:3]
    return code[3:6] == role[:3] or (not code[3:] and not role)


def leaders():
    """(kept rows, why others were dropped)"""
    kept, dropped = [], Counter()
    for row in read("leaders.csv"):
        both = tenure(span(row), (row["second_from"], row["second_to"]))
        why = (
            "the second hand does not know the holder" if row["second_sure"] == "x"
            else "roles differ" if not same_role(row["code"], row["second_role"])
            else "dates differ" if both is None
            else None
        )  # fmt: skip
        if why:
            dropped[why] += 1
        else:
            kept.append({**{k: row[k] for k in ("name", "aliases", "code", "office")}, "from": both[0], "to": both[1], "source": "first list"})
    return kept, dropped


def closed(rows):
    """The rows, an office of one holder left by whoever seemed to hold it still when somebody else came: not everybody has heard of every change."""
    came = defaultdict(list)
    for r in rows:
        came[r["code"][:3], r["office"]].append(r)
    for r in rows:
        if r["office"] in ONE_HOLDER and r["from"] and not r["to"]:
            later = [s for s in came[r["code"][:3], r["office"]] if s["from"] > r["from"] and alike(r, s) < LEAST_ALIKE and not s["to"]]
            if later:
                r["to"] = min(s["from"] for s in later)
    return rows


def span(row):
    return row["from"], row["to"]


def periods(cell):
    """[(code, from, to)] of "AFGREB /1996-09; AFGGOV 1996-09/"."""
    out = []
    for part in filter(None, (p.strip() for p in cell.split(";"))):
        code, _, span = part.partition(" ")
        start, _, end = span.partition("/")
        out.append((code, start, end))
    return out


def heads(making):
    return [code[:HEAD] for code, _, _ in making]


def coded(name):
    """(kept rows, why others were dropped) of a table of names with codes."""
    kept, dropped = [], Counter()
    for row in read(f"{name}.csv"):
        first, second, third = (periods(row[k]) for k in ("first", "second", "third"))
        source = "two hands"
        if heads(first) == heads(second):
            chosen = first
        elif third and heads(third) in (heads(first), heads(second)):
            chosen, source = (first if heads(third) == heads(first) else second), "third hand"
            dropped["the third hand's word taken for the second against the first"] += chosen is second
        else:
            dropped["no two hands agree"] += 1
            continue
        for i, (code, start, end) in enumerate(chosen):
            if chosen is first and heads(first) == heads(second) and code not in corpus_codes():
                code = shared(code, second[i][0])
            kept.append({"name": row["name"], "aliases": row["aliases"], "code": code, "from": start, "to": end, "source": source})
    return kept, dropped


def shared(a, b):
    """The elements that two codes begin with alike."""
    n = next((i for i in range(0, len(a), 3) if a[i : i + 3] != b[i : i + 3]), len(a))
    return a[:n]


@cache
def corpus_codes():
    """Codes that stand in enough of the corpus's passages to be its hands' own."""
    text = "".join(path.read_text(encoding="utf-8") for path in sorted((HERE / "training" / "corpus" / "passages").glob("*.txt")))
    passages = re.split(r"^# ", text, flags=re.MULTILINE)
    return {code for code, n in Counter(code for p in passages for code in set(re.findall(r"=((?:[A-Z]{3})+)\b", p))).items() if n >= OFTEN}


def added():
    """Office-holdings that two hands wrote afterwards, each its own list: kept where both have the person in the office at the same time."""
    kept, dropped = [], Counter()
    for path in sorted(MAKINGS.glob("added_*_a.csv")):
        second = read(path.name.replace("_a.csv", "_b.csv"))
        for row in read(path.name):
            same = [s for s in second if (s["country"], s["office"]) == (row["country"], row["office"]) and alike(row, s) >= LEAST_ALIKE]
            same.sort(key=lambda s: -alike(row, s))
            found = [(both, s) for s in same if row["from"] and s["from"] and (both := tenure(span(row), span(s)))]
            if not found:
                dropped["only one hand has it, or dates differ"] += 1
                continue
            (start, end), other = found[0]
            aliases = {a for a in (*row["aliases"].split(";"), *other["aliases"].split(";"), other["name"]) if a and a != row["name"]}
            code = row["country"] + ROLE_OF[row["office"]]
            kept.append({
                "name": row["name"], "aliases": ";".join(sorted(aliases)), "code": code, "office": row["office"], "from": start, "to": end,
                "source": path.stem.removesuffix("_a"),
            })  # fmt: skip
    return kept, dropped


ONE_HOLDER = ("president", "prime minister", "king", "foreign minister", "defence minister", "interior minister", "finance minister")
ROLE_OF = {
    "defence minister": "GOV", "interior minister": "GOV", "finance minister": "GOV", "army chief": "MIL", "intelligence chief": "SPY", "speaker": "LEG",
    "foreign minister": "GOV", "president": "GOV", "prime minister": "GOV", "king": "GOV", "captain regent": "GOV",
}  # fmt: skip


SMALL = frozenset("van der von del los bin ibn abu".split())
LEAST_ALIKE = 0.5
"""Share of the shorter name's words that two spellings of one person share."""


def name_words(name):
    """The words of a name that can tell a person, in order."""
    return [w for w in name.casefold().replace("-", " ").replace(".", " ").split() if w not in SMALL]


@cache
def surname_first():
    """Countries in which the family name stands first."""
    with (DATA / "words.csv").open(encoding="utf-8") as f:
        return {row["word"] for row in csv.DictReader(f) if row["kind"] == "surname_first"}


def alike(a, b):
    """How alike two rows' names are, 0 to 1; 0 where they do not share a family name: all that Jose Garcia has of Jose Lopez is a first name."""
    best = 0.0
    first_of_all = a.get("country", a.get("code", "")[:3]) in surname_first()
    for x in [a["name"], *a["aliases"].split(";")]:
        for y in [b["name"], *b["aliases"].split(";")]:
            p, q = name_words(x), name_words(y)
            if p and q and (p[-1] in q or q[-1] in p or (first_of_all and p[0] == q[0])):
                best = max(best, len(set(p) & set(q)) / min(len(set(p)), len(set(q))))
    return best


def read(name):
    with (MAKINGS / name).open(encoding="utf-8") as f:
        return list(csv.DictReader(f))


def write(path, rows, columns, check):
    """Write a table, or compare it; whether it is as it should be."""
    out = io.StringIO()
    writer = csv.DictWriter(out, columns, lineterminator="\n", extrasaction="ignore")
    writer.writeheader()
    writer.writerows(rows)
    if check:
        return path.read_text(encoding="utf-8") == out.getvalue()
    path.write_text(out.getvalue(), encoding="utf-8")
    return True


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--check", action="store_true")
    check = ap.parse_args().check
    fine = True
    kept, dropped = leaders()
    more, dropped_more = added()
    known = defaultdict(list)
    for r in kept:
        known[r["code"][:3], r["office"]].append(r)
    new = [r for r in more if not any(alike(k, r) >= LEAST_ALIKE and tenure(span(k), span(r)) for k in known[r["code"][:3], r["office"]])]
    print(f"leaders: {len(kept)} kept, dropped {dict(dropped)}; added {len(new)}, dropped {dict(dropped_more)}")
    fine &= write(DATA / "leaders.csv", closed(kept + new), ("name", "aliases", "code", "office", "from", "to", "source"), check)
    dated = []
    for name in ("organisations", "groups", "ethnic_religious"):
        kept, dropped = coded(name)
        if name == "organisations":  # one whose code changed with time goes where dates are
            dated = [r for r in kept if r["from"] or r["to"]]
            kept = [r for r in kept if r not in dated]
        if name == "groups":
            kept += dated
        print(f"{name}: {len(kept)} rows of {len({r['name'] for r in kept})} names kept, dropped {dict(dropped)}")
        columns = ("name", "aliases", "code", "from", "to", "source") if name == "groups" else ("name", "aliases", "code", "source")
        fine &= write(DATA / f"{name}.csv", kept, columns, check)
    return 0 if fine or not check else 1


if __name__ == "__main__":
    sys.exit(main())
