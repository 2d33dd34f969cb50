"""Text that others wrote, made fit to be shown."""

import pytest

from lstmbook.text import printable


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("plain, with\ttab and\nline, ünïcode ✓", "plain, with\ttab and\nline, ünïcode ✓"),
        ("\x1b[1;31mred\x1b[0m", "red"),
        ("50%\r100%\r\n", "50%\n100%\n"),
        ("a\0b\x07\x7f\x85", "a␀b␇␡⟨U+0085⟩"),
        ("anna\u202egnp.exe", "anna⟨U+202E⟩gnp.exe"),
        ("\ud800", "⟨U+D800⟩"),
    ],
)
def test_nothing_is_hidden_in_printable_text(text, shown):
    assert printable(text) == shown
