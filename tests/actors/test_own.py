"""The user's own actors: tables, dictionaries, what they override, and what is told of their faults."""

import subprocess
import sys
from pathlib import Path

import pytest

from tacitus import Coder
from tacitus.actors import ReportActors
from tacitus.actors.gazetteer import PERSON, Entry, shipped
from tacitus.actors.own import ERROR, NOTE, OVERLAP, PASSED_OVER, read_file, read_own
from tacitus.actors.own.check import check
from tacitus.actors.own.override import override, without_days
from tacitus.errors import ActorsError
from tacitus.language import split_sentences

FILES = Path(__file__).parent / "files"


@pytest.fixture
def table(tmp_path):
    def write(text, name="my.csv"):
        path = tmp_path / name
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return path

    return write


def code(text, mention, own, day="2016-09-25"):
    actors = ReportActors(text, split_sentences(text), day, gazetteer=own.gazetteer())
    start = text.index(mention)
    return actors.resolve(start, start + len(mention))[0].code


def told(file, level=None):
    return [(p.line, p.message) for p in file.problems if level is None or p.level == level]


# --- our CSV ----------------------------------------------------------------------------------------------------------------------------


def test_a_table_extends_the_shipped_ones(table):
    own = read_own([table("name,code,aliases\nGreen Valley Front,KENREB,GVF; Valley Front\n")])
    assert code("The GVF attacked.", "The GVF", own) == "KENREB"
    assert code("Fighters of the Valley Front fled.", "Fighters of the Valley Front", own) == "KENREB"
    assert code("Sergei Lavrov spoke.", "Sergei Lavrov", own) == "RUSGOV"
    assert code("The Gvf attacked.", "The Gvf", own) is None


def test_it_beats_the_shipped_rows_of_its_names_while_it_holds(table):
    own = read_own([table("name,code,from,to\nSergei Lavrov,RUSMED,2016-01,2016-06-30\n")])
    assert [code("Sergei Lavrov spoke.", "Sergei Lavrov", own, day) for day in ("2015-12-31", "2016-01-01", "2016-06-30", "2016-07-01")] == [
        "RUSGOV", "RUSMED", "RUSMED", "RUSGOV",
    ]  # fmt: skip
    undated = read_own([table("name,code\nHamas,PSEGOV\n")])
    assert {e.code for e in undated.gazetteer().named("Hamas")} == {"PSEGOV"}


def test_a_row_is_beaten_under_all_its_names():
    shipped_row = Entry("John Kerry", PERSON, "USAGOV", "2013-02-01", "2017-01-20")
    own = [("John Kerry", Entry("John Kerry", PERSON, "USABUS", "2014-01-01", "2014-12-31"))]
    left = override([("John Kerry", shipped_row), ("John F. Kerry", shipped_row)], own)[1:]
    assert [(n, e.start, e.end) for n, e in left] == [
        ("John Kerry", "2013-02-01", "2013-12-31"), ("John Kerry", "2015-01-01", "2017-01-20"),
        ("John F. Kerry", "2013-02-01", "2013-12-31"), ("John F. Kerry", "2015-01-01", "2017-01-20"),
    ]  # fmt: skip
    assert override([("Jo Kerry", shipped_row)], own)[1:] == [("Jo Kerry", shipped_row)]


@pytest.mark.parametrize(
    ("start", "end", "left"),
    [("", "", []), ("2001-02", "", [("2000", "2001-01-31")]), ("", "2001-02", [("2001-03-01", "2002")]), ("2003", "", [("2000", "2002")])],
)
def test_days_taken_away(start, end, left):
    pieces = without_days(Entry("X", PERSON, "RUS", "2000", "2002"), [Entry("X", PERSON, "FRA", start, end)])
    assert [(e.start, e.end) for e in pieces] == left


def test_the_file_named_first_counts(table):
    first, second = table("name,code\nJo Salt,FRAGOV\n", "a.csv"), table("name,code\nJo Salt,FRAOPP\n", "b.csv")
    assert code("Jo Salt spoke.", "Jo Salt", read_own([first, second])) == "FRAGOV"
    assert code("Jo Salt spoke.", "Jo Salt", read_own([second, first])) == "FRAOPP"


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("Jo Salt,FRAGO,,,,", "'FRAGO' is no actor code"),
        ("Jo Salt,fra gov,,,,", "did you mean 'FRAGOV'?"),
        ("Jo Salt,GRMGOV,,,,", "'GRM', which is no country, region, international code or role; near it: "),
        (",FRAGOV,,,,", "has no name"),
        ("Jo Salt,FRAGOV,2016-13,,,", "from '2016-13' is no date"),
        ("Jo Salt,FRAGOV,2016-02-30,,,", "from '2016-02-30' is no date"),
        ("Jo Salt,FRAGOV,2016,2015,,", "from 2016 comes after to 2015"),
        ("Jo Salt,FRAGOV,,,persn,", "did you mean 'person'?"),
        ("Jo Salt,FRAGOV,,,,,,,,more", "put a cell with a comma in it in quotes"),
    ],
)
def test_a_wrong_row_is_told_with_file_and_line(table, row, said):
    path = table(f"name,code,from,to,kind,office\nFine Person,FRAGOV,,,,\n# a comment\n{row}\n")
    with pytest.raises(ActorsError) as e:
        read_own([path])
    assert f"{path}:4: " in str(e.value)
    assert said in str(e.value)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"name,kode\nA,FRA\n", "is no file of actors"),
        (b"\0\1name,code", "is no text file"),
        (b"", "is no file of actors"),
        (b"Once upon a time\nthere was nothing.\n", "is no file of actors"),
    ],
)
def test_what_is_no_file_of_actors(table, content, said):
    with pytest.raises(ActorsError, match=said):
        read_file(table(content))
    with pytest.raises(ActorsError, match="cannot be read"):
        read_file("/nowhere/at/all.csv")


def test_doubts_are_no_errors(table):
    file = read_file(table("name,code,colour\nJo Salt,FRAGUV,red\nNobody Yet,,\n"))
    assert [p.level for p in file.problems] == [NOTE, NOTE, PASSED_OVER]
    assert "near it: GOV (Government)" in told(file)[1][1]
    assert len(file.entries) == 1


def test_rows_as_spreadsheets_write_them(table):
    rows = "\ufeffname,code,aliases,kind\r\n\"Front, the Salt\",FRAREB,\"Salt Front; '-X' Front\",group\r\n'=Evil,FRAREB,,Organization\r\n"
    file = read_file(table(rows))
    assert [(name, e.kind) for name, e in file.entries] == [
        ("Front, the Salt", "group"), ("Salt Front", "group"), ("'-X' Front", "group"), ("=Evil", "organisation"),
    ]  # fmt: skip
    assert read_file(table("name\tcode\nJos\xe9 Sal\tFRAGOV\n".encode("latin-1"))).entries[0][0] == "José Sal"


def test_semicolons_separate_where_a_spreadsheet_writes_them(table):
    file = read_file(table('\ufeffname;code;aliases\r\nSalt Front;FRAREB;"Dune Front; Sand Front"\r\n'))
    assert [name for name, _ in file.entries] == ["Salt Front", "Dune Front", "Sand Front"]


def test_a_quote_that_is_not_closed_swallows_no_rows(table):
    file = read_file(table('name,code\nJo Reed,FRAGOV\n"Jo Salt,FRAGOV\nAda Quill,FRAGOV\n'))
    ((line, message),) = told(file, ERROR)
    assert line == 3
    assert "quote" in message


def test_a_column_stands_once(table):
    assert told(read_file(table("name,name,code\nJo Salt,Jo Reed,FRAGOV\n")), ERROR) == [(1, "has the column 'name' more than once")]


def test_windows_quotation_marks_and_odd_breaks(table):
    file = read_file(table(b"name,code\nO\x92Brien Front,FRAREB\nSalt\x0cFront,FRAREB\nJo Reed,FRAGO\n"))
    assert [name for name, _ in file.entries] == ["O’Brien Front", "Salt Front"]
    assert [line for line, _ in told(file, ERROR)] == [4]


def test_kinds_are_guessed(table):
    rows = "Galo Brun,FRAGOV,\nValley Liberation Front,FRAREB,\nSalt Compact,IGO,\nfish wardens,COP,\nEsteria,FRA,\nJo Council,FRAGOV,2001"
    kinds = {name: e.kind for name, e in read_file(table(f"name,code,from\n{rows}\n")).entries}
    assert kinds == {
        "Galo Brun": "person", "Valley Liberation Front": "group", "Salt Compact": "organisation", "fish wardens": "role", "Esteria": "country",
        "Jo Council": "organisation",
    }  # fmt: skip


# --- check ------------------------------------------------------------------------------------------------------------------------------


def test_check_finds_what_one_row_does_not_show(table):
    rows = (
        "name,code,from,to,kind,office\nAda Quill,FRAGOV,2001,2003,person,minister of salt\nBo Reed,FRAGOV,2003,,person,minister of salt\n"
        "Ada Quill,FRAOPP,2002,2002,person,\nHamas,FRAREB,,,group,\n"
    )
    found = [(p.line, p.level, p.message) for p in check(read_file(table(rows)))]
    assert [(line, level) for line, level, _ in found] == [(3, OVERLAP), (4, OVERLAP), (5, NOTE)]
    assert "two are minister of salt of FRA on one day" in found[0][2]
    assert "'Ada Quill' is FRAOPP from 2002 to 2002, but FRAGOV from 2001 to 2003 in line 2" in found[1][2]
    assert "yours beats it" in found[2][2]


def test_a_row_is_told_of_one_other_that_it_contradicts(table):
    rows = "".join(f"Jo Salt{n},FRALEG,person,senator\n" for n in range(50))
    assert [p.line for p in check(read_file(table(f"name,code,kind,office\n{rows}"))) if p.level == OVERLAP] == list(range(3, 52))
    rows = "".join(f"Jo Salt,FRA{role},person,\n" for role in ["GOV", "OPP"] * 25)
    assert [p.line for p in check(read_file(table(f"name,code,kind,office\n{rows}"))) if p.level == OVERLAP] == list(range(3, 52))


def test_check_names_who_holds_an_office_in_the_shipped_tables(table):
    found = check(read_file(table("name,code,from,kind,office\nAda Quill,RUSGOV,2010,person,foreign minister\n")))
    assert any(p.level == NOTE and "Lavrov" in p.message and "give" in p.message for p in found)


# --- dictionaries -----------------------------------------------------------------------------------------------------------------------


def test_an_actor_dictionary():
    file = read_file(FILES / "valley.actors.txt")
    assert file.format == "actors"
    own = read_own([FILES / "valley.actors.txt"])
    days = ("1997-12-31", "1998-01-01", "2004-12-31", "2005-01-01")
    assert [code("O. Bremond spoke.", "O. Bremond", own, day) for day in days] == ["ROUELI", "ROUGOV", "ROUGOV", "ROUOPP"]
    assert [code("Mr. Bremond spoke.", "Mr. Bremond", own, day) for day in days] == ["ROUELI", "ROUGOV", "ROUGOV", "ROUOPP"]
    assert code("Columnists of the Valley fled.", "Columnists of the Valley", own) == "ROUREB"
    assert code("The VLC fled.", "The VLC", own) == "ROUREB"
    assert code("Strelsau fell.", "Strelsau", own) == "ROUGOV"
    assert own.gazetteer().named("Juniper Lodge") == ()


def test_what_an_actor_dictionary_holds_that_is_not_understood_is_told():
    file = read_file(FILES / "valley.actors.txt")
    assert [line for line, _ in told(file, PASSED_OVER)] == [22, 23, 25, 26]
    assert [line for line, _ in told(file, NOTE)] == [18, 19, 20]
    assert not told(file, ERROR)


def test_an_agent_dictionary():
    own = read_own([FILES / "valley.agents.txt"])
    said = {
        "Kenyan tollkeepers": "KENCOP", "Kenyan barrier guards": "KENCOP", "Kenyan ferrywomen": "KENBUS", "Kenyan river deputies": "KENLEG",
        "Kenyan marsh wardens": "KENMIL",
    }  # fmt: skip
    assert {phrase: code(f"{phrase} fled.", phrase, own) for phrase in said} == said
    assert [line for line, _ in told(read_file(FILES / "valley.agents.txt"))] == [9, 10, 11]


def test_a_verb_dictionary():
    file = read_file(FILES / "valley.verbs.txt")
    assert file.format == "verbs"
    assert {verb.phrase: verb.code for verb in file.verbs.verbs} == {
        "reproach": "111", "upbraid": "111", "carry off": "181", "spirit away": "181", "wander": None, "beseech": None,
    }  # fmt: skip
    assert [(p.verb, p.pattern, p.code) for p in file.verbs.patterns][:2] == [("upbraid", "* + FOR_USING &TOOL", "112"), ("upbraid", "* BY_$", "173")]
    assert file.verbs.sets == {"&TOOL": ("rifle", "mortar")}
    assert [verb.phrase for form in ("Reproached", "carried off", "spirits away", "upbraiding") for verb in file.verbs.of(form)] == [
        "reproach", "carry off", "spirit away", "upbraid",
    ]  # fmt: skip
    assert [line for line, _ in told(file)] == [17, 16]
    with pytest.raises(ActorsError, match="dictionary of verbs"):
        read_own([FILES / "valley.verbs.txt"])


@pytest.mark.parametrize(
    ("restriction", "start", "end"),
    [
        ("<310101", "", "1930-12-31"), (">300101", "2030-01-01", ""), ("19990101-20001231", "1999-01-01", "2000-12-31"),
        (">990101 <010101", "1999-01-01", "2000-12-31"),
    ],
)
def test_date_restrictions(table, restriction, start, end):
    ((_, entry),) = read_file(table(f"JO_SALT_ [FRAGOV {restriction}]\n")).entries
    assert (entry.start, entry.end) == (start, end)


@pytest.mark.parametrize(
    "line",
    [
        "-" * 9_000 + "x", "--" + " " * 9_000 + "x", "-" + " " * 9_000 + "x", "A_ [FRA <00010101]",
        "[FRA", "]]][[", "+", "&", "!A! =", "A_ [FRA 99]", "( )", "+SYN [FRAGOV]", "--> [FRA]", "\x1b[31m_ [FRA]", "[~]", "--- [112] ---", "- [112]", "{",
        "!!!",
    ],
)  # fmt: skip
def test_no_line_breaks_a_reader(table, line):
    for rest in ("JO_SALT_ [FRAGOV]\n", "JO [~COP]\n", "GO [112]\n"):
        for text in (line + "\n" + rest, rest + line + "\n", rest + rest + "  " + line + "\n"):
            file = read_file(table(text))
            assert all(0 < p.line <= 3 for p in file.problems)


# --- the coder --------------------------------------------------------------------------------------------------------------------------


def test_the_coder_takes_them_and_its_version_tells(table, coder):
    path = table("name,code\nGreen Valley Front,KENREB\n")
    mine = Coder(actors=[path])
    (event, *_), explanation = mine.explain("The Green Valley Front attacked soldiers in Nairobi on Monday.", published="2016-09-26")
    assert event.source[0].code == "KENREB"
    assert event.coder == mine.version
    assert any(f"{path}:2" in reason for answers in explanation.actors.values() for a in answers for reason in a.why)
    assert mine.version.startswith(coder.version + " actors-")
    table("# a comment\nname,code,aliases\nGreen Valley Front,KENREB,\n")
    assert Coder(actors=[path]).version == mine.version
    table("name,code\nGreen Valley Front,KENOPP\n")
    assert Coder(actors=[path]).version != mine.version
    assert Coder(actors=[]).version == coder.version


@pytest.mark.parametrize("module", ["dictionaries", "dictionaries.lines", "own", "own.codes"])
def test_each_folder_can_be_imported_first(module):
    subprocess.run([sys.executable, "-c", f"import tacitus.actors.{module}"], check=True, timeout=60)


def test_one_file_will_do(table):
    assert Coder(actors=str(table("name,code\nGreen Valley Front,KENREB\n"))).own_actors.entries


def test_a_line_that_is_none(table):
    file = read_file(table("JO_SALT_ [FRAGOV]\n" + "- " * 40_000 + "\nJO_REED_ [FRAGOV\n"))
    assert [line for line, _ in told(file)] == [2, 3]


def test_without_files_the_gazetteer_is_the_shipped_one():
    assert read_own([]).gazetteer() is shipped()
