"""Second stage: the event model, on the coded corpus (and a reminder of syntax).

    python training/train.py --encoder FOLDER --start pretrained.pt --corpus training/corpus/passages --out model.pt
        [--treebanks FILE...] [--plv FILE]   # PLV is only looked at, never trained on

Prints one line of figures an epoch; the checkpoint holds the moving average of the weights.
"""
import argparse
import copy
import json
import random
import sys
import time
import zlib
from collections import Counter
from pathlib import Path

import torch
from torch.nn import functional as F

sys.path.append(str(Path(__file__).resolve().parents[1] / "evaluation"))
import plv

from augment import swapped
from data import (
    CODES,
    ENTITIES,
    IGNORE,
    MODALITIES,
    ROLES,
    ROOTS,
    TAGS_OF_SPEECH,
    batches,
    event_batch,
    load_corpus,
    pair_batch,
    passage_examples,
    syntax_batch,
    syntax_examples,
)
from network import EventModel, Sizes
from pretrain import syntax_loss
from tacitus.model.pieces import PieceReader

ROOT_OF = torch.tensor([ROOTS.index(c[:2]) for c in CODES])
HELD_OUT = 12  # one passage in twelve watches the training
SMOOTHING = 0.05
ROLE_WEIGHT = 12.0  # a word in thirty fills a role: the mean over words is small
TRIGGER_WEIGHTS = torch.tensor([1.0, 1.5, 1.5])


def code_loss(code, root, gold, flat=False):
    """The full code's loss and its root's; the code's alone where `flat`."""
    if flat:
        return F.cross_entropy(code.float(), gold, label_smoothing=SMOOTHING)
    return (F.cross_entropy(code.float(), gold, label_smoothing=SMOOTHING)
            + 0.5 * F.cross_entropy(root.float(), ROOT_OF[gold], label_smoothing=SMOOTHING))


def best_code(code, root, flat=False):
    if flat:
        return code.argmax(-1)
    return (code.float().log_softmax(-1) + root.float().log_softmax(-1)[:, ROOT_OF]).argmax(-1)


def event_loss(model, batch, code_weight, flat=False):
    inputs, tags, topics, kinds, triggers = batch
    hidden = model.encoder(*inputs)
    loss = 0.3 * F.binary_cross_entropy_with_logits(model.topic(hidden[:, 0]).squeeze(-1).float(), topics)
    loss = loss + F.cross_entropy(model.trigger(hidden).float().flatten(0, 1), tags.flatten(), weight=TRIGGER_WEIGHTS, ignore_index=IGNORE)
    if triggers is None:
        return loss
    if (kinds != IGNORE).any():
        loss = loss + 0.5 * F.cross_entropy(model.kind(hidden).float().flatten(0, 1), kinds.flatten(), label_smoothing=SMOOTHING, ignore_index=IGNORE)
    rows = triggers["rows"]
    roles, code, root, modality, reciprocal = model.event(hidden[rows], inputs[1][rows], triggers["span"])
    n, t, _ = roles.shape
    roles = roles.float().view(n, t, len(ROLES), 3).permute(0, 2, 1, 3)
    if (triggers["roles"] != IGNORE).any():
        loss = loss + ROLE_WEIGHT * F.cross_entropy(roles.reshape(-1, 3), triggers["roles"].reshape(-1), ignore_index=IGNORE)
    return (loss + code_weight * code_loss(code, root, triggers["code"], flat) + 0.5 * F.cross_entropy(modality.float(), triggers["modality"])
            + 0.3 * F.binary_cross_entropy_with_logits(reciprocal.float(), triggers["reciprocal"]))


def pair_loss(model, batch, flat=False):
    inputs, source, target, gold = batch
    code, root = model.relation(model.encoder(*inputs), inputs[1], source, target)
    return code_loss(code, root, gold, flat)


def spans(tags):
    out, start = set(), None
    for i, t in enumerate([*tags, 0]):
        if start is not None and t != 2:
            out.add((start, i - 1))
            start = None
        if t == 1 or (t == 2 and start is None):
            start = i
    return out


def f1(right, found, gold):
    return 2 * right / max(1, found + gold)


@torch.no_grad()
def look(model, examples, flat=False):
    """Figures on held-out sentences; roles, codes and modality are given the gold trigger."""
    model.eval()
    count = Counter()
    for chunk in batches(examples, 32, 0):
        inputs, tags, topics, kinds, triggers = event_batch(chunk)
        hidden = model.encoder(*inputs)
        count["topic"] += ((model.topic(hidden[:, 0]).squeeze(-1) > 0) == (topics > 0.5)).sum().item()
        count["sentences"] += len(topics)
        count["kind"] += (model.kind(hidden).argmax(-1) == kinds)[kinds != IGNORE].sum().item()
        count["kinds"] += (kinds != IGNORE).sum().item()
        guess = model.trigger(hidden).argmax(-1)
        for g, gold in zip(guess, tags):
            keep = gold != IGNORE
            a, b = spans(g[keep].tolist()), spans(gold[keep].tolist())
            count["t_found"] += len(a)
            count["t_gold"] += len(b)
            count["t_right"] += sum(any(x[0] <= y[1] and y[0] <= x[1] for y in b) for x in a)
        if triggers is None:
            continue
        rows = triggers["rows"]
        roles, code, root, modality, reciprocal = model.event(hidden[rows], inputs[1][rows], triggers["span"])
        code = best_code(code, root, flat)
        count["n"] += len(rows)
        count["code"] += (code == triggers["code"]).sum().item()
        count["root"] += (ROOT_OF[code] == ROOT_OF[triggers["code"]]).sum().item()
        count["modality"] += (modality.argmax(-1) == triggers["modality"]).sum().item()
        count["rec"] += ((reciprocal > 0) == (triggers["reciprocal"] > 0.5)).sum().item()
        roles = roles.view(*roles.shape[:2], len(ROLES), 3).argmax(-1)
        for i in range(len(rows)):
            for j, role in enumerate(ROLES):
                gold = triggers["roles"][i, j]
                keep = gold != IGNORE
                a, b = spans(roles[i, :, j][keep].tolist()), spans(gold[keep].tolist())
                count[role + "_right"] += len(a & b)
                count[role + "_found"] += len(a)
                count[role + "_gold"] += len(b)
    figures = {"trigger": f1(count["t_right"], count["t_found"], count["t_gold"]), "topic": count["topic"] / max(1, count["sentences"]),
               "kind": count["kind"] / max(1, count["kinds"])}
    figures |= {k: count[k] / max(1, count["n"]) for k in ("code", "root", "modality", "rec")}
    figures |= {r: f1(count[r + "_right"], count[r + "_found"], count[r + "_gold"]) for r in ROLES}
    return figures


@torch.no_grad()
def look_at_pairs(model, items, flat=False):
    model.eval()
    right = total = 0
    for chunk in batches(items, 32, 0, lambda x: len(x[0].ids)):
        inputs, source, target, gold = pair_batch(chunk)
        guess = best_code(*model.relation(model.encoder(*inputs), inputs[1], source, target), flat)
        right += (ROOT_OF[guess] == ROOT_OF[gold]).sum().item()
        total += len(gold)
    return right / max(1, total)


def read_plv(path, reader):
    """(pieces, source, target, 0) and gold root of each sentence with both mentions marked."""
    pairs = list(plv.read(Path(path)))
    read = reader.read([text for _, (text, *_) in pairs])
    return [(p, source, target, 0) for p, (_, (_, source, target)) in zip(read, pairs)], [gold for gold, _ in pairs]


@torch.no_grad()
def look_at_plv(model, items, golds):
    """Macro-F1 over PLV's fifteen roots."""
    model.eval()
    guesses = []
    for i in range(0, len(items), 32):
        inputs, source, target, _ = pair_batch(items[i:i + 32])
        code, root = model.relation(model.encoder(*inputs), inputs[1], source, target)
        p = code.float().softmax(-1) * root.float().softmax(-1)[:, ROOT_OF]
        guesses += [plv.guess(dict(zip(CODES, row))) for row in p.tolist()]
    return plv.macro_f1(golds, guesses)[0], sum(g == h for g, h in zip(guesses, golds)) / len(golds), guesses


def pair_items(examples):
    out = []
    for x in examples:
        seen = set()
        for s, t, code in x.pairs:
            if (s, t) not in seen:
                seen.add((s, t))
                out.append((x.pieces, s, t, code))
    return out


def read_corpus(args, reader, epoch):
    """(training, held-out) sentences of the corpus as it stands, the training ones with actors swapped anew each epoch."""
    passages = load_corpus(args.corpus)
    held = [p for p in passages if zlib.crc32(p.id.encode()) % HELD_OUT == 0]
    kept = passages if args.all else [p for p in passages if zlib.crc32(p.id.encode()) % HELD_OUT]
    kept = [p for p in kept if zlib.crc32(p.id.encode()) // HELD_OUT % args.part == 0]
    kept = swapped(kept, random.Random(1000 * args.seed + epoch), args.swap)
    return passage_examples(kept, reader, args.context), passage_examples(held, reader, args.context)


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--encoder", type=Path, required=True)
    ap.add_argument("--start", type=Path, help="a checkpoint of pretrain.py, or of this program to go on from")
    ap.add_argument("--corpus", type=Path, required=True)
    ap.add_argument("--treebanks", type=Path, nargs="*", default=[])
    ap.add_argument("--plv", type=Path)
    ap.add_argument("--out", type=Path, required=True)
    ap.add_argument("--epochs", type=int, default=12)
    ap.add_argument("--rate", type=float, default=2e-4)
    ap.add_argument("--head-rate", type=float, default=6e-4)
    ap.add_argument("--batch", type=int, default=12)
    ap.add_argument("--average", type=float, default=0.99, help="decay of the moving average of the weights")
    ap.add_argument("--all", action="store_true", help="train on the held-out passages too")
    ap.add_argument("--minutes", type=float, default=0, help="stop after the epoch in which this time passes")
    ap.add_argument("--swap", type=float, default=0.5, help="share of the training sentences whose actors are swapped for others of their kind")
    ap.add_argument("--code-weight", type=float, default=0.8)
    ap.add_argument("--part", type=int, default=1, help="train on one passage in so many, to compare ways of training")
    ap.add_argument("--flat", action="store_true", help="codes without their roots, to compare")
    ap.add_argument("--context", action="store_true", help="each sentence with its report's title and the sentence before, to compare")
    ap.add_argument("--syntax-layers", type=int, help="the syntax heads read the states after so many layers (all)")
    ap.add_argument("--syntax-every", type=int, default=3, help="steps between two batches of treebank sentences")
    ap.add_argument("--threads", type=int, default=2)
    ap.add_argument("--seed", type=int, default=1)
    args = ap.parse_args()
    torch.manual_seed(args.seed)
    random.seed(args.seed)
    torch.set_num_threads(args.threads)
    reader = PieceReader(args.encoder / "tokenizer.json")
    train, dev = read_corpus(args, reader, 0)
    pairs, dev_pairs = pair_items(train), pair_items(dev)
    print(f"{len(train)} sentences, {sum(len(x.triggers) for x in train)} triggers, {len(pairs)} pairs; held out {len(dev)} sentences")
    sizes = Sizes.read(args.encoder)
    start = torch.load(args.start, weights_only=True) if args.start else None
    names = start["relations"] if start else syntax_examples(args.treebanks, reader)[1] if args.treebanks else ["root"]
    model = EventModel(sizes, len(CODES), len(ROOTS), len(MODALITIES), (len(TAGS_OF_SPEECH), len(names), 1 + 2 * len(ENTITIES)))
    model.encoder.load_bert(args.encoder)
    if start:
        resumed = "args" in start  # a checkpoint of this stage, to go on from
        own = model.state_dict()
        own.update({k: v for k, v in start["model"].items() if k in own and own[k].shape == v.shape and (resumed or k.startswith(("encoder.", "syntax.")))})
        model.load_state_dict(own)
    if not start or not resumed:
        model.event.layer.load_state_dict(model.encoder.layers[-1].state_dict())  # a better start than noise
        torch.nn.init.normal_(model.encoder.marks.weight[1:], std=0.02)
    model.encoder.words.weight.requires_grad = False
    syntax = syntax_examples(args.treebanks, reader, names)[0] if args.treebanks else []
    plv_set = read_plv(args.plv, reader) if args.plv else None
    body = [p for p in model.encoder.parameters() if p.requires_grad]
    head = [p for n, p in model.named_parameters() if not n.startswith("encoder.")]
    per_epoch = len(batches(train, args.batch, 0))
    pair_size = max(8, round(len(pairs) / per_epoch))
    total = args.epochs * per_epoch
    optimiser = torch.optim.AdamW([{"params": body, "lr": args.rate}, {"params": head, "lr": args.head_rate}], weight_decay=0.01, fused=True)
    begun, step = time.time(), 0

    def rate(s):
        """Up over the first 200 steps, then down to a fiftieth with the steps or the minutes, whichever run out first."""
        done = max(s / total, (time.time() - begun) / (args.minutes * 60) if args.minutes else 0.0)
        return min((s + 1) / 200, max(0.02, 1 - done))

    schedule = torch.optim.lr_scheduler.LambdaLR(optimiser, rate)
    average = copy.deepcopy(model).eval()
    for epoch in range(args.epochs):
        if epoch:  # passages written or mended while it trains join with the next epoch
            train, dev = read_corpus(args, reader, epoch)
            pairs, dev_pairs = pair_items(train), pair_items(dev)
        model.train()
        pair_chunks = batches(pairs, pair_size, epoch, lambda x: len(x[0].ids))
        syntax_chunks = batches(syntax, 16, epoch, lambda x: len(x.pieces.ids)) if syntax else []
        sums = Counter()
        chunks = batches(train, args.batch, epoch)
        for i, chunk in enumerate(chunks):
            with torch.autocast("cpu", dtype=torch.bfloat16):
                loss = event_loss(model, event_batch(chunk), args.code_weight, args.flat)
                sums["event"] += loss.item()
                other = pair_loss(model, pair_batch(pair_chunks[i % len(pair_chunks)]), args.flat)
                sums["pair"] += other.item()
                loss = loss + 0.5 * other
                if syntax_chunks and i % args.syntax_every == 0:
                    loss = loss + 0.3 * syntax_loss(model, syntax_batch(syntax_chunks[i // args.syntax_every % len(syntax_chunks)]), args.syntax_layers)[0]
            optimiser.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(body + head, 1.0)
            optimiser.step()
            schedule.step()
            step += 1
            decay = min(args.average, (1 + step) / (10 + step))
            with torch.no_grad():
                for a, b in zip(average.parameters(), model.parameters()):
                    if b.requires_grad:
                        a.lerp_(b, 1 - decay)
        figures = {"epoch": epoch, "seconds": round(time.time() - begun), **{k: round(v / len(chunks), 3) for k, v in sums.items()}}
        if dev and not args.all:
            figures |= {k: round(v, 3) for k, v in look(average, dev, args.flat).items()} | {"pairs": round(look_at_pairs(average, dev_pairs, args.flat), 3)}
        if plv_set:
            macro, micro, _ = look_at_plv(average, *plv_set)
            figures |= {"plv_macro": round(macro, 3), "plv_micro": round(micro, 3)}
        print(json.dumps(figures), flush=True)
        torch.save({"model": average.state_dict(), "relations": names, "args": {k: str(v) for k, v in vars(args).items()}, "figures": figures}, args.out)
        if args.minutes and time.time() - begun > args.minutes * 60:
            break


if __name__ == "__main__":
    sys.exit(main())
