import numpy as np
import pytest

from tacitus.model.calibration import calibrate
from tacitus.model.pieces import MAX_PIECES, SHAPE_SPECIAL, shape
from tacitus.model.session import EventModel, _runs

SENTENCE = "U.S. officials met Lavrov in Geneva."


@pytest.fixture(scope="module")
def model():
    return EventModel(threads=1)


@pytest.mark.parametrize(
    ("word", "kind"), [("met", 1), ("Geneva", 2), ("NATO", 3), ("U", 4), ("2014", 5), ("McCain", 6), (".", 7), ("–", 7), ("ΑΒΓ", 3), ("中", 4)]
)
def test_shapes(word, kind):
    assert shape(word) == kind


def test_pieces_keep_the_sentences_offsets(model):
    (p,) = model.prepare([SENTENCE])
    assert [SENTENCE[a:b] for a, b, _ in p.words] == ["U", ".", "S", ".", "officials", "met", "Lavrov", "in", "Geneva", "."]
    assert p.shapes[0] == p.shapes[-1] == SHAPE_SPECIAL
    assert p.word_span(SENTENCE.index("met"), SENTENCE.index("met") + 3) == (5, 5)
    assert p.word_span(0, 14) == (0, 4)
    assert p.piece_span(500, 600) == []


def test_long_sentences_are_cut_not_refused(model):
    (p,) = model.prepare(["soldier " * 1000])
    assert len(p.ids) == MAX_PIECES
    assert model.read(["soldier " * 1000])


def test_a_judgement_is_made_of_probabilities(model):
    (reading,) = model.read(["British police arrested two Libyan men in London on Tuesday."])
    (j,) = reading.judgements
    for p in (j.code, j.root, j.modality):
        assert p.sum() == pytest.approx(1.0, abs=1e-3)
        assert p.min() >= 0.0
    assert len(j.code) == len(model.codes) == 298
    assert {"source", "target", "attribution", "time", "place"} == set(j.roles)


def test_a_sentence_is_read_the_same_whatever_is_read_with_it(model):
    alone = model.read([SENTENCE])[0]
    among = model.read(["Rain fell on the coast all week, and the harvest was late again, growers said.", SENTENCE])[1]
    assert alone.topic == among.topic
    assert [j.trigger for j in alone.judgements] == [j.trigger for j in among.judgements]


def test_runs_of_tags():
    out, begin, inside = [0.9, 0.1, 0.0], [0.1, 0.8, 0.1], [0.1, 0.1, 0.8]
    assert [(a, b) for a, b, _ in _runs(np.array([out, begin, inside, begin, out, inside]), 0.5)] == [(1, 2), (3, 3), (5, 5)]
    assert _runs(np.array([out, out]), 0.5) == []


def test_confidence_rises_with_the_score():
    values = [calibrate(s) for s in np.linspace(0, 1, 21)]
    assert values == sorted(values)
    assert 0.0 <= values[0] <= values[-1] <= 1.0
