"""Commands explain themselves, and what goes wrong is said in one line."""

import re

import pytest

from autograder import cli
from autograder.cli import main
from tests.notebooks import hand_in, solved

COMMANDS = ("grade", "release", "report", "export", "misconceptions")


@pytest.fixture
def there(tmp_path):
    """A folder with what commands may be given wrongly."""
    hand_in(tmp_path / "submitted", "anna", "gates", solved("gates"))
    (tmp_path / "empty").mkdir()
    (tmp_path / "file").write_text("no folder")
    (tmp_path / "text.db").write_text("no database" * 1000)
    (tmp_path / "roster.csv").write_text("Student,ID\nAnna,1\n")
    (tmp_path / "instructor").mkdir()
    return tmp_path


WRONG = {
    "no command": ("", "the following arguments are required: COMMAND"),
    "no such command": ("grad gates", "invalid choice: 'grad'"),
    "no such option": (
        "grade gates --submissions submitted --out out --worker",
        "ambiguous option|expected one argument",
    ),
    "nothing behind an option": ("grade gates --submissions submitted --out out --seed", "expected one argument"),
    "no such assignment": (
        "grade gate --submissions submitted --out out",
        "no assignment 'gate': did you mean 'gates'",
    ),
    "a file for an assignment": ("report bptt.ipynb --out out", "no assignment 'bptt.ipynb': did you mean 'bptt'"),
    "nothing like an assignment": (
        "grade xyz --submissions submitted --out out",
        "there are gates, cell, bptt, training",
    ),
    "release of what is not": ("release gaits", "did you mean 'gates'"),
    "misconceptions of what is not": ("misconceptions cel", "did you mean 'cell'"),
    "no workers": ("grade gates --submissions submitted --out out --workers 0", "'0' is not a count"),
    "too many workers": (
        "grade gates --submissions submitted --out out --workers 1000000",
        "1000000 sandboxes are too many: give at most 1000",
    ),
    "submissions without a name": ("grade gates --submissions= --out out", "--submissions: no folder is named"),
    "out without a name": ("report gates --out=", "--out: no folder is named"),
    "no folder": ("grade gates --submissions nowhere --out out", "no folder .*nowhere.* Expected the submissions as"),
    "a file for a folder": ("grade gates --submissions file --out out", "file is not a folder"),
    "an empty folder": ("grade gates --submissions empty --out out", "no student's folder in"),
    "out in the submissions": ("grade gates --submissions submitted --out submitted/out", "lies in the submissions"),
    "out is the submissions": ("grade gates --submissions submitted --out submitted", "lies in the submissions"),
    "out is a file": ("grade gates --submissions submitted --out file", "file"),
    "no database": ("grade gates --submissions submitted --out out --db text.db", "is no address of a database"),
    "a broken database": ("grade gates --submissions submitted --out out --db sqlite:///text.db", "is not a database"),
    "no one to regrade": ("grade gates --submissions submitted --out out --regrade ben", "--regrade 'ben' is neither"),
    "report without grades": ("report gates --out empty", "no record of grading .* grade gates first"),
    "report of nowhere": ("report gates --out nowhere", "no record of grading"),
    "export without grades": ("export nbgrader gates --out empty", "no gradebook .*empty/gradebook.db: grade first"),
    "export from a broken database": ("export nbgrader gates --out empty --db sqlite:///text.db", "is not a database"),
    "export to nobody": ("export sakai gates --out empty", "invalid choice: 'sakai'"),
    "export without a roster": ("export canvas gates --out empty", "For canvas a --roster is needed"),
    "export with a roster for nobody": ("export nbgrader gates --out empty --roster roster.csv", "--roster has no use"),
    "export for Canvas of feedback": ("export canvas gates --out empty --roster roster.csv --feedback", "Moodle alone"),
}


@pytest.mark.parametrize("case", WRONG)
def test_what_is_wrong_is_said_in_one_line(there, monkeypatch, capsys, case):
    monkeypatch.chdir(there)
    words, message = WRONG[case]
    try:
        code = main(words.split())
    except SystemExit as stop:
        code = stop.code
    said = capsys.readouterr()
    assert code == 2 and said.out == ""
    assert re.fullmatch(rf"autograder: .*(?:{message}).*\n", said.err), said.err
    assert "Traceback" not in said.err and len(said.err) < 600
    assert not (there / "submitted" / "out").exists()


def test_a_fault_of_ours_is_one_line_too(monkeypatch, capsys):
    monkeypatch.setattr(cli, "run_report", lambda arguments: 1 / 0)
    assert main(["report", "gates", "--out", "x"]) == 70
    said = capsys.readouterr().err
    assert re.fullmatch(r"autograder: a fault of the grader itself, at .*: ZeroDivisionError: division by zero\n", said)


@pytest.mark.parametrize("command", COMMANDS)
def test_each_command_shows_examples(command, capsys):
    with pytest.raises(SystemExit, match="0"):
        main([command, "--help"])
    shown = capsys.readouterr().out
    assert f"  python -m autograder {command} " in shown + " " and "example" in shown


def test_help_names_all_commands(capsys):
    with pytest.raises(SystemExit, match="0"):
        main(["--help"])
    shown = capsys.readouterr().out
    assert all(re.search(rf"^    {command}\b", shown, re.MULTILINE) for command in COMMANDS)


@pytest.mark.parametrize("words", re.findall(r"^  python -m autograder (.*)", "\n".join(
    text for name, text in vars(cli).items() if name.endswith("_EXAMPLES")), re.MULTILINE))  # fmt: skip
def test_examples_are_understood(words):
    cli.parser().parse_args([word.strip('"') for word in re.findall(r'"[^"]*"|\S+', words)])
