"""The published pages, as a reader meets them in a browser."""


def test_the_site_opens_on_its_start_page(site, page):
    page.goto(f"{site}/index.html")
    page.wait_for_url(f"{site}/book/index.html")
    assert "LSTM" in page.locator("h1").first.inner_text()
