"""The picture of where an array is off."""

import xml.etree.ElementTree as ElementTree

import numpy as np
import pytest

from autograder.feedback.picture import MAX_COLUMNS, MAX_ROWS, describe, entries, svg, tells


def test_marks_grow_with_the_difference_next_to_the_worst_one():
    difference = np.array([[0, 1e-9, -0.05], [2.0, np.nan, -0.5]])
    assert entries(difference != 0, difference) == ("012", "3n3")
    assert entries(difference != 0, 1e6 * difference) == ("012", "3n3")


def test_without_differences_a_mark_says_only_that_an_entry_is_off():
    assert entries(np.array([[True, False], [False, True]])) == ("30", "03")


@pytest.mark.parametrize(
    ("shape", "rows"), [((), 1), ((3,), 1), ((2, 3), 2), ((4, 2, 3), 8), ((50, 60), MAX_ROWS), ((1, 1), 1)]
)
def test_any_shape_is_drawn_as_rows_of_its_last_axis(shape, rows):
    drawn = entries(np.ones(shape, dtype=bool), np.ones(shape))
    assert len(drawn) == rows
    assert {len(row) for row in drawn} == {min(shape[-1] if shape else 1, MAX_COLUMNS)}


def test_nothing_but_numbers_that_are_none():
    assert entries(np.array([True, True]), np.array([np.nan, np.inf])) == ("nn",)


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        (("033", "033"), "One mark per entry: a dot is right; a square is off. Right throughout: column 0."),
        (
            ("000", "123"),
            "One mark per entry: a dot is right; a square is off, the larger the further. Right throughout: row 0.",
        ),
        (
            ("n0000", "n0300"),
            "One mark per entry: a dot is right; a square is off; a cross is no number. "
            "Right throughout: columns 1, 3–4.",
        ),
        (("3",), "One mark per entry: a square is off."),
        (
            ("3" * MAX_COLUMNS,),
            f"One mark per entry: a square is off. At most {MAX_ROWS} rows and {MAX_COLUMNS} columns are drawn.",
        ),
    ],
)
def test_the_picture_in_words(rows, said):
    assert describe(rows) == said


@pytest.mark.parametrize(("rows", "more"), [((), False), (("33", "13"), False), (("30",), True), (("3n",), True)])
def test_a_picture_is_drawn_where_it_says_more_than_that_all_is_off(rows, more):
    assert tells(rows) is more


def test_every_entry_is_drawn_once():
    picture = ElementTree.fromstring(svg(("012", "3n0")))
    marks = {path.get("class"): path.get("d").count("M") for path in picture}
    assert marks == {"right": 2, "off": 3, "none": 1}
    assert picture.get("viewBox") == "0 0 36 24"
