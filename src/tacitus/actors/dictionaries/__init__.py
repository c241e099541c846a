"""PETRARCH's and TABARI's dictionaries as they are: actors, agents, and the codes of verbs.

Written from the formats' public descriptions (the manuals of TABARI and PETRARCH); a line that cannot be read is told with its number and passed over.
"""

from tacitus.actors.dictionaries.actors import read_actors
from tacitus.actors.dictionaries.agents import read_agents
from tacitus.actors.dictionaries.verbs import Pattern, Verb, Verbs, read_verbs

__all__ = ["Pattern", "Verb", "Verbs", "read_actors", "read_agents", "read_verbs"]
