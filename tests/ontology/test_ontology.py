import pytest

from tacitus.errors import TacitusError, UnknownCodeError
from tacitus.ontology import actor_code, cameo, cameo_codes, cameo_roots, country_codes, elements, roles, split_actor_code


def test_all_codes_are_there():
    assert len(cameo_codes()) == 298
    assert len(cameo_roots()) == 20
    assert {c.root for c in cameo_codes().values()} == set(cameo_roots())


def test_every_parent_is_a_code_or_a_root():
    for code in cameo_codes().values():
        assert code.parent in cameo_codes() or code.parent in cameo_roots()
        assert code.code.startswith(code.parent)


def test_an_entry():
    c = cameo("1123")
    assert (c.root, c.parent, c.quad_class, c.goldstein) == ("11", "112", 3, -2.0)
    assert (c.plover.event, c.plover.mode, c.plover.context) == ("ACCUSE", "allege", ("military",))
    assert cameo("1121").plover.context == ("crime", "corruption")
    assert cameo("010").plover.event is None


@pytest.mark.parametrize(("root", "quad"), [("01", 1), ("05", 1), ("06", 2), ("08", 2), ("09", 3), ("13", 3), ("14", 4), ("20", 4)])
def test_quad_classes_are_gdelts(root, quad):
    assert {c.quad_class for c in cameo_codes().values() if c.root == root} == {quad}


@pytest.mark.parametrize(("wrong", "near"), [("112a", "112"), ("43", "043"), ("1952x", "1952")])
def test_unknown_codes_suggest_near_ones(wrong, near):
    with pytest.raises(UnknownCodeError, match=near) as e:
        cameo(wrong)
    assert isinstance(e.value, TacitusError)


def test_actor_codes():
    assert elements("IGOUNOKID") == ("IGO", "UNO", "KID")
    assert split_actor_code("RUSGOV") == ("RUS", ("GOV",))
    assert split_actor_code("IGOUNO") == (None, ("IGO", "UNO"))
    assert split_actor_code("UAF") == (None, ("UAF",))
    assert actor_code("VEN", ("LEG", "OPP")) == "VENOPPLEG"
    assert actor_code("IRQ", ("KUR", "MIL")) == "IRQMILKUR"
    assert actor_code("IRQ", ("LEG", "MOS", "SUN")) == "IRQMOSSUNLEG"
    assert actor_code(None, ()) is None
    assert roles()["GOV"].tier == "primary"
    assert country_codes()["XKX"] == "Kosovo"
