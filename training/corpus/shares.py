"""How varied the corpus is: the shares that were aimed at, counted. Standard library only.

    python3 training/corpus/shares.py training/corpus/passages/*.txt

Nominal triggers are told by rule (after an article, a possessive or a preposition, or by their ending): on 2,200 events of eight files it counts 25 in 100
where a part-of-speech tagger counts 31, on the other files both 12. "Short" arguments are pronouns, possessives ("its helicopters"), common nouns of
up to three words with "the" or "both", and parts of a longer mention before ("Lavrov" after "Sergei Lavrov").
"""
import collections
import json
import re
import sys

from format import read_passages

PRONOUNS = frozenset(
    "he she it they him her them his its their who whom whose which that this these those we us our i me my you your himself herself itself themselves "
    "both each one another other others neither some all either".split()
)
BEFORE_A_NOUN = re.compile(
    r"(?:\b(?:the|an?|his|her|its|their|this|that|these|those|of|in|after|during|by|for|over|with|before|against|from|on|following|despite|amid|no|two|three|"
    r"four|several|new|fresh|latest|recent)|['’]s)$", re.IGNORECASE)
NOUN_ENDING = re.compile(r"(?:tion|ment|sion|ity|ance|ence|ure|al|ism|strike|attack|talk|visit|raid|bomb|deal|accord|vote|protest|march|rally)s?$")
BEFORE_A_VERB = re.compile(r"\b(?:to|will|would|had|has|have|was|were)$")


def nominal(sentence, trigger):
    """Whether a trigger is a noun, by the words around it."""
    before, text = sentence[: trigger.start].rstrip(), trigger.text
    after_article = BEFORE_A_NOUN.search(before) and not text.split()[0].endswith("ing")
    return bool(after_article or (NOUN_ENDING.search(text) and not BEFORE_A_VERB.search(before)))


def short(text, earlier):
    """Whether a mention is a pronoun or a short later mention."""
    words = text.split()
    first = words[0].lower()
    if first in PRONOUNS:
        return True
    if first in ("the", "both", "each") and len(words) <= 3 and not any(w[0].isupper() for w in words[1:]):
        return True
    return len(words) <= 2 and any(text != e and words[-1] in e for e in earlier)


def shares(passages):
    count = collections.Counter()
    for p in passages:
        count["passages"] += 1
        count["eventless"] += not p.events
        earlier = []
        for e in p.events:
            count["events"] += 1
            count["attributed"] += e.attribution is not None
            count["not actual"] += e.modality != "actual"
            count["nominal triggers"] += nominal(p.sentences[e.sentence], e.trigger)
            arguments = [*e.source, *e.target]
            count["arguments"] += len(arguments)
            count["short arguments"] += sum(short(m.text, earlier) for m in arguments)
            earlier += [m.text for m in arguments]
    of = {"eventless": "passages", "attributed": "events", "not actual": "events", "nominal triggers": "events", "short arguments": "arguments"}
    return {name: round(count[name] / max(1, count[whole]), 3) for name, whole in of.items()}


if __name__ == "__main__":
    print(json.dumps(shares([p for path in sys.argv[1:] for p in read_passages(path)])))
