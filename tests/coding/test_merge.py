from tacitus.actors import Resolution
from tacitus.coding.merge import Coded, Party, merge


def party(code, at=0):
    return Party((at, at + 3), Resolution(code))


def coded(code, source=(), target=(), at=0, sentence=0, date=None, modality="actual", rec=False, score=0.8, place=None):
    return Coded(sentence, (at, at + 5), code, modality, rec, score, [party(c) for c in source], [party(c) for c in target], None,
                 date, "day" if date else None, date is not None, place)  # fmt: skip


def test_a_retelling_is_a_mention():
    told = merge([coded("1951", ["USAMIL"], ["SYRMIL"], 0), coded("195", [], ["SYRMIL"], 50, 1, date="2016-09-17")])
    assert len(told) == 1
    assert told[0].code == "1951"
    assert told[0].date == "2016-09-17"
    assert told[0].mentions == [(0, (0, 5)), (1, (50, 55))]


def test_other_days_parties_roots_or_modalities_are_other_events():
    base = coded("042", ["USAGOV"], ["FRA"], 0, date="2016-01-01")
    for other in (
        coded("042", ["USAGOV"], ["FRA"], 9, date="2016-03-01"),
        coded("042", ["GBRGOV"], ["FRA"], 9),
        coded("112", ["USAGOV"], ["FRA"], 9),
        coded("042", ["USAGOV"], ["FRA"], 9, modality="planned"),
    ):
        assert len(merge([base, other])) == 2
        base.mentions = []


def test_a_meeting_told_from_the_other_side_is_the_same():
    assert len(merge([coded("040", ["USAGOV"], ["RUSGOV"], 0, rec=True), coded("040", ["RUSGOV"], ["USAGOV"], 9, rec=True)])) == 1


def test_events_come_in_the_order_of_the_text():
    assert [e.trigger[0] for e in merge([coded("112", ["USA"], ["RUS"], 70), coded("042", ["USA"], ["FRA"], 5)])] == [5, 70]


def test_what_names_more_is_another_event():
    accident, beating = coded("182", [], ["BGDCVL"], 0), coded("182", ["BGDPTY"], ["BGDCVL"], 90, 4)
    assert [(len(e.source), e.trigger) for e in merge([accident, beating])] == [(0, (0, 5)), (1, (90, 95))]
