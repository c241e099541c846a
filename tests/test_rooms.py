"""Who may import whom: the table of docs/architecture.md, enforced."""

import ast
from pathlib import Path

import pytest

SOURCE = Path(__file__).parents[1] / "src" / "tacitus"
BASE = {"records", "errors", "config", "_version"}
ALLOWED = {
    "errors": set(),
    "config": set(),
    "_version": set(),
    "records": {"errors"},
    "scoring": set(),
    "ontology": set(),
    "articles": set(),
    "language": set(),
    "model": {"language", "ontology"},
    "actors": {"ontology", "language"},
    "places": {"ontology", "language"},
    "times": {"ontology", "language"},
    "coding": {"ontology", "language", "model", "actors", "places", "times"},
    "pipeline": {"ontology", "language", "model", "actors", "places", "times", "coding"},
    "store": {"ontology"},
    "producers": {"ontology"},
    "ingest": {"articles", "pipeline", "store"},
    "exports": {"ontology", "store", "producers"},
}
FREE = {"cli", "__init__"}
NEVER = {"torch", "spacy", "transformers"}


def modules():
    for path in sorted(SOURCE.rglob("*.py")):
        yield path, path.relative_to(SOURCE).parts[0].removesuffix(".py")


def imports(path):
    """(top-level package, room of tacitus or None) of everything a module imports."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        names = [a.name for a in node.names] if isinstance(node, ast.Import) else []
        if isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import"
            names = [f"{node.module}.{a.name}" for a in node.names] if node.module == "tacitus" else [node.module]
        for name in names:
            parts = name.split(".")
            yield parts[0], parts[1] if parts[0] == "tacitus" and len(parts) > 1 else None


@pytest.mark.parametrize(("path", "room"), list(modules()), ids=lambda x: str(x.relative_to(SOURCE)) if isinstance(x, Path) else x)
def test_imports(path, room):
    for package, other in imports(path):
        assert package not in NEVER, f"{path.name} imports {package}"
        if room in FREE or other is None or other == room:
            continue
        assert other in ALLOWED[room] | (BASE if room not in {"errors", "config", "_version"} else set()), f"{room} imports {other}"
        assert other != "cli"


def test_every_room_is_in_the_table():
    assert {room for _, room in modules()} <= set(ALLOWED) | FREE
