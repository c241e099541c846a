"""How news writes of places: what is peeled off a phrase until a name is left."""

from __future__ import annotations

import re

# Patterns are left to the cache of ``re``: compiling them would be most of the time that importing the room takes.

DIRECTIONS = {"north": (1, 0), "south": (-1, 0), "east": (0, 1), "west": (0, -1), "northeast": (1, 1), "northwest": (1, -1)} | {
    "southeast": (-1, 1),
    "southwest": (-1, -1),
    "central": (0, 0),
    "upper": (0, 0),
    "lower": (0, 0),
    "coastal": (0, 0),
}
"""Parts of a country as steps of latitude and longitude from its middle."""

MOST_WORDS = 8
"""Words that a place's name has at most."""
_POINT = r"(?P<point>(?:north|south)[\s-]?(?:east|west)|north|south|east|west|central|upper|lower|coastal)(?:ern)?(?:most)?"
_LEAD = (
    r"^(?:(?:in|at|near|outside|inside|around|from|to|on|off|above|below|of|across|over|under|beyond|throughout|downtown|greater|mainland)\s+"
    r"|(?:the|a|an|this|its|their|his|her)\s+)+"
)
_DIRECTION = rf"^{_POINT}\s+(?:(?:part|half|corner|edge|tip|coast|outskirts)\s+of\s+)?(?:the\s+)?(?P<rest>\S.*)$"
_OF = r"^[a-z][a-z -]*?\s(?:of|in|near|outside|around|above|at|from|off)\s+(?:the\s+)?(?P<rest>[A-Z‘'].*)$"
_KIND = r"provinces?|states?|regions?|governorates?|oblasts?|prefectures?|departments?|republic|division|emirate|krai|wilaya"
_LOWER = r"districts?|county|counties|territory|municipality|canton|commune|woreda"
_FIRST_LEVEL = rf"^(?P<rest>.+?)\s+(?:{_KIND}|(?P<low>{_LOWER}))$|^(?:{_KIND}|(?P<lower>{_LOWER}))\s+of\s+(?P<after>.+)$"
_TAIL = (
    r"^(?P<rest>.+?)\s+(?:city|town|village|airport|airfield|air\s+base|base|camp|refugee\s+camp|prison|jail|port|harbou?r|suburbs?|area|valley|"
    r"border|frontier|crossing|coast|hills?|mountains?|township|dam|barracks|islands?|peninsula|enclave|outskirts|highway|"
    r"(?P<street>road|street|avenue|square|bridge|university|hospital|stadium|cathedral|quarter|neighbou?rhood|roundabout|hotel))$"
)
_STREET = r"^(?:rue|avenue|avenida|boulevard|calle|plaza|place|via|jalan)\s+(?:(?:de|du|des|del|della|la|las|los)\s+)*(?P<rest>\S.*)$"
_MISSION = r"\b(?:embassy|consulate|high commission)\b(?:.*?\s(?:in|at)\s+(?P<host>.+))?"
_BREAK = r"['’]s?\s|,|/|\s(?:and|between|near|in|of|at|from|to|on|with)\s"


def bare(phrase: str) -> str:
    """A phrase without what leads it in and its possessive ending: "near the town's" gives "town"."""
    phrase = " ".join(phrase.split()).strip(' ,;:."()[]“”') if not phrase.rstrip().endswith((".A.", ".S.", ".K.")) else phrase.strip()
    phrase = re.sub(_LEAD, "", phrase, flags=re.IGNORECASE)
    return re.sub(r"(?:['’]s|(?<=s)['’])$", "", phrase)


def direction(phrase: str) -> tuple[tuple[int, int], str] | None:
    """ "northern Syria": the step from the middle, and the rest."""
    found = re.match(_DIRECTION, phrase, re.IGNORECASE)
    if not found:
        return None
    point = re.sub(r"[\s-]|ern$", "", found["point"].lower())
    return DIRECTIONS[point], found["rest"]


def first_level(phrase: str) -> tuple[str, bool] | None:
    """ "Anbar province", "the district of Hebron": a region's name, and whether it is one of the first level; a district lies where the town is."""
    found = re.match(_FIRST_LEVEL, phrase, re.IGNORECASE)
    return (found["rest"] or found["after"], not (found["low"] or found["lower"])) if found else None


def named_after(phrase: str) -> str | None:
    """ "the town of X", "a village near X": X."""
    found = re.match(_OF, phrase)
    return found["rest"] if found else None


def without_kind(phrase: str) -> tuple[str, bool] | None:
    """ "X airport", "X Square", "rue de X": X, where the airport or square has no entry of its own, and whether it may be named after a place rather
    than for where it lies: Connaught Road is in Hong Kong, the Beira road leads to Beira."""
    if street := re.match(_STREET, phrase, re.IGNORECASE):
        return street["rest"], True
    found = re.match(_TAIL, phrase, re.IGNORECASE)
    return (found["rest"], (found["street"] or "").istitle()) if found else None


def outside_missions(phrase: str) -> str:
    """A phrase without an embassy and the country that keeps it: "the U.S. embassy in Nairobi" gives "Nairobi", "the U.S. embassy" nothing.

    >>> outside_missions("Syria's embassy in Amman"), outside_missions("the embassy of Iran"), outside_missions("Amman")
    ('Amman', '', 'Amman')
    """
    found = re.search(_MISSION, phrase, re.IGNORECASE)
    return (found["host"] or "") if found else phrase


def names_in(phrase: str) -> list[list[str]]:
    """For each run of capitalised words in a phrase the names that it may hold, the longest first."""
    found = []
    for run in re.split(_BREAK, phrase):
        words = run.split()
        capital = [i for i, word in enumerate(words) if word[:1].isupper()]
        if capital:
            words = words[capital[0] : capital[-1] + 1]
            spans = sorted(((i, j) for i in range(len(words)) for j in range(i + 1, min(len(words), i + MOST_WORDS) + 1)), key=lambda s: s[0] - s[1])
            found.append([" ".join(words[i:j]) for i, j in spans if words[i][:1].isupper()])
    return found
