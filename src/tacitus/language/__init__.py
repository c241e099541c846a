"""Sentences, tokens, character offsets."""

from tacitus.language.sentences import Sentence, split_sentences

__all__ = ["Sentence", "split_sentences"]
