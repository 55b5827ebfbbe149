"""Chromium as the table the drawings are made on."""

import base64
import functools
import shutil

from playwright.sync_api import sync_playwright

from demo_media.constants import FONTS, HEIGHT, WIDTH


def page_source():
    def face(family, file):
        data = base64.b64encode((FONTS / file).read_bytes()).decode()
        url = f"data:font/woff2;base64,{data}"
        return f'@font-face{{font-family:{family};font-weight:200 900;src:url({url}) format("woff2")}}'

    fonts = face("ui", "atkinson-hyperlegible-next-latin-wght-normal.woff2")
    fonts += face("story", "literata-latin-wght-normal.woff2")
    twill = (
        '<pattern id="twill" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">'
        '<rect width="2.4" height="6" fill="#fff" fill-opacity=".3"/></pattern>'
    )
    return (
        f"<!doctype html><style>{fonts}body{{margin:0}}svg{{display:block}}</style>"
        f'<svg width="{WIDTH}" height="{HEIGHT}" viewBox="0 0 {WIDTH} {HEIGHT}">'
        f'<defs>{twill}</defs><g id="g"></g></svg>'
    )


class Screen:
    """Chromium as a drawing table: an SVG in, a PNG of twice the size out."""

    def __enter__(self):
        self.playwright = sync_playwright().start()
        self.browser = self.playwright.chromium.launch(executable_path=shutil.which("chromium"))
        size = {"width": WIDTH, "height": HEIGHT}
        self.page = self.browser.new_page(viewport=size, device_scale_factor=2)
        self.page.set_content(page_source())
        self.page.evaluate(
            "Promise.all(['500 20px story', '400 20px ui', '700 20px ui'].map(f => document.fonts.load(f)))"
        )
        return self

    def __exit__(self, *_error):
        self.browser.close()
        self.playwright.stop()

    @functools.lru_cache(maxsize=1)  # noqa: B019  # a still moment is drawn once
    def shot(self, svg):
        self.page.evaluate("svg => { document.getElementById('g').innerHTML = svg }", svg)
        return self.page.screenshot(type="png")
