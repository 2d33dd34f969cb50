"""Students' ids: themselves when they are ordinary, harmless and still distinct when they are not."""

import re

import pytest

from autograder.student_id import MAX_BYTES, MAX_CHARACTERS, safe_id

ORDINARY = [
    "anna",
    "müller-2",
    "7",
    "s1234567",
    "o'brien, pat",
    "anna@uni.example",
    "李小龙",
    "Ana María",
    "_x",
    "e\u0301va",
    "a=b",
]
HOSTILE = [
    "",
    ".",
    "..",
    "...",
    "../../etc/passwd",
    "a/b",
    "a\\b",
    "C:",
    "-rf",
    "--help",
    "=1+1",
    "=cmd|'/c calc'!A1",
    "+1",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    " =1",
    "＝1+1",
    "<script>alert(1)</script>",
    "a\nb",
    'a"b',
    "a\0b",
    "nul\x00",
    "\x1b[31m",
    "anna\u202egnp.exe",
    "\udce9t\udce9",
    "anna ",
    "anna.",
    " anna",
    "%",
    "%2E",
    "a&b",
    "x" * 129,
    "x" * 130,
    "x" * 5000,
    "字" * 100,
    "/" * 200,
]


@pytest.mark.parametrize("student", ORDINARY)
def test_an_ordinary_id_is_itself(student):
    assert safe_id(student) == student


@pytest.mark.parametrize("student", HOSTILE)
def test_a_hostile_id_becomes_harmless(student):
    safe = safe_id(student)
    assert safe != student
    assert safe not in (".", "..") and not re.search(r"[/\\:*?\"<>|&\x00-\x1f\x7f\ud800-\udfff\u202e]", safe)
    assert not re.match(r"[-=+@＝\s.]", safe) and not re.search(r"[. ]$", safe)
    assert 0 < len(safe) <= MAX_CHARACTERS and len(safe.encode()) <= MAX_BYTES


def test_two_ids_never_get_the_same_form():
    ids = {*ORDINARY, *HOSTILE, *map(safe_id, HOSTILE)}
    assert len({safe_id(student) for student in ids}) == len(ids)
