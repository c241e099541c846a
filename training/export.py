"""Third stage: a checkpoint to ONNX, 8-bit, checked against the float model, into the package with checksums and model card.

    python training/export.py --encoder FOLDER --checkpoint model.pt --out src/tacitus/model/weights [--check training/corpus/passages]

Several checkpoints of one course of training are averaged (`--checkpoint run9.pt run10.pt`).
Weights of matrix products are quantised a channel to 7 of 8 bits (`reduce_range`): on processors without VNNI two full 8-bit products can saturate
the 16-bit sum. The table of word vectors is kept as 8-bit rows with a scale each.
"""
import argparse
import hashlib
import json
import logging
import shutil
import tempfile
from pathlib import Path

import numpy as np
import onnxruntime as ort
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import nn

from data import CODES, ROOTS, batches, event_batch, load_corpus, passage_examples
from network import KINDS, ROLES, EventModel, Sizes
from tacitus.model.pieces import PieceReader
from tacitus.records import MODALITIES

LARGEST = 30 * 2**20


class ByteTable(nn.Module):
    """An embedding kept as 8-bit rows with one scale a row."""

    def __init__(self, weight):
        super().__init__()
        scale = weight.abs().amax(1, keepdim=True).clamp(min=1e-8) / 127
        self.register_buffer("rows", (weight / scale).round().to(torch.int8))
        self.register_buffer("scale", scale)

    def forward(self, ids):
        return self.rows[ids].float() * self.scale[ids]


class FusedLayer(nn.Module):
    """A trained layer with its three projections as one product, the attention's scale inside: fewer, larger products run faster."""

    def __init__(self, layer):
        super().__init__()
        hidden = layer.query.in_features
        scale = (hidden // layer.heads) ** -0.5
        self.heads, self.out, self.up, self.down, self.norm1, self.norm2 = layer.heads, layer.out, layer.up, layer.down, layer.norm1, layer.norm2
        self.qkv = nn.Linear(hidden, 3 * hidden)
        with torch.no_grad():
            self.qkv.weight.copy_(torch.cat([layer.query.weight * scale, layer.key.weight, layer.value.weight]))
            self.qkv.bias.copy_(torch.cat([layer.query.bias * scale, layer.key.bias, layer.value.bias]))

    def forward(self, x, bias):
        b, t, h = x.shape
        q, k, v = self.qkv(x).view(b, t, 3, self.heads, h // self.heads).permute(2, 0, 3, 1, 4).unbind(0)
        mixed = ((q @ k.transpose(-1, -2) + bias).softmax(-1) @ v).transpose(1, 2).reshape(b, t, h)
        x = self.norm1(x + self.out(mixed))
        return self.norm2(x + self.down(nn.functional.gelu(self.up(x))))


class EncoderGraph(nn.Module):
    def __init__(self, model):
        super().__init__()
        model.encoder.layers = nn.ModuleList(FusedLayer(layer) for layer in model.encoder.layers)
        self.encoder, self.trigger, self.topic, self.kind = model.encoder, model.trigger, model.topic, model.kind
        self.encoder.words = ByteTable(model.encoder.words.weight.data)

    def forward(self, ids, mask, shapes, marks):
        hidden = self.encoder(ids, mask, shapes, marks)
        return hidden, self.trigger(hidden).softmax(-1), self.topic(hidden[:, 0]).squeeze(-1), self.kind(hidden).softmax(-1)


class EventGraph(nn.Module):
    def __init__(self, model):
        super().__init__()
        self.head = model.event
        self.head.layer = FusedLayer(model.event.layer)

    def forward(self, hidden, mask, span):
        roles, code, root, modality, reciprocal = self.head(hidden, mask, span)
        n, t, _ = roles.shape
        return (roles.view(n, t, len(ROLES), 3).softmax(-1), code.softmax(-1), root.softmax(-1), modality.softmax(-1), reciprocal.sigmoid())


class RelationGraph(nn.Module):
    def __init__(self, model):
        super().__init__()
        self.head = model.relation

    def forward(self, hidden, mask, source, target):
        code, root = self.head(hidden, mask, source, target)
        return code.softmax(-1), root.softmax(-1)


def write(graph, args, names, outputs, path):
    """Float ONNX, then 8-bit."""
    batch, pieces = torch.export.Dim("batch", min=1), torch.export.Dim("pieces", min=2)
    shapes = tuple({0: batch, 1: pieces} for _ in args)
    with tempfile.TemporaryDirectory() as folder:
        plain = Path(folder) / "plain.onnx"
        torch.onnx.export(graph, args, str(plain), input_names=names, output_names=outputs, dynamic_shapes=shapes, opset_version=18,
                          dynamo=True, external_data=False, verbose=False)
        quantize_dynamic(str(plain), str(path), per_channel=True, reduce_range=True, weight_type=QuantType.QInt8,
                         op_types_to_quantize=["MatMul", "Gemm"], extra_options={"MatMulConstBOnly": True})
    return path.stat().st_size


def session(path):
    options = ort.SessionOptions()
    options.intra_op_num_threads = 2
    return ort.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])


def agreement(model, out, examples):
    """Shares of float decisions that the 8-bit graphs keep: trigger tags, role tags, codes, modalities."""
    encoder, event = session(out / "encoder.onnx"), session(out / "event.onnx")
    same, total = np.zeros(4), np.zeros(4)
    for chunk in batches(examples, 16, 0)[:60]:
        inputs, _, _, _, triggers = event_batch(chunk)
        with torch.no_grad():
            hidden = model.encoder(*inputs)
            tags = model.trigger(hidden).argmax(-1)
        feed = {k: v.numpy() for k, v in zip(("ids", "mask", "shapes", "marks"), inputs)}
        q_hidden, q_tags, *_ = encoder.run(None, feed)
        keep = inputs[1].bool().numpy()
        same[0] += (q_tags.argmax(-1) == tags.numpy())[keep].sum()
        total[0] += keep.sum()
        if triggers is None:
            continue
        rows = triggers["rows"]
        with torch.no_grad():
            roles, code, _, modality, _ = model.event(hidden[rows], inputs[1][rows], triggers["span"])
        r = rows.numpy()
        q = event.run(None, {"hidden": q_hidden[r], "mask": feed["mask"][r], "span": triggers["span"].numpy()})
        keep = keep[r]
        same[1] += (q[0].argmax(-1) == roles.view(*roles.shape[:2], len(ROLES), 3).argmax(-1).numpy())[keep].sum()
        total[1] += keep.sum() * len(ROLES)
        same[2] += (q[1].argmax(-1) == code.argmax(-1).numpy()).sum()
        same[3] += (q[3].argmax(-1) == modality.argmax(-1).numpy()).sum()
        total[2:] += len(r)
    return dict(zip(("trigger_tags", "role_tags", "codes", "modalities"), (same / np.maximum(total, 1)).round(4).tolist()))


def average(checkpoints):
    """The mean of the weights of checkpoints, each a state dict."""
    return {name: sum(c[name] for c in checkpoints) / len(checkpoints) if w.is_floating_point() else w for name, w in checkpoints[0].items()}


def main():
    logging.getLogger().setLevel(logging.ERROR)
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--encoder", type=Path, required=True)
    ap.add_argument("--checkpoint", type=Path, nargs="+", required=True, help="several are averaged")
    ap.add_argument("--out", type=Path, required=True)
    ap.add_argument("--name", default="tacitus-minilm-1")
    ap.add_argument("--check", type=Path, help="corpus folder to compare the 8-bit with the float model on")
    args = ap.parse_args()
    saved = [torch.load(path, weights_only=True) for path in args.checkpoint]
    weights = average([s["model"] for s in saved])
    syntax = tuple(weights[f"syntax.{head}.weight"].shape[0] for head in ("tag", "relation", "entity"))
    model = EventModel(Sizes.read(args.encoder), len(CODES), len(ROOTS), len(MODALITIES),
                       syntax)
    model.load_state_dict(weights)
    model.eval()
    args.out.mkdir(parents=True, exist_ok=True)
    reader = PieceReader(args.encoder / "tokenizer.json")
    plain = EventModel(model.encoder.sizes, len(CODES), len(ROOTS), len(MODALITIES), syntax).eval()
    plain.load_state_dict(weights)
    ids = torch.randint(1000, 2000, (3, 17))
    ones, span = torch.ones_like(ids), torch.zeros_like(ids)  # every input a tensor of its own: the exporter merges inputs that are one object
    span[:, 3:5] = 1
    hidden = torch.randn(3, 17, model.encoder.sizes.hidden)
    size = write(EncoderGraph(model).eval(), (ids, ones, ones.clone(), span), ["ids", "mask", "shapes", "marks"], ["hidden", "triggers", "topic", "kinds"],
                 args.out / "encoder.onnx")
    size += write(EventGraph(model).eval(), (hidden, ones, span), ["hidden", "mask", "span"], ["roles", "code", "root", "modality", "reciprocal"],
                  args.out / "event.onnx")
    size += write(RelationGraph(model).eval(), (hidden, ones, span, span.clone()), ["hidden", "mask", "source", "target"], ["code", "root"],
                  args.out / "relation.onnx")
    shutil.copy(args.encoder / "tokenizer.json", args.out / "tokenizer.json")
    card = {"name": args.name, "roles": list(ROLES), "kinds": list(KINDS), "codes": CODES, "roots": ROOTS, "modalities": list(MODALITIES),
            "training": [{"args": s.get("args", {}), "figures": s.get("figures", {})} for s in saved]}
    if args.check:
        card["agreement"] = agreement(plain, args.out, passage_examples(load_corpus(args.check), reader))
    shipped = [*sorted(args.out.glob("*.onnx")), args.out / "tokenizer.json"]
    card["sha256"] = {f.name: hashlib.sha256(f.read_bytes()).hexdigest() for f in shipped}
    (args.out / "model.json").write_text(json.dumps(card, indent=1) + "\n")
    total = sum(f.stat().st_size for f in args.out.glob("*"))
    print(f"{total / 2**20:.1f} MiB", card.get("agreement"))
    if total > LARGEST:
        raise SystemExit("the weights are larger than 30 MiB")


if __name__ == "__main__":
    main()
