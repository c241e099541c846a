"""The model's graph to events: roles, codes, modality, attribution, reciprocity, one event once."""

from tacitus.coding.report import Explanation, ReportCoder, Resources

__all__ = ["Explanation", "ReportCoder", "Resources"]
