"""First stage: the encoder learns syntax and mention spans from public treebanks.

    python training/pretrain.py --encoder FOLDER --treebanks ../shared/data/ud_ewt/train.conllu ../shared/data/gum/train.conllu --out FILE.pt
"""
import argparse
import time
from pathlib import Path

import torch
from torch.nn import functional as F

from data import ENTITIES, IGNORE, TAGS_OF_SPEECH, batches, syntax_batch, syntax_examples
from network import EventModel, Sizes
from tacitus.model.pieces import PieceReader


def syntax_loss(model, batch, layers=None):
    inputs, tags, heads, relations, entities = batch
    hidden = model.encoder(*inputs, layers)
    tag, entity, arcs, child, parent = model.syntax(hidden)
    arcs = arcs.float().masked_fill(inputs[1][:, None, :] == 0, -1e4)
    related = model.syntax.relations(child, parent, heads.clamp(min=0))
    flat = lambda x, y: F.cross_entropy(x.float().flatten(0, 1), y.flatten(), ignore_index=IGNORE)  # noqa: E731
    parts = [flat(tag, tags), flat(arcs, heads), flat(related, relations)]
    if (entities != IGNORE).any():
        parts.append(flat(entity, entities))
    with torch.no_grad():
        known = heads != IGNORE
        right = (arcs.argmax(-1) == heads)[known].float().mean().item()
    return sum(parts), right


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--encoder", type=Path, required=True)
    ap.add_argument("--treebanks", type=Path, nargs="+", required=True)
    ap.add_argument("--out", type=Path, required=True)
    ap.add_argument("--epochs", type=int, default=3)
    ap.add_argument("--rate", type=float, default=1.5e-4)
    ap.add_argument("--batch", type=int, default=32)
    ap.add_argument("--threads", type=int, default=2)
    args = ap.parse_args()
    torch.manual_seed(1)
    torch.set_num_threads(args.threads)
    examples, names = syntax_examples(args.treebanks, PieceReader(args.encoder / "tokenizer.json"))
    sizes = Sizes.read(args.encoder)
    model = EventModel(sizes, 298, 20, 4, (len(TAGS_OF_SPEECH), len(names), 1 + 2 * len(ENTITIES)))
    model.encoder.load_bert(args.encoder)
    model.encoder.words.weight.requires_grad = False
    params = [*(p for p in model.encoder.parameters() if p.requires_grad), *model.syntax.parameters()]
    total = args.epochs * len(batches(examples, args.batch, 0))
    optimiser = torch.optim.AdamW(params, args.rate, weight_decay=0.01)
    schedule = torch.optim.lr_scheduler.LambdaLR(optimiser, lambda s: min((s + 1) / 100, max(0.05, 1 - s / total)))
    step, begun, model_ = 0, time.time(), model.train()
    for epoch in range(args.epochs):
        arcs = []
        for chunk in batches(examples, args.batch, epoch):
            with torch.autocast("cpu", dtype=torch.bfloat16):
                loss, right = syntax_loss(model_, syntax_batch(chunk))
            optimiser.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(params, 1.0)
            optimiser.step()
            schedule.step()
            step += 1
            arcs.append(right)
            if step % 50 == 0:
                print(f"step {step}/{total} loss {loss.item():.3f} arcs {sum(arcs[-50:]) / 50:.3f} {time.time() - begun:.0f} s", flush=True)
    torch.save({"model": model.state_dict(), "relations": names}, args.out)


if __name__ == "__main__":
    main()
