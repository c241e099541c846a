"""Reports in: from files, folders, patterns, standard input and URLs to ``Report``; what cannot be read goes to a problem log."""

from tacitus.articles.formats.labelled import write_labelled
from tacitus.articles.options import FetchOptions, ReadOptions
from tacitus.articles.problems import Problem, ProblemLog
from tacitus.articles.reading import read_sources

__all__ = ["FetchOptions", "Problem", "ProblemLog", "ReadOptions", "read_sources", "write_labelled"]
