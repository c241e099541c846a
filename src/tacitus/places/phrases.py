"""How news writes of places: what is peeled off a phrase until a name is left."""

from __future__ import annotations

import re

DIRECTIONS = {"north": (1, 0), "south": (-1, 0), "east": (0, 1), "west": (0, -1), "northeast": (1, 1), "northwest": (1, -1)} | {
    "southeast": (-1, 1),
    "southwest": (-1, -1),
    "central": (0, 0),
    "upper": (0, 0),
    "lower": (0, 0),
    "coastal": (0, 0),
}
"""Parts of a country as steps of latitude and longitude from its middle."""

_POINT = r"(?P<point>(?:north|south)[\s-]?(?:east|west)|north|south|east|west|central|upper|lower|coastal)(?:ern)?(?:most)?"
_LEAD = re.compile(
    r"^(?:(?:in|at|near|outside|inside|around|from|to|on|off|above|below|of|across|over|under|beyond|throughout|downtown|greater|mainland)\s+"
    r"|(?:the|a|an|this|its|their|his|her)\s+)+",
    re.IGNORECASE,
)
_DIRECTION = re.compile(rf"^{_POINT}\s+(?:(?:part|half|corner|edge|tip|coast|outskirts)\s+of\s+)?(?:the\s+)?(?P<rest>\S.*)$", re.IGNORECASE)
_OF = re.compile(r"^[a-z][a-z -]*?\s(?:of|in|near|outside|around|above|at|from|off)\s+(?:the\s+)?(?P<rest>[A-Z‘'].*)$")
_KIND = (
    r"provinces?|states?|regions?|governorates?|oblasts?|districts?|prefectures?|departments?|county|counties|territory|republic|division|emirate"
)
_FIRST_LEVEL = re.compile(rf"^(?P<rest>.+?)\s+(?:{_KIND})$|^(?:{_KIND})\s+of\s+(?P<after>.+)$", re.IGNORECASE)
_TAIL = re.compile(
    r"^(?P<rest>.+?)\s+(?:city|town|village|airport|airfield|air\s+base|base|camp|refugee\s+camp|prison|jail|port|harbou?r|suburbs?|area|valley|"
    r"border|frontier|crossing|road|university|hospital|stadium|coast|hills?|mountains?|township|quarter|neighbou?rhood|dam|bridge|square|"
    r"barracks|island|islands|peninsula|enclave|outskirts|cathedral|highway)$",
    re.IGNORECASE,
)
_BREAK = re.compile(r"['’]s?\s|,|/|\s(?:and|between|near|in|of|at|from|to|on|with)\s")


def bare(phrase: str) -> str:
    """A phrase without what leads it in and its possessive ending: "near the town's" gives "town"."""
    phrase = " ".join(phrase.split()).strip(" ,;:.\"()[]“”") if not phrase.rstrip().endswith((".A.", ".S.", ".K.")) else phrase.strip()
    phrase = _LEAD.sub("", phrase)
    return re.sub(r"(?:['’]s|(?<=s)['’])$", "", phrase)


def direction(phrase: str) -> tuple[tuple[int, int], str] | None:
    """"northern Syria": the step from the middle, and the rest."""
    found = _DIRECTION.match(phrase)
    if not found:
        return None
    point = re.sub(r"[\s-]|ern$", "", found["point"].lower())
    return DIRECTIONS[point], found["rest"]


def first_level(phrase: str) -> str | None:
    """"Anbar province", "the state of Jalisco": the name of a first-level region."""
    found = _FIRST_LEVEL.match(phrase)
    return (found["rest"] or found["after"]) if found else None


def named_after(phrase: str) -> str | None:
    """"the town of X", "a village near X": X."""
    found = _OF.match(phrase)
    return found["rest"] if found else None


def without_kind(phrase: str) -> str | None:
    """"X airport", "X Square": X, where the airport or square has no entry of its own."""
    found = _TAIL.match(phrase)
    return found["rest"] if found else None


def names_in(phrase: str) -> list[list[str]]:
    """For each run of capitalised words in a phrase the names that it may hold, the longest first."""
    found = []
    for run in _BREAK.split(phrase):
        words = run.split()
        capital = [i for i, word in enumerate(words) if word[:1].isupper()]
        if capital:
            words = words[capital[0] : capital[-1] + 1]
            spans = sorted(((i, j) for i in range(len(words)) for j in range(i + 1, len(words) + 1)), key=lambda s: s[0] - s[1])
            found.append([" ".join(words[i:j]) for i, j in spans if words[i][:1].isupper()])
    return found
