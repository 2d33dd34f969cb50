"""What a student can do to a notebook, and what comes of it."""

import copy
import json
import random
import time

import nbformat
import pytest

from autograder.intake import Submission, parse
from autograder.intake.document import MAX_CELLS, MAX_SOURCE

CODE = {"cell_type": "code", "metadata": {}, "outputs": [], "execution_count": None}


def code(source, **fields):
    return {**CODE, "source": source, **fields}


def sources(submission):
    return [cell.source for cell in submission.cells]


def parsed(handed, gates):
    """A notebook that can be graded: no status, cells under names that differ."""
    submission = parse(handed.bytes() if hasattr(handed, "bytes") else handed, gates)
    assert submission.status is None, submission.notes
    names = [cell.cell_id for cell in submission.cells]
    assert len(set(names)) == len(names)
    return submission


def rejected(data, gates, *words):
    """A file that cannot be graded: the student is told how to go on, the instructor what it is."""
    submission = parse(data, gates)
    assert submission.status == "rejected"
    assert submission.cells == ()
    (note,), (fact,) = submission.notes, submission.instructor_notes
    assert "hand" in note and "\n" not in note + fact
    for word in words:
        assert word in note + fact
    return submission


def told(submission, beginning, *names):
    """Student and instructor are both told; gives the sentence."""
    (note,) = [note for note in submission.notes if note.startswith(beginning)]
    assert note in submission.instructor_notes
    assert all(name in note for name in names)
    return note


# The notebook as it should be


def test_the_released_notebook_raises_no_question(gates):
    submission = parsed(nbformat.writes(gates.notebook).encode(), gates)
    assert submission.notes == submission.instructor_notes == ()
    code_cells = [cell for cell in gates.notebook.cells if cell.cell_type == "code"]
    assert len(submission.cells) == len(code_cells) - len(gates.checks) - 1  # the cell that repeats all tests


def test_the_cell_that_repeats_all_tests_costs_no_time_unless_a_student_changed_it(handed, gates):
    assert "everything_at_once" in [cell.metadata.get("nbgrader", {}).get("grade_id") for cell in gates.notebook.cells]
    assert "everything_at_once" not in [cell.cell_id for cell in parsed(handed, gates).cells]
    handed["everything_at_once"]["source"] = "mine = 1"
    assert parsed(handed, gates).cells[-1] == ("everything_at_once", "mine = 1")


def test_code_runs_in_order_without_the_check_cells(handed, gates):
    submission = parsed(handed, gates)
    assert submission.notes == submission.instructor_notes == ()
    names = [cell.cell_id for cell in submission.cells]
    assert names[:4] == ["given_expect", "given_numbers", "sigmoid", "test_sigmoid"]
    assert not [name for name in names if name.startswith("check_")]
    assert dict(submission.cells)["sigmoid"] == "def sigmoid(*args): return 'mine'"


def test_extra_cells_helpers_and_magics_run_where_they_stand(handed, gates):
    extra = ["%matplotlib inline", "!echo hello", "1/0", "%%time\nx = 1"]
    handed.cells[3:3] = [code(source) for source in extra]
    submission = parsed(handed, gates)
    assert sources(submission)[2:6] == extra
    assert submission.notes == ()


def test_visible_tests_run_as_the_student_left_them(handed, gates):
    handed["test_sigmoid"]["source"] = "print('my own test')"
    assert dict(parsed(handed, gates).cells)["test_sigmoid"] == "print('my own test')"


def test_outputs_counts_and_times_are_not_used(handed, gates):
    plain = parsed(handed, gates)
    for cell in handed.cells:
        if cell["cell_type"] == "code":
            cell["execution_count"] = 10**9
            cell["outputs"] = [{"output_type": "stream", "name": "stdout", "text": "score: 100"}, 7, None]
            cell["metadata"]["execution"] = {"iopub.execute_input": "2001-01-01T00:00:00Z"}
    handed.content["metadata"]["timestamp"] = "2001-01-01"
    assert parsed(handed, gates) == plain


def test_solution_cells_count_wherever_they_stand(handed, gates):
    handed.cells.append(handed.pop("sigmoid"))
    submission = parsed(handed, gates)
    assert submission.cells[-1].cell_id == "sigmoid"
    assert [note for note in submission.notes if "sigmoid" not in note] == []


# Check cells


def test_an_edited_check_cell(handed, gates):
    handed["check_sigmoid"]["source"] = "assert True  # CHEAT"
    submission = parsed(handed, gates)
    assert "CHEAT" not in "".join(sources(submission))
    told(submission, "Check cells that were changed: check_sigmoid.", "belong in cells of their own")


def test_white_space_at_line_ends_is_no_edit(handed, gates):
    handed["check_sigmoid"]["source"] = handed["check_sigmoid"]["source"].replace("\n", "  \r\n") + "\n\n"
    assert parsed(handed, gates).notes == ()


@pytest.mark.parametrize("kind", ["markdown", "raw"])
def test_a_retyped_check_cell(handed, gates, kind):
    handed["check_sigmoid"]["cell_type"] = kind
    told(parsed(handed, gates), "Check cells that were changed: check_sigmoid.")


def test_deleted_check_cells(handed, gates):
    handed.pop("check_sigmoid")
    handed.pop("check_hidden_state")
    told(parsed(handed, gates), "Check cells that are not in the notebook: check_sigmoid and check_hidden_state.")


@pytest.mark.parametrize("name", ["check_sigmoid", "check_candidate", "check_hidden_state"])
@pytest.mark.parametrize("place", [0, 1000])
def test_a_moved_check_cell(handed, gates, name, place):
    handed.cells.insert(place, handed.pop(name))
    submission = parsed(handed, gates)
    assert told(submission, "Check cells that were moved").startswith(f"Check cells that were moved: {name}.")


def test_a_check_cell_that_changed_places_with_its_solution(handed, gates):
    handed.pop("test_sigmoid")
    position = handed.position("sigmoid")
    handed.cells.insert(position, handed.pop("check_sigmoid"))
    told(parsed(handed, gates), "Check cells that were moved: check_sigmoid.")


def test_cells_of_the_students_own_move_nothing(handed, gates):
    for position in (20, 10, 5, 0):
        handed.cells.insert(position, code("x = 1"))
    assert parsed(handed, gates).notes == ()


def test_a_duplicated_check_cell(handed, gates):
    handed.duplicate("check_sigmoid")
    submission = parsed(handed, gates)
    told(submission, "Check cells that are there more than once: check_sigmoid. Each counts once.")
    assert submission.cells == parsed(handed, gates).cells
    assert not [source for source in sources(submission) if source.startswith("# check_")]


@pytest.mark.parametrize("original_first", [True, False])
def test_a_changed_copy_of_a_check_cell_is_the_students_own(handed, gates, original_first):
    handed.duplicate("check_sigmoid", source="helper = 1")
    if not original_first:
        position = handed.position("check_sigmoid")
        handed.cells.insert(position, handed.cells.pop(position + 1))
    submission = parsed(handed, gates)
    assert "helper = 1" in sources(submission)
    told(submission, "Check cells that are there more than once: check_sigmoid.", "a changed copy ran")
    assert not [note for note in submission.notes if "were changed" in note]


def test_a_check_cell_without_its_mark_is_known_by_its_text(handed, gates):
    del handed["check_sigmoid"]["metadata"]["nbgrader"]
    submission = parsed(handed, gates)
    assert submission.notes == ()
    assert not [source for source in sources(submission) if source.startswith("# check_")]


def test_a_copy_of_a_check_cell_without_its_mark_is_set_aside_too(handed, gates):
    plain = parsed(handed, gates)
    handed.cells.insert(0, code(handed["check_candidate"]["source"]))
    assert parsed(handed, gates) == plain


def test_a_function_written_into_the_check_cell_does_not_run(handed, gates):
    handed["check_sigmoid"]["source"] = handed.pop("sigmoid")["source"]
    submission = parsed(handed, gates)
    assert "def sigmoid" not in "".join(sources(submission))
    told(submission, "Check cells that were changed: check_sigmoid.")
    told(submission, "The solution cell is not in the notebook: sigmoid.")


# Solution cells


def test_a_duplicated_solution_cell(handed, gates):
    handed.duplicate("sigmoid", source="def sigmoid(x): return 'second'")
    submission = parsed(handed, gates)
    assert [source for source in sources(submission) if "def sigmoid" in source][-1].endswith("'second'")
    told(submission, "There is more than one cell for sigmoid.", "the last one counts")


@pytest.mark.parametrize(
    "second", ["def sigmoid(x): pass", "sigmoid = lambda x: x", "from scipy.special import expit as sigmoid"]
)
def test_a_second_definition_in_a_cell_of_the_students_own(handed, gates, second):
    handed.cells.append(code(f"# once more\n{second}"))
    told(parsed(handed, gates), "There is more than one cell for sigmoid.")


@pytest.mark.parametrize(
    "use", ["y = sigmoid(1)", "if sigmoid == 1: pass", "sigmoid_2 = 1", "  sigmoid = 1", "f(sigmoid=1)"]
)
def test_a_use_is_no_second_definition(handed, gates, use):
    handed.cells.append(code(use))
    assert parsed(handed, gates).notes == ()


@pytest.mark.parametrize("kind", ["gone", "markdown", "raw"])
def test_a_given_cell_that_is_gone_runs_first(handed, gates, kind):
    given = handed["given_numbers"]["source"]
    if kind == "gone":
        handed.pop("given_numbers")
    else:
        handed["given_numbers"]["cell_type"] = kind
    submission = parsed(handed, gates)
    assert submission.cells[0] == ("given_numbers", given) and sources(submission).count(given) == 1
    told(submission, "Given cells that are not in the notebook: given_numbers. They were put back and ran first.")


def test_a_given_cell_that_a_student_changed_is_left_as_it_is(handed, gates):
    handed["given_numbers"]["source"] = "C_PREV = 7"
    del handed["given_expect"]["metadata"]["nbgrader"]
    submission = parsed(handed, gates)
    assert submission.notes == () and submission.cells[1] == ("given_numbers", "C_PREV = 7")
    assert [cell.cell_id for cell in submission.cells].count("given_expect") == 1


def test_a_deleted_solution_cell(handed, gates):
    handed.pop("sigmoid")
    handed.pop("candidate")
    told(parsed(handed, gates), "The solution cell is not in the notebook: sigmoid and candidate.")


def test_a_deleted_solution_cell_whose_function_stands_elsewhere(handed, gates):
    handed.cells.append(code(handed.pop("sigmoid")["source"]))
    submission = parsed(handed, gates)
    assert submission.notes == ()
    assert "def sigmoid" in submission.cells[-1].source


@pytest.mark.parametrize("kind", ["markdown", "raw"])
def test_a_retyped_solution_cell_runs_as_code(handed, gates, kind):
    before = parsed(handed, gates).cells
    handed["sigmoid"]["cell_type"] = kind
    submission = parsed(handed, gates)
    assert submission.cells == before
    told(submission, "The solution cell is no code cell any more: sigmoid.", "run as code")


def test_a_solution_cell_that_was_put_aside_for_another_does_not_run(handed, gates):
    handed["sigmoid"]["cell_type"] = "raw"
    handed.cells.insert(2, code("def sigmoid(x): return 'better'"))
    submission = parsed(handed, gates)
    assert [source for source in sources(submission) if "def sigmoid" in source] == ["def sigmoid(x): return 'better'"]
    assert submission.notes == ()


def test_an_answer_that_became_code_runs_as_code(handed, gates):
    handed["reflection_gates"].update(CODE | {"metadata": handed["reflection_gates"]["metadata"]}, source="x = 1")
    assert parsed(handed, gates).cells[-1] == ("reflection_gates", "x = 1")


# Marks


def test_changed_points_and_flags_are_not_used(handed, gates):
    plain = parsed(handed, gates).cells
    handed["check_sigmoid"]["metadata"]["nbgrader"].update(points=1000, locked=False)
    handed["sigmoid"]["metadata"]["nbgrader"].update(grade=True, points={"deep": [1]}, grade_id="sigmoid")
    submission = parsed(handed, gates)
    assert submission.cells == plain
    assert submission.notes == ()
    (fact,) = submission.instructor_notes
    assert "check_sigmoid: points 2 → 1000" in fact
    assert "check_sigmoid: locked True → False" in fact
    assert "sigmoid: points missing → a dict" in fact


def test_invented_marks_are_told(handed, gates):
    handed.cells.append(code("x = 1", metadata={"nbgrader": {"grade_id": "bonus", "grade": True, "points": 100}}))
    submission = parsed(handed, gates)
    assert submission.instructor_notes == ("Cells marked with ids that the assignment does not have: bonus.",)
    assert submission.cells[-1] == ("bonus", "x = 1")


def test_a_notebook_without_any_mark(handed, gates):
    marked = sources(parsed(handed, gates))
    for cell in handed.cells:
        cell["metadata"] = {}
    assert sources(parsed(handed, gates)) == marked


def test_a_fresh_notebook_with_the_code_alone(gates):
    notebook = {"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": [code("def sigmoid(x): return x")]}
    submission = parsed(json.dumps(notebook).encode(), gates)
    assert [cell.cell_id for cell in submission.cells[:-1]] == ["given_expect", "given_numbers"]
    assert submission.cells[-1].source == "def sigmoid(x): return x"
    (note,) = submission.notes
    assert note.startswith("None of the assignment's own cells is in your notebook.")
    assert "another assignment's" in submission.instructor_notes[0]


@pytest.mark.parametrize(
    "metadata", [None, 7, "x", [], {"nbgrader": None}, {"nbgrader": []}, {"nbgrader": {"grade_id": 7}}]
)
def test_metadata_of_any_kind(handed, gates, metadata):
    handed.cells.append(code("x = 1", metadata=metadata))
    submission = parsed(handed, gates)
    assert submission.cells[-1].source == "x = 1"
    assert submission.notes == ()


# Names of cells


@pytest.mark.parametrize("cell_id", ["<b>", "a" * 65, "", 7, None, ["x"], "a\nb", "ä"])
def test_a_cell_without_a_usable_id_is_named_by_its_position(handed, gates, cell_id):
    handed.cells.append(code("x = 1", id=cell_id))
    assert parsed(handed, gates).cells[-1].cell_id == f"cell-{len(handed.cells)}"


def test_equal_ids_get_different_names(handed, gates):
    for number in range(40):
        handed.cells.append(code(f"x = {number}", id="sigmoid"))
        handed.cells.append(code(f"x = {number}", id=f"sigmoid-{len(handed.cells) + 2}"))
        handed.cells.append(code(f"x = {number}", metadata={"nbgrader": {"grade_id": "sigmoid"}}))
    names = [cell.cell_id for cell in parsed(handed, gates).cells]
    assert max(map(len, names)) <= 64


# Formats


def old_format(handed):
    """The same notebook as format 3 has it."""
    cells = []
    for cell in handed.cells:
        cell = copy.deepcopy(cell)
        if cell["cell_type"] == "code":
            cell |= {"input": cell.pop("source").splitlines(keepends=True), "language": "python"}
        cells.append(cell)
    heading = {"cell_type": "heading", "level": 1, "source": ["Gates"], "metadata": {}}
    return {"nbformat": 3, "nbformat_minor": 0, "metadata": {}, "worksheets": [{"cells": [heading]}, {"cells": cells}]}


def test_format_3(handed, gates):
    submission = parsed(json.dumps(old_format(handed)).encode(), gates)
    assert submission.cells == parsed(handed, gates).cells
    assert submission.notes == (
        "Your notebook is not in the current format (version 4). Its cells could be read all the same.",
    )
    assert submission.instructor_notes == (
        "The notebook's format is 3 instead of 4; its cells were read all the same.",
    )


def test_what_nbformat_writes_as_format_3(handed, gates):
    notebook = nbformat.reads(handed.bytes(), as_version=4)
    old = nbformat.v3.writes_json(nbformat.v4.convert.downgrade(notebook)).encode()
    assert sources(parsed(old, gates)) == sources(parsed(handed, gates))


@pytest.mark.parametrize("minor", [0, 1, 2, 4, 99, None, "x"])
def test_any_minor_version_of_format_4(handed, gates, minor):
    plain = parsed(handed, gates)
    handed.content["nbformat_minor"] = minor
    assert parsed(handed, gates) == plain


@pytest.mark.parametrize("version", [5, 10**400, -1, float("nan"), "4", None, [], True])
def test_another_version_with_cells_as_in_format_4(handed, gates, version):
    plain = parsed(handed, gates)
    handed.content["nbformat"] = version
    submission = parse(handed.bytes().replace(b'"nbformat": 1' + b"0" * 400, b'"nbformat": 1' + b"0" * 9000), gates)
    assert submission.cells == plain.cells
    assert len(submission.notes) == 1


@pytest.mark.parametrize("missing", ["metadata", "nbformat_minor"])
def test_missing_fields_of_the_notebook(handed, gates, missing):
    plain = parsed(handed, gates)
    del handed.content[missing]
    assert parsed(handed, gates) == plain


@pytest.mark.parametrize("missing", ["outputs", "execution_count", "id"])
def test_missing_fields_of_cells(handed, gates, missing):
    plain = parsed(handed, gates)
    for cell in handed.cells:
        cell.pop(missing, None)
    assert sources(parsed(handed, gates)) == sources(plain)


def test_a_cell_that_does_not_say_its_type(handed, gates):
    plain = parsed(handed, gates)
    del handed["sigmoid"]["cell_type"]
    assert parsed(handed, gates) == plain


@pytest.mark.parametrize("source", [["a = 1\n", "b = 2"], "a = 1\nb = 2"])
def test_a_source_is_a_string_or_a_list_of_lines(handed, gates, source):
    handed.cells.append(code(source))
    assert parsed(handed, gates).cells[-1].source == "a = 1\nb = 2"


@pytest.mark.parametrize("source", [7, None, {"a": 1}, [1, 2], [["a = 1"]], True])
def test_a_source_of_another_type_is_left_out(handed, gates, source):
    plain = parsed(handed, gates)
    handed.cells.append(code(source))
    submission = parsed(handed, gates)
    assert submission.cells == plain.cells
    assert submission.notes == ("Some cells of your notebook are damaged. They were left out.",)


@pytest.mark.parametrize("cell", [None, 7, "code", [], {}, {"cell_type": 7}, {"cell_type": ["code"], "source": "x"}])
def test_entries_that_are_no_cells_are_left_out(handed, gates, cell):
    plain = parsed(handed, gates)
    handed.cells.insert(1, cell)
    submission = parse(json.dumps(handed.content).encode(), gates)
    assert submission.cells == plain.cells
    assert "damaged" in submission.notes[0]


def test_characters_that_no_code_can_hold(handed, gates):
    handed.cells.append(code("a\0 = '\ud800'  # \U0001f600"))
    submission = parsed(handed, gates)
    assert submission.cells[-1].source == "a = '?'  # \U0001f600"
    assert "characters that no Python code can hold" in submission.notes[0]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "utf-32"])
def test_other_encodings(handed, gates, encoding):
    handed.cells.append(code("# é ∂"))
    plain = parsed(handed, gates)
    assert parsed(json.dumps(handed.content, ensure_ascii=False).encode(encoding), gates) == plain


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_bytes_that_are_not_utf_8(handed, gates, mark):
    handed.cells.append(code("# caf\N{LATIN SMALL LETTER E WITH ACUTE}"))
    submission = parsed(mark + json.dumps(handed.content, ensure_ascii=False).encode("latin-1", "replace"), gates)
    assert submission.cells[-1].source == "# caf\N{REPLACEMENT CHARACTER}"
    assert submission.instructor_notes == ("Bytes that are not UTF-8 were replaced.",)


def test_of_a_key_given_twice_the_last_counts_as_in_jupyter(handed, gates):
    data = b'{"cells": [], ' + handed.bytes()[1:]
    assert parsed(data, gates) == parsed(handed, gates)


# Files that are no notebooks


@pytest.mark.parametrize("data", [b"", b" \n\t "])
def test_an_empty_file(gates, data):
    rejected(data, gates, "is empty")


@pytest.mark.parametrize("data", [b"null", b"[]", b"7", b'"cells"', b"NaN", b"true"])
def test_json_that_is_no_object(gates, data):
    rejected(data, gates, "although it is JSON")


@pytest.mark.parametrize(
    "data",
    [
        b"{}",
        b'{"cells": {}}',
        b'{"cells": null, "worksheets": null}',
        b'{"worksheets": [1, {"cells": 7}]}',
        b'{"nbformat": 9, "content": []}',
    ],
)
def test_json_without_cells(gates, data):
    rejected(data, gates, "no list of cells")


@pytest.mark.parametrize(
    "data", [b"def sigmoid(x): pass", b'{"cells": [,]}', b"\x7fELF\0\0\xff\xfe", b"\0" * 1000, b'{"cells": []}}']
)
def test_malformed_json(gates, data):
    rejected(data, gates, "damaged at line 1, column")


def test_an_interrupted_upload(handed, gates):
    data = handed.bytes()
    for end in (1, len(data) // 2, data.index(b'"source": "') + 15, len(data) - 1):
        rejected(data[:end], gates, "ends in the middle")


def test_a_web_page_for_a_notebook(gates):
    rejected(b"\n<!DOCTYPE html><html><script>alert(1)</script>", gates, "a web page")


def test_an_unresolved_merge_conflict(handed, gates):
    data = json.dumps(handed.content, indent=1).encode()
    half = data.index(b"\n", len(data) // 2)
    rejected(data[:half] + b"\n<<<<<<< HEAD\n=======\n>>>>>>> mine" + data[half:], gates, "merge conflict")


@pytest.mark.parametrize("opening", [b"[", b'{"a":', b'{"cells": [', b'[{"metadata":'])
def test_deeply_nested_json(gates, opening):
    rejected(opening * 100_000, gates, "nested too deeply")


def test_deep_nesting_that_can_just_be_read(handed, gates):
    deep = b"[" * 900 + b"]" * 900
    data = b'{"deep": ' + deep + b", " + handed.bytes()[1:]
    data = data.replace(b'"points": 2', b'"points": ' + deep)
    assert parsed(data, gates).cells == parsed(handed, gates).cells


@pytest.mark.parametrize("number", [b"NaN", b"-Infinity", b"1e999999", b"9" * 10_000, b"1e-999999", b"-0"])
def test_odd_numbers(handed, gates, number):
    data = b'{"odd": ' + number + b", " + handed.bytes()[1:]
    assert parsed(data.replace(b'"points": 2', b'"points": ' + number), gates).cells == parsed(handed, gates).cells


def test_a_huge_number_is_read_fast(gates):
    start = time.process_time()
    rejected(b"9" * 5_000_000, gates, "although it is JSON")
    assert time.process_time() - start < 2


@pytest.mark.parametrize("values", [b"[],", b"{},", b"0,", b'"",'])
def test_more_json_than_fits_is_not_parsed(gates, values):
    data = b'{"cells": [' + values * 3_000_000 + b"0]}"
    start = time.process_time()
    rejected(data, gates, "too much data", "Clear the notebook's outputs")
    assert time.process_time() - start < 2


def test_long_text_in_outputs_is_no_such_data(handed, gates):
    plain = parsed(handed, gates)
    text = r"[1, 2, \"{,\\\\"
    handed["test_sigmoid"]["outputs"] = [{"output_type": "stream", "name": "stdout", "text": "TEXT"}]
    data = handed.bytes().replace(b"TEXT", text.encode() * 700_000)
    assert parsed(data, gates) == plain


def test_too_many_cells(gates):
    rejected(json.dumps({"cells": [code("x")] * (MAX_CELLS + 1)}).encode(), gates, "2,001 cells, more than the 2,000")


def test_too_much_code(gates):
    rejected(json.dumps({"cells": [code("x" * MAX_SOURCE), code("y")]}).encode(), gates, "1,048,577 characters")


def test_as_much_as_is_allowed(gates):
    cells = [code("x" * (MAX_SOURCE // MAX_CELLS), metadata={"nbgrader": {"grade_id": "sigmoid"}})] * MAX_CELLS
    start = time.process_time()
    assert len(parsed(json.dumps({"cells": cells, "nbformat": 4}).encode(), gates).cells) == 2 + MAX_CELLS  # given ones
    assert time.process_time() - start < 2


@pytest.mark.parametrize(
    "source", [" " * 500_000, "\n" * 500_000, "sigmoid " * 60_000, "def " * 100_000, "from " * 100_000]
)
def test_sources_that_are_slow_to_search(handed, gates, source):
    handed.cells.append(code(source))
    start = time.process_time()
    parsed(handed, gates)
    assert time.process_time() - start < 1


# Anything at all


def spoiled(data, dice):
    """The bytes with a few of them changed, taken out, put in, repeated or cut off."""
    data = bytearray(data)
    for _ in range(dice.randint(1, 8)):
        at = dice.randrange(len(data))
        to = at + dice.randint(1, 40)
        how = dice.randrange(5)
        if how == 0:
            data[at] = dice.randrange(256)
        elif how == 1:
            del data[at:to]
        elif how == 2:
            data[at:at] = dice.choice(
                [b"null", b"[", b"]", b"{", b'"', b"\\ud800", b"\\u0000", b"1e999", b",", b"\xff"]
            )
        elif how == 3:
            data[at:at] = data[at:to]
        elif dice.random() < 0.2:
            del data[at + 1 :]
    return bytes(data)


def test_spoiled_bytes_never_raise(handed, gates):
    dice, good = random.Random(20261121), handed.bytes()
    start = time.process_time()
    statuses = []
    for _ in range(500):
        submission = parse(spoiled(good, dice), gates)
        assert isinstance(submission, Submission)
        "".join([*sources(submission), *submission.notes, *submission.instructor_notes]).encode()
        statuses.append(submission.status)
    assert set(statuses) == {None, "rejected"}
    assert time.process_time() - start < 10


SCRAPS = [None, True, 0, -1, 1e308, float("nan"), "", "code", "x\0\ud800", [], {}, [[]], ["a", 1], {"a": None}]


def replaced(content, dice):
    """The document with one value somewhere in it replaced by a scrap."""
    if not isinstance(content, dict | list) or not content or dice.random() < 0.15:
        return dice.choice(SCRAPS)
    key = dice.choice(list(content)) if isinstance(content, dict) else dice.randrange(len(content))
    content = copy.copy(content)
    content[key] = replaced(content[key], dice)
    return content


def test_spoiled_values_never_raise(handed, gates):
    dice = random.Random(20261122)
    plain = json.loads(handed.bytes())
    for _ in range(400):
        content = plain
        for _ in range(dice.randint(1, 6)):
            content = replaced(content, dice)
        submission = parse(json.dumps(content).encode(), gates)
        assert isinstance(submission, Submission)
        assert submission.status in (None, "rejected")
