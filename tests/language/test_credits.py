import pytest

from tacitus.language import is_credit


@pytest.mark.parametrize(
    "line",
    [
        "Ann Lee and Tom Roe contributed to this report.",
        "Write to Ann Lee at ann.lee@example.org",
        "(Reporting by Ann Lee; Editing by Tom Roe)",
        "Editing by Tom Roe",
    ],
)
def test_credit_lines(line):
    assert is_credit(line)


@pytest.mark.parametrize("line", ["Germany contributed to the fund.", "He will write to the minister.", "The drone strike was reported by residents."])
def test_news_is_no_credit(line):
    assert not is_credit(line)
