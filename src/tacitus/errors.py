"""The exception tree. A message says what was wrong, where, and what to do.

::

    TacitusError
    ├── SourceError        a source that cannot be read as reports
    │   ├── FetchError     a URL that could not be fetched
    │   ├── DamagedError   an archive that ends before its end or is damaged midway
    │   └── LanguageError  a report in a language that is not coded
    ├── RecordError        a record that is not what EVENT_RECORD.md says
    ├── UnknownCodeError   a code that the ontology does not hold
    ├── ActorsError        a file of the user's actors, or a project file, that cannot be used
    ├── StoreError         a store that cannot be opened, read or written, or a query that it refuses
    ├── ReleaseError       a release that cannot be made or read as one
    └── ModelError         model files that are missing, damaged or of another version
"""


class TacitusError(Exception):
    """Base of every error that Tacitus raises on purpose; its text is meant for the user."""


class SourceError(TacitusError):
    """A source that cannot be read as reports: missing, empty, binary, too large, malformed."""


class FetchError(SourceError):
    """A URL that could not be fetched: refused address, time-out, HTTP status, too large."""


class DamagedError(SourceError):
    """An archive that ends before its end or is damaged midway: what came before it was read, what follows cannot be."""


class LanguageError(SourceError):
    """A report in a language that is not coded."""


class RecordError(TacitusError):
    """A record that does not hold what it must."""


class UnknownCodeError(TacitusError, KeyError):
    """A code that the ontology does not hold; the message names near ones."""

    def __str__(self) -> str:
        return str(self.args[0]) if self.args else ""


class ActorsError(TacitusError):
    """A user's file of actors, dictionary or project file that cannot be read or holds what cannot be used; the message names file and line."""


class StoreError(TacitusError):
    """An event store that cannot be opened, read or written: no store, damaged, locked, a full or read-only disk; or a query that it refuses."""


class ReleaseError(TacitusError):
    """A release that cannot be made (its folder is taken, there is nothing to release) or a folder that is none."""


class ModelError(TacitusError):
    """Model files that are missing, damaged (checksum) or of another version."""
