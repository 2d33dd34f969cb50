"""Markup that is mended for those who listen."""

import accessible


def test_a_table_names_its_rows_and_its_formulas():
    tex = '<annotation encoding="tex">\\output{h_t}</annotation>'
    formula = f'<p><span class="math"><math xmlns="m">{tex}</math></span></p>'
    table = (
        f'<table><thead><tr><th class="head"><p></p></th><th class="head">{formula}</th></tr></thead>'
        "<tbody><tr><td><p>unit 1</p></td><td>2</td></tr><tr><td><p></p></td><td>3</td></tr></tbody></table>"
    )
    mended = accessible.TABLE.sub(accessible.mend_table, table)
    assert '<tr><td></td><th class="head"><p><span class="math"><math aria-label="h_t" xmlns="m">' in mended
    assert '<tr><th scope="row"><p>unit 1</p></th><td>2</td></tr>' in mended
    assert "<tr><td><p></p></td><td>3</td></tr>" in mended  # nothing to be called by
    plain = table.replace("<p></p>", "<p>where</p>")
    assert '<tr><td><p>unit 1</p></td><td>2</td></tr>' in accessible.TABLE.sub(accessible.mend_table, plain)
