"""The user's own actors, over the shipped ones.

>>> from tacitus.actors.own import read_own
>>> own = read_own(["my.csv", "Phoenix.Countries.actors.txt"])  # doctest: +SKIP
"""

from tacitus.actors.own.files import ActorsFile, OwnActors, read_file, read_own
from tacitus.actors.own.problems import ERROR, NOTE, OVERLAP, PASSED_OVER, Problem

__all__ = ["ERROR", "NOTE", "OVERLAP", "PASSED_OVER", "ActorsFile", "OwnActors", "Problem", "read_file", "read_own"]
