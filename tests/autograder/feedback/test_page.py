"""Feedback pages: what they say, what they never say, and that nothing in them is alive."""

import re
from dataclasses import replace
from html.parser import HTMLParser

import pytest

from autograder import verdict as verdicts
from autograder.errors import UserError
from autograder.feedback import page, wording, write
from autograder.limits import LIMITS
from lstmbook.resultpage import TEMPLATES, chapter
from tests.autograder.feedback.examples import BPTT, EXAMPLES, GATES, HOSTILE, gradients, hostile, mixed, perfect, whole


class Read(HTMLParser):
    """The tags of a page with their attributes, and its text."""

    def __init__(self, html):
        super().__init__(convert_charrefs=True)
        self.tags, self.text = [], ""
        self.feed(html)
        self.close()
        self.text = re.sub(r"\s+", " ", self.text)

    def handle_starttag(self, tag, attributes):
        self.tags.append((tag, attributes))
        self.text += " " if tag in ("td", "th", "tr") else ""

    def handle_data(self, data):
        if self.tags and self.tags[-1][0] != "style":
            self.text += data

    def values(self, tag, name):
        return [dict(attributes)[name] for found, attributes in self.tags if found == tag and name in dict(attributes)]


@pytest.fixture(scope="module")
def pages():
    return {name: page(*example) for name, example in EXAMPLES.items()}


@pytest.fixture(params=EXAMPLES)
def html(request, pages):
    return pages[request.param]


def test_a_page_stands_alone_and_runs_nothing(html):
    read = Read(html)
    tags = {tag for tag, _ in read.tags}
    assert not tags & {"script", "link", "iframe", "object", "embed", "img", "form", "base", "video", "audio"}
    names = {name for _, attributes in read.tags for name, _ in attributes}
    assert not [
        name for name in names if name.startswith("on") or name in ("src", "srcdoc", "srcset", "action", "xlink:href")
    ]
    assert all(href.startswith("#") for href in read.values("a", "href"))
    assert all(href.startswith("#icon-") for href in read.values("use", "href"))
    assert read.values("meta", "content")[0] == "default-src 'none'; style-src 'unsafe-inline'; img-src data:"
    assert "url(" not in html and "@import" not in html


def test_a_page_is_in_order_for_a_screen_reader(html):
    read = Read(html)
    tags = [tag for tag, _ in read.tags]
    assert read.values("html", "lang") == ["en"]
    assert [tags.count(tag) for tag in ("title", "header", "main", "footer", "h1")] == [1] * 5
    levels = [int(tag[1]) for tag in tags if re.fullmatch("h[1-6]", tag)]
    assert all(lower - upper <= 1 for upper, lower in zip(levels, levels[1:], strict=False))
    ids = [dict(attributes)["id"] for _, attributes in read.tags if "id" in dict(attributes)]
    assert len(ids) == len(set(ids))
    pointed = {href[1:] for href in read.values("a", "href") + read.values("use", "href") if href.startswith("#")}
    labelled = {
        dict(attributes)["aria-labelledby"] for _, attributes in read.tags if "aria-labelledby" in dict(attributes)
    }
    assert pointed | labelled <= set(ids)
    assert all(dict(attributes).get("scope") for tag, attributes in read.tags if tag == "th")
    assert all(dict(attributes).get("aria-hidden") for tag, attributes in read.tags if tag == "svg")


def test_what_a_student_wrote_is_text_and_nothing_else():
    """The page with hostile texts has the very tags of the page with harmless ones."""
    harmless = Read(re.sub("HARMLESS", "x", page(plain(hostile(), "HARMLESS"), GATES)))
    live = Read(page(hostile(), GATES))
    assert [(tag, [name for name, _ in attributes]) for tag, attributes in live.tags] == [
        (tag, [name for name, _ in attributes]) for tag, attributes in harmless.tags
    ]
    assert [attributes for _, attributes in live.tags] == [attributes for _, attributes in harmless.tags]
    assert "<script>alert(1)</script><img src=x onerror=alert(1)>\"' onmouseover=alert(1) {{ 7*7 }}" in live.text


def plain(value, text):
    """A verdict with another text in the place of each hostile one."""
    if isinstance(value, str):
        return value.replace(HOSTILE, text)
    if isinstance(value, tuple):
        return tuple(plain(item, text) for item in value)
    if hasattr(value, "__dataclass_fields__"):
        return replace(value, **{name: plain(getattr(value, name), text) for name in value.__dataclass_fields__})
    return value


def test_nothing_on_a_page_is_hidden(html):
    html.encode("utf-8")
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]", html)


def test_a_page_says_nothing_that_is_the_instructors(pages):
    secret = page(replace(mixed(), seed=99887766554433, instructor_notes=("CANARY-OTHER",)), GATES)
    assert secret == pages["mixed"]
    assert "99887766554433" not in secret
    assert not any("CANARY" in html or str(EXAMPLES[name][0].seed or "CANARY") in html for name, html in pages.items())


def test_a_page_has_a_bounded_size(html):
    assert len(html.encode()) <= LIMITS.page_bytes


def test_what_is_cut_is_said(pages):
    text = Read(pages["enormous"]).text
    assert re.search(r"… \(cut: [\d,]{7,} more characters\)", text)
    assert re.search(r"And \d+ more, not shown\.", text)


def test_a_mixed_result_says_what_passed_what_did_not_and_where():
    text = Read(page(mixed(), GATES)).text
    score = f"{mixed().score:.2f}".rstrip("0")
    for said in (
        "Feedback for müller-2",
        f"{GATES.title} {score} of {mixed().max_score:g} points A good start: 1 of 7 functions is right.",
        "The written answer (2 points) is read and graded by a person; it is not in this number.",
        "There are two cells for forget_gate; the last one counts.",
        "Values a batch i i is wrong at index [0, 0]: you returned 0.731059, which is off by 0.0214.",
        "One mark per entry: a dot is right; a square is off, the larger the further. Right throughout: column 2.",
        "Likely mistake Your result is what comes out when x stands before h_prev.",
        "To read again: chapter 5, input gate",
        "2 of 4 parts right not right one example not right a batch right a batch of one right extreme pre-activations",
        "Took too long",
        "It ran for longer than 10 s of CPU time, the limit for a check, and was stopped.",
        "Cell scratch-3: ValueError: matmul: Input operand 1 has a mismatch",
        "Warnings RuntimeWarning: overflow encountered in exp",
    ):
        assert said in text, said


def test_parts_of_several_cases_and_outputs_stand_in_a_table():
    read = Read(page(gradients(), BPTT))
    head = (
        "one example a batch a batch of one the last step: dc is zero no loss on h: dh is zero large upstream gradients"
    )
    assert f"74 of 88 parts right output {head} saturated gates asked again dx{8 * ' right'} dh_prev" in read.text
    assert f"grads['W_f'] right{7 * ' not right'} grads['b_f']" in read.text


def test_nothing_handed_in_is_said_once():
    text = Read(page(whole("missing", "max"), GATES)).text
    assert "No notebook came in for this exercise" in text
    assert "Function by function" not in text and "written answer" not in text


def test_chapters_are_links_where_the_book_is_published():
    with_link = Read(page(gradients(), BPTT, "https://book.example/lstm/"))
    address = "https://book.example/lstm/book/chapters/10-back-through-one-cell.html"
    assert f"{address}#weights" in with_link.values("a", "href") and address in with_link.values("a", "href")
    without = Read(page(gradients(), BPTT))
    assert not [href for href in without.values("a", "href") if not href.startswith("#")]
    assert "To read again: chapter 10, back through one cell: weights" in without.text
    assert chapter("chapters/05-input-gate#equation-eq-input") == {"name": "a formula in chapter 5, input gate", "href": ""}


@pytest.mark.parametrize("link", ["javascript:alert(1)", "//evil.example/x", "../../x", "chapters/x?y", "a b", '"><b>'])
def test_what_is_no_page_of_the_book_is_no_link(link):
    first = perfect().checks[0]
    finding = verdicts.Finding("values", "off", link=link)
    verdict = replace(perfect(), checks=(replace(first, findings=(finding,)),))
    assert page(verdict, GATES, "https://book.example").count("https://book.example") == 0


def test_every_status_and_kind_of_finding_has_words():
    assert tuple(wording.STATUSES) == tuple(wording.EXPLANATIONS) == verdicts.STATUSES
    icons = (TEMPLATES / "icons.svg").read_text()
    assert all(f'id="icon-{status}"' in icons for status in verdicts.STATUSES)
    kinds = set(re.search(r"is one of (.*?)\.", verdicts.Finding.__doc__, re.S)[1].replace("\n", " ").split(", "))
    assert {kind.strip() for kind in kinds} - {"note"} <= set(wording.FINDINGS)


def test_a_page_is_written_where_its_student_finds_it(tmp_path):
    path = write(tmp_path / "out", mixed(), GATES)
    assert path == tmp_path / "out" / "feedback" / "müller-2" / "gates.html"
    assert path.read_text(encoding="utf-8") == page(mixed(), GATES)
    assert [found.name for found in path.parent.iterdir()] == ["gates.html"]


@pytest.mark.parametrize("student", ["../../escaped", "..", "/etc", "", "\ud800\0", "a" * 300, HOSTILE])
def test_a_hostile_id_stays_in_its_place(tmp_path, student):
    path = write(tmp_path / "out", perfect(student), GATES)
    assert path.parent.parent == tmp_path / "out" / "feedback"
    assert [found.name for found in tmp_path.iterdir()] == ["out"] and path.is_file()


def test_links_are_not_followed(tmp_path):
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere" / "gates.html").write_text("untouched")
    feedback = tmp_path / "feedback"
    (feedback / "anna").mkdir(parents=True)
    (feedback / "anna" / "gates.html").symlink_to(tmp_path / "elsewhere" / "gates.html")
    assert "anna" in write(tmp_path, perfect("anna"), GATES).read_text()
    (feedback / "ben").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(UserError, match="ben is a symbolic link"):
        write(tmp_path, perfect("ben"), GATES)
    assert (tmp_path / "elsewhere" / "gates.html").read_text() == "untouched"


def test_a_folder_that_cannot_be_made_is_said(tmp_path):
    (tmp_path / "feedback").write_text("a file")
    with pytest.raises(UserError, match="cannot make the folder .*feedback: File exists"):
        write(tmp_path, perfect(), GATES)


TEXT_ON = {
    "--page": ("--text", "--quiet", "--link", "--good", "--part", "--bad"),
    "--card": ("--text", "--quiet", "--link", "--good", "--part", "--bad"),
    "--soft": ("--text", "--quiet"),
    "--hint-soft": ("--text", "--hint", "--link"),
    "--good-soft": ("--text", "--good"),
    "--bad-soft": ("--text", "--bad"),
}


@pytest.mark.parametrize("mode", ["light", "dark"])
def test_text_has_enough_contrast(mode):
    light, dark = re.findall(r":root \{(.*?)\}", (TEMPLATES / "page.css").read_text(), re.S)
    colours = dict(re.findall(r"(--[\w-]+): (#[0-9a-f]{6})", light if mode == "light" else dark))
    for ground, texts in TEXT_ON.items():
        for text in texts:
            assert contrast(colours[text], colours[ground]) >= 4.5, (text, ground)


def contrast(first, second):
    """WCAG 2's contrast ratio of two colours."""

    def luminance(colour):
        channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
        linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    lighter, darker = sorted((luminance(first), luminance(second)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)
