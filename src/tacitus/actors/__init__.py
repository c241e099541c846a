"""Who a mention is: gazetteers, offices with their dates, titles, and reference within the report."""

from tacitus.actors.report import ReportActors
from tacitus.actors.resolution import Resolution

__all__ = ["ReportActors", "Resolution"]
