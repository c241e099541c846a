"""Other producers' data: their columns, classes and country codes, and readers of their files.

One module a producer reads: ``gdelt.read``, ``icews.read``, ``phoenix.read``, each from a path to events. The writers are in ``exports``.
"""

from tacitus.producers.reading import SkippedRow

__all__ = ["SkippedRow"]
