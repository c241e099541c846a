"""The shipped gazetteers are what their independent makings agree on."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]


def test_tables_are_what_the_makings_agree_on():
    done = subprocess.run([sys.executable, "scripts/agree_gazetteers.py", "--check"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + "run scripts/agree_gazetteers.py: the package's tables differ from training/gazetteers"


def test_there_are_as_many_rows_as_promised():
    def rows(name):
        return (ROOT / "src/tacitus/actors/data" / f"{name}.csv").read_text(encoding="utf-8").count("\n") - 1

    assert rows("leaders") >= 6000
    assert rows("organisations") >= 600
    assert rows("groups") + rows("ethnic_religious") >= 1000
    assert rows("roles") >= 1500
