"""The page in a browser: what it asks for, what it complains of, who can read it, and how it prints.

Chromium and its driver come from the distribution (`apt-get install chromium chromium-driver`), Selenium from the extra
`browser`, axe-core from npm: TESTS_AXE names its `axe.min.js`. What is missing skips; TESTS_REQUIRE_BROWSER=1
makes that a failure.
"""

import base64
import json
import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import pytest

from rmccomply.report import Style
from rmccomply.words import SEVERITIES
from tests.cli.running import Program
from tests.formats.awkward import write

REQUIRED: Final = os.environ.get("TESTS_REQUIRE_BROWSER") == "1"
AXE: Final = os.environ.get("TESTS_AXE", "")
CHROMIUM, DRIVER = shutil.which("chromium") or "", shutil.which("chromedriver") or ""
PAGES: Final = ("one", "several", "awkward", "grouped")
SCHEMES: Final = ("light", "dark")
SENT: Final = ("Network.requestWillBeSent", "Network.webSocketCreated")
RUN_AXE: Final = (
    "axe.run({resultTypes: ['violations']}).then(r => arguments[0](r.violations), e => arguments[0](`${e}`))"
)
FOLDED: Final = """return [...document.querySelectorAll("details:not([open]) p")]
    .filter(one => one.checkVisibility({contentVisibilityAuto: true})).length"""
"""How much can be seen of what is folded."""
NOW: Final = "2026-11-30T03:00:00Z"


def missing(what: str) -> None:
    """Skip, or fail where it was promised."""
    if REQUIRED:
        pytest.fail(f"{what} is not here, and TESTS_REQUIRE_BROWSER=1 promises it")
    pytest.skip(f"{what} is not here")


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    """Chromium without a window, which tells every request and every message."""
    if not CHROMIUM or not DRIVER:
        missing("chromium with chromedriver")
    try:
        from selenium import webdriver
    except ImportError:
        missing("selenium")
    options = webdriver.ChromeOptions()
    options.binary_location = CHROMIUM
    for argument in ("--headless=new", "--no-sandbox", "--disable-gpu", "--hide-scrollbars"):
        options.add_argument(argument)
    options.set_capability("goog:loggingPrefs", {"performance": "ALL", "browser": "ALL"})
    made = webdriver.Chrome(options=options, service=webdriver.ChromeService(DRIVER))
    yield made
    made.quit()


@pytest.fixture
def page(program: Program, tmp_path: Path, request: pytest.FixtureRequest) -> Path:
    """A page by its name."""
    inputs = {"one": ["examples/borealis-app2.rmcc"], "several": ["examples"], "grouped": ["examples"]}
    path, name = tmp_path / "page.html", request.param
    if name == "awkward":
        path.write_text(write("html", Style(show="all")), "utf-8")
    else:
        more = ["--group-by", "wave"] if name == "grouped" else []
        program("check", *inputs[name], "--now", NOW, "-o", f"html={path}", *more)
    return path


def opened(browser: Any, page: Path, scheme: str = "light", width: int = 1280) -> Any:
    """The page in the browser, in one of its styles, at a width."""
    features = [{"name": "prefers-color-scheme", "value": scheme}]
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "", "features": features})
    size = {"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": False}
    browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
    for log in ("performance", "browser"):
        browser.get_log(log)
    browser.get(page.as_uri())
    return browser


def requests_of(browser: Any) -> set[str]:
    """Every address that was asked for since the page was opened."""
    events = (json.loads(entry["message"])["message"] for entry in browser.get_log("performance"))
    sent = (
        one["params"] for one in events if one["method"] in ("Network.requestWillBeSent", "Network.webSocketCreated")
    )
    return {(one.get("request") or one)["url"] for one in sent}


@pytest.mark.parametrize("page", PAGES, indirect=True)
def test_it_asks_for_nothing_and_complains_of_nothing(browser: Any, page: Path) -> None:
    for scheme in SCHEMES:
        opened(browser, page, scheme)
        assert requests_of(browser) - {"data:,"} == {page.as_uri()}
        assert browser.get_log("browser") == []


def test_a_request_and_a_breach_of_the_policy_would_be_seen(browser: Any, tmp_path: Path) -> None:
    broken, image = tmp_path / "broken.html", '<img src="http://127.0.0.1:9/x.png" style="color:red">'
    broken.write_text(write("html").replace("<main", f"{image}<main", 1), "utf-8")
    opened(browser, broken)
    told = [entry["message"] for entry in browser.get_log("browser")]
    assert any("img-src" in one for one in told)
    assert any("style-src" in one for one in told)
    broken.write_text(f"<!DOCTYPE html>{image}", "utf-8")
    opened(browser, broken)
    assert "http://127.0.0.1:9/x.png" in requests_of(browser)


@pytest.mark.parametrize("width", [1280, 360])
@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("page", PAGES, indirect=True)
def test_axe_finds_no_violation(browser: Any, page: Path, scheme: str, width: int) -> None:
    if not AXE:
        missing("TESTS_AXE, the axe.min.js of axe-core,")
    opened(browser, page, scheme, width)
    browser.execute_script("for (const one of document.querySelectorAll('details')) one.open = true")
    browser.execute_script(Path(AXE).read_text("utf-8"))
    found = browser.execute_async_script(RUN_AXE)
    assert [(one["id"], [node["html"] for node in one["nodes"]][:3]) for one in found] == []


def test_axe_would_find_one(browser: Any, tmp_path: Path) -> None:
    if not AXE:
        missing("TESTS_AXE, the axe.min.js of axe-core,")
    broken = tmp_path / "broken.html"
    broken.write_text(write("html").replace('lang="en"', "", 1), "utf-8")
    opened(browser, broken)
    browser.execute_script(Path(AXE).read_text("utf-8"))
    found = browser.execute_async_script(RUN_AXE)
    assert "html-has-lang" in [one["id"] for one in found]


def texts_of(node: dict[str, Any]) -> Iterator[str]:
    """The texts of a document, as the browser has it."""
    if node["nodeName"] == "#text":
        yield node["nodeValue"]
    for child in node.get("children", ()):
        yield from texts_of(child)


@pytest.mark.parametrize("page", ["several"], indirect=True)
def test_without_scripts_every_verdict_is_in_the_text(browser: Any, page: Path, program: Program) -> None:
    report = json.loads(program("check", "examples", "--now", NOW, "-o", "json").out)
    browser.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": True})
    try:
        opened(browser, page)
        root = browser.execute_cdp_cmd("DOM.getDocument", {"depth": -1})["root"]
    finally:
        browser.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": False})
    text = "".join(texts_of(root))
    assert len(report["findings"]) > 200
    for finding in report["findings"]:
        assert finding["rule"] in text
        assert finding["message"].replace("`", "") in text
    assert all(word in text for word in SEVERITIES)


@pytest.mark.parametrize("page", PAGES, indirect=True)
def test_nothing_is_wider_than_a_narrow_screen(browser: Any, page: Path) -> None:
    opened(browser, page, width=320)
    assert browser.execute_script("return document.documentElement.scrollWidth") <= 320


@pytest.mark.parametrize("page", ["several"], indirect=True)
def test_it_prints_with_all_that_is_folded(browser: Any, page: Path) -> None:
    opened(browser, page)
    assert browser.execute_script(FOLDED) == 0
    printed = browser.execute_cdp_cmd("Page.printToPDF", {"printBackground": True})
    pdf = base64.b64decode(printed["data"])
    assert pdf.startswith(b"%PDF-")
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "print"})
    assert browser.execute_script(FOLDED) > 20


def test_a_style_is_the_reader_s(browser: Any, tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    path.write_text(write("html"), "utf-8")
    background = "return getComputedStyle(document.body).backgroundColor"
    colors = [opened(browser, path, scheme).execute_script(background) for scheme in SCHEMES]
    assert colors == ["rgb(255, 255, 255)", "rgb(20, 23, 27)"]
