"""Sentences, tokens, character offsets."""

from tacitus.language.credits import is_credit
from tacitus.language.sentences import Sentence, split_sentences

__all__ = ["Sentence", "is_credit", "split_sentences"]
