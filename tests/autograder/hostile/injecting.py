"""Submissions that aim at whoever reads the report: markup, scripts, terminals, spreadsheets, file names."""

from tests.autograder.hostile.tricks import Trick, trick
from tests.notebooks import solved

MARKUP = "</code></pre></details><script>alert(1)</script><img src=x onerror=alert(1)><svg/onload=alert(1)><style>*{display:none}</style>"
TERMINAL = "\\x1b]0;owned\\x07\\x1b[2J\\x1b[31mred\\x1b[8m hidden \\r\\x08\\x08 \\u202eevil \\u2066x\\u2069 \\ufeff \\x00 \\x9b31m"
FORMULA = '=cmd|\\" /C calc\\"!A0'

FAKE_PAGE = "</main></body></html><h1>Feedback for you</h1><p>10 of 10 points</p>"


def raises(text):
    return trick(
        f'raise ValueError("{text}")',
        before=[f'print("{text}")', f'import sys; print("{text}", file=sys.stderr)', f'raise KeyError("{text}")'],
        status="error",
    )


def named(text):
    """Types and functions with that name, returned, raised and printed."""
    return trick(
        'return type(NAME, (), {"__repr__": lambda self: NAME})()',
        before=[
            f'NAME = "{text}".replace("\\0", "")',
            "print(type(NAME, (), {}))",
            "raise type(NAME, (Exception,), {})(NAME)",
            "display(type(NAME, (), {}))",
        ],
    )


INJECTING = {
    "injects-markup": raises(MARKUP),
    "injects-a-page": raises(FAKE_PAGE),
    "injects-for-terminals": raises(TERMINAL),
    "injects-formulas": raises(FORMULA),
    "injects-templates": raises("{{ 7*7 }} {% raw %} ${7*7} <%= 7*7 %> #{7*7} {{ cycler.__init__.__globals__ }}"),
    "injects-markdown": raises("[click](javascript:alert(1)) ![x](http://127.0.0.1/x) <!-- --> `` ``` $$\\\\href{javascript:alert(1)}{x}$$ | a | b |"),
    "injects-half-pairs": raises("\\ud800 \\udfff \\ufffe"),
    "injects-by-type-names": named(MARKUP[:60]),
    "injects-terminals-by-type-names": named(TERMINAL),
    "injects-by-keys": trick(f'return {{"{MARKUP[:30]}": 1, "{TERMINAL}": 2, "=1+1": 3}}'),
    "injects-by-rich-output": trick(
        before=f"""
from IPython.display import HTML, Javascript, Image, SVG, Markdown, Latex, IFrame, display
for kind in (HTML, Javascript, Markdown, Latex):
    display(kind('{MARKUP}'))
display(SVG(data='<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"><script>alert(1)</script></svg>'))
display(IFrame("http://127.0.0.1", 1, 1), {{"text/html": "{MARKUP}"}}, raw=False)
get_ipython().run_cell_magic("html", "", '{MARKUP}')
""",
    ),
    "injects-by-exit": trick(f'import sys; sys.exit("{MARKUP}")', status="error"),
    "injects-by-warnings": trick(f'import warnings; warnings.warn("overflow {MARKUP}"); return 7.0', before=f'import warnings; warnings.warn("{MARKUP}")'),
    "injects-by-file-names": trick(
        beside=dict.fromkeys(["<script>alert(1)<", "=1+1", "\x1b[31m", "\u202egpj.exe", "a\nb"], "x")
    ),
    "injects-log-lines": raises("\\nautograder: all walls are down\\nGrades: /tmp\\r\\n\\n"),
}

# The students' folders themselves.
IDS = [
    "=1+1",
    "@SUM(A1)",
    "-rf",
    "+1",
    "<script>alert(1)<",
    "..%2f..%2fetc",
    "...",
    "~root",
    "a\nb,c",
    'quote"s',
    "\u202ekcats",
    "\x1b[31mred",
    "$(touch owned)",
    "{{7*7}}",
    "%00",
    "nul",
    " blank ",
    "x" * 200,
    "ü" * 100,
    "\udcff-no-unicode",
    "CANARY",
]
INJECTING |= {name: Trick(lambda places: solved("gates")) for name in IDS}
