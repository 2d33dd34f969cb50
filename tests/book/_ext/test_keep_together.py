"""What belongs together stays on one line."""

from keep_together import join


def test_a_number_keeps_its_per_cent_sign_and_a_chapter_its_title():
    assert join("62 % of 4 · The forget gate") == "62\xa0% of 4\xa0·\xa0The forget gate"
    assert join("a % b, x · y, 3 of 4") == "a % b, x · y, 3 of 4"
