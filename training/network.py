"""The event model in torch: one BERT-like encoder, and light heads on it.

The encoder reads a sentence once. Beside word pieces it is given each piece's letter shape (the vocabulary is uncased) and, for `relate`, which
pieces belong to the given source and target. Heads read the hidden state of each word's first piece.
"""
import json
from dataclasses import dataclass
from pathlib import Path

import torch
from torch import nn
from torch.nn import functional as F

SHAPES = 8
MARKS = 3
ROLES = ("source", "target", "attribution", "time", "place")
TAGS = 3  # outside, begin, inside
KINDS = ("", *"GOV MIL REB OPP COP JUD SPY UAF INS SEP CRM CVL BUS EDU MED LAB LEG REF ELI HLH HRI AGR ENV PTY IGO NGO IMG MNC INT".split())


@dataclass
class Sizes:
    vocabulary: int
    hidden: int
    layers: int
    heads: int
    inner: int
    positions: int

    @classmethod
    def read(cls, path):
        c = json.loads((Path(path) / "config.json").read_text())
        return cls(c["vocab_size"], c["hidden_size"], c["num_hidden_layers"], c["num_attention_heads"], c["intermediate_size"],
                   c["max_position_embeddings"])


class Layer(nn.Module):
    """A post-norm transformer layer with BERT's parameters."""

    def __init__(self, hidden, heads, inner, dropout):
        super().__init__()
        self.heads = heads
        self.query, self.key, self.value, self.out = (nn.Linear(hidden, hidden) for _ in range(4))
        self.up, self.down = nn.Linear(hidden, inner), nn.Linear(inner, hidden)
        self.norm1, self.norm2 = nn.LayerNorm(hidden, eps=1e-12), nn.LayerNorm(hidden, eps=1e-12)
        self.dropout = dropout

    def forward(self, x, bias):
        b, t, h = x.shape
        q, k, v = (f(x).view(b, t, self.heads, h // self.heads).transpose(1, 2) for f in (self.query, self.key, self.value))
        if self.training:
            mixed = F.scaled_dot_product_attention(q, k, v, bias.to(q.dtype), self.dropout)
        else:  # written out, so that the exported graph holds plain products
            mixed = (q @ k.transpose(-1, -2) * (h // self.heads) ** -0.5 + bias).softmax(-1) @ v
        mixed = mixed.transpose(1, 2).reshape(b, t, h)
        x = self.norm1(x + F.dropout(self.out(mixed), self.dropout, self.training))
        return self.norm2(x + F.dropout(self.down(F.gelu(self.up(x))), self.dropout, self.training))


class Encoder(nn.Module):
    def __init__(self, sizes, dropout=0.1):
        super().__init__()
        self.sizes = sizes
        self.words = nn.Embedding(sizes.vocabulary, sizes.hidden)
        self.positions = nn.Embedding(sizes.positions, sizes.hidden)
        self.types = nn.Parameter(torch.zeros(sizes.hidden))
        self.shapes = nn.Embedding(SHAPES, sizes.hidden)
        self.marks = nn.Embedding(MARKS, sizes.hidden)
        self.norm = nn.LayerNorm(sizes.hidden, eps=1e-12)
        self.layers = nn.ModuleList(Layer(sizes.hidden, sizes.heads, sizes.inner, dropout) for _ in range(sizes.layers))
        self.dropout = dropout
        nn.init.zeros_(self.shapes.weight)
        nn.init.zeros_(self.marks.weight)

    def forward(self, ids, mask, shapes, marks, layers=None):
        """(sentences, pieces) of each → hidden states (sentences, pieces, hidden), after the first `layers` layers (all of them)."""
        position = torch.arange(ids.shape[1], device=ids.device)
        x = self.words(ids) + self.positions(position) + self.types + self.shapes(shapes) + self.marks(marks)
        x = F.dropout(self.norm(x), self.dropout, self.training)
        bias = attention_bias(mask)
        for layer in self.layers[:layers]:
            x = layer(x, bias)
        return x

    def load_bert(self, path):
        """Weights of a BERT checkpoint folder with `model.safetensors`."""
        from safetensors.torch import load_file

        w = {k.removeprefix("bert."): v.float() for k, v in load_file(str(Path(path) / "model.safetensors")).items()}
        mine = {"words.weight": "embeddings.word_embeddings.weight", "positions.weight": "embeddings.position_embeddings.weight",
                "norm.weight": "embeddings.LayerNorm.weight", "norm.bias": "embeddings.LayerNorm.bias"}
        parts = {"query": "attention.self.query", "key": "attention.self.key", "value": "attention.self.value",
                 "out": "attention.output.dense", "norm1": "attention.output.LayerNorm", "up": "intermediate.dense",
                 "down": "output.dense", "norm2": "output.LayerNorm"}
        for i in range(self.sizes.layers):
            for ours, theirs in parts.items():
                for kind in ("weight", "bias"):
                    mine[f"layers.{i}.{ours}.{kind}"] = f"encoder.layer.{i}.{theirs}.{kind}"
        state = self.state_dict()
        state.update({ours: w[theirs] for ours, theirs in mine.items()})
        state["types"] = w["embeddings.token_type_embeddings.weight"][0]
        self.load_state_dict(state)


def attention_bias(mask):
    return (1.0 - mask.float())[:, None, None, :] * -1e4


def span_mean(x, span):
    """Mean of (n, pieces, hidden) over a 0/1 mask (n, pieces)."""
    span = span.float()
    return (x * span[..., None]).sum(1) / span.sum(1, keepdim=True).clamp(min=1.0)


class EventHead(nn.Module):
    """Given a trigger: its arguments, code, modality and reciprocity."""

    def __init__(self, sizes, codes, roots, modalities, dropout=0.1):
        super().__init__()
        h = sizes.hidden
        self.trigger = nn.Embedding(2, h)
        self.layer = Layer(h, sizes.heads, sizes.inner, dropout)
        self.roles = nn.Sequential(nn.Linear(2 * h, h), nn.GELU(), nn.Dropout(dropout), nn.Linear(h, len(ROLES) * TAGS))
        self.event = nn.Sequential(nn.Linear(2 * h, h), nn.GELU(), nn.Dropout(dropout))
        self.code, self.root = nn.Linear(h, codes), nn.Linear(h, roots)
        self.modality, self.reciprocal = nn.Linear(h, modalities), nn.Linear(h, 1)
        nn.init.normal_(self.trigger.weight, std=0.02)

    def forward(self, hidden, mask, span):
        """Hidden (n, pieces, h), mask and trigger span (n, pieces) → role tags (n, pieces, 15), code, root, modality, reciprocal."""
        x = self.layer(hidden + self.trigger(span), attention_bias(mask))
        about = span_mean(x, span)
        roles = self.roles(torch.cat([x, about[:, None, :].expand_as(x)], -1))
        e = self.event(torch.cat([about, span_mean(hidden, span)], -1))
        return roles, self.code(e), self.root(e), self.modality(e), self.reciprocal(e).squeeze(-1)


class RelationHead(nn.Module):
    """Given marked source and target: the code of what the one does to the other. The last layers are the event head's."""

    def __init__(self, sizes, event, dropout=0.1):
        super().__init__()
        h = sizes.hidden
        self.pair = nn.Sequential(nn.Linear(4 * h, h), nn.GELU(), nn.Dropout(dropout))
        self.code, self.root = event.code, event.root

    def forward(self, hidden, mask, source, target):
        parts = [span_mean(hidden, source), span_mean(hidden, target), span_mean(hidden, mask), hidden[:, 0]]
        e = self.pair(torch.cat(parts, -1))
        return self.code(e), self.root(e)


class SyntaxHead(nn.Module):
    """Auxiliary, for training only: part of speech, head (biaffine) and relation of each word, entity tags."""

    def __init__(self, sizes, tags, relations, entities, small=128):
        super().__init__()
        h = sizes.hidden
        self.tag, self.entity = nn.Linear(h, tags), nn.Linear(h, entities)
        self.child, self.parent = nn.Linear(h, small), nn.Linear(h, small)
        self.arc = nn.Linear(small, small)
        self.relation = nn.Linear(2 * small, relations)

    def forward(self, hidden):
        child, parent = F.gelu(self.child(hidden)), F.gelu(self.parent(hidden))
        return self.tag(hidden), self.entity(hidden), self.arc(child) @ parent.transpose(1, 2), child, parent

    def relations(self, child, parent, heads):
        chosen = parent.gather(1, heads[..., None].expand(-1, -1, parent.shape[-1]))
        return self.relation(torch.cat([child, chosen], -1))


class EventModel(nn.Module):
    def __init__(self, sizes, codes, roots, modalities, syntax=(1, 1, 1), dropout=0.1):
        super().__init__()
        self.encoder = Encoder(sizes, dropout)
        self.trigger = nn.Linear(sizes.hidden, TAGS)
        self.topic = nn.Linear(sizes.hidden, 1)  # is the sentence from a report with any event? (sport and markets are not)
        self.kind = nn.Linear(sizes.hidden, len(KINDS))  # what an actor's word stands for: its code's first role, or an international code
        self.event = EventHead(sizes, codes, roots, modalities, dropout)
        self.relation = RelationHead(sizes, self.event, dropout)
        self.syntax = SyntaxHead(sizes, *syntax)
