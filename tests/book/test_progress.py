"""Progress through the course, as the reader's own browser remembers it."""

CHAPTER = "book/chapters/04-forget-gate.html"


def test_a_chapter_that_was_read_to_its_end_is_marked_and_the_start_page_goes_on(site, new_page):
    page = new_page()
    page.goto(f"{site}/{CHAPTER}")
    assert page.locator("nav.bd-links a.read").count() == 0  # opened is not read
    page.locator(".prev-next-area").scroll_into_view_if_needed()
    page.wait_for_selector("nav.bd-links a.read")

    page.goto(f"{site}/book/index.html")
    [marked] = page.locator("nav.bd-links a.read").all()
    assert marked.text_content() == "4 · The forget gate (read)"
    assert page.locator(".go-on a").text_content().startswith("5 · ")
    assert page.locator(".go-on a").get_attribute("href").endswith("05-input-gate.html")

    page.get_by_role("button", name="Begin anew").click()
    assert page.locator("a.read, .go-on button").count() == 0
    page.reload()
    assert page.locator("a.read, .go-on button").count() == 0


def test_another_browser_knows_nothing_of_it(site, new_page):
    page = new_page()
    page.goto(f"{site}/book/index.html")
    assert page.locator("a.read, .go-on button").count() == 0
    assert "1 · Why memory" in page.locator(".go-on").text_content().replace("\N{NO-BREAK SPACE}", " ")
