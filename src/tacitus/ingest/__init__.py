"""Ingest: sources into a store, resumable at any moment, with documents that may be hostile parsed and coded in processes that may die.

>>> from tacitus.ingest import ingest
>>> with EventStore("news.tacitus") as store:  # doctest: +SKIP
...     ingest(["archive.warc.gz", "reports/"], store, clock=lambda: "2026-11-22T12:00:00Z")
"""

from tacitus.ingest.coding_process import BatchCoder, MakeCoder, shipped_coder
from tacitus.ingest.limits import Limits
from tacitus.ingest.recode import RecodeSummary, recode
from tacitus.ingest.run import IngestOptions, ingest
from tacitus.ingest.summary import Summary

__all__ = ["BatchCoder", "IngestOptions", "Limits", "MakeCoder", "RecodeSummary", "Summary", "ingest", "recode", "shipped_coder"]
