"""The script of the charts, in a real browser, under the policy that pages have."""

import json
import re
import shutil
from collections.abc import Iterator, Sequence
from datetime import date
from html import escape
from itertools import chain
from typing import Any

import pytest

from generator.base import resources
from generator.base.dates import human_day
from generator.charts.chart import SIZES, Control, DrawnChart
from generator.charts.svg import RECOLOR
from tests.browsing import Tab, served
from tests.chart_samples import HOSTILE, one_of_each

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
    "base-uri 'none'; form-action 'none'"
)
CHARTS = tuple(one_of_each())
"""One drawing of every chart."""
STYLE = (
    ":root{color-scheme:light dark}:root[data-theme=dark]{color-scheme:dark}:root[data-theme=light]{color-scheme:light}"
    "img{width:100%;height:auto;display:block}"
    "#vg-tooltip-element{position:fixed;visibility:hidden}#vg-tooltip-element.visible{visibility:visible}"
)


def _controls(controls: Sequence[Control]) -> str:
    selects = "".join(
        f'<select aria-label="{control.label}" data-control="{control.key}">'
        + "".join(
            f'<option value="{escape(one.value)}">{escape(one.label)}</option>'
            for one in control.options
        )
        + "</select>"
        for control in controls
    )
    return f"<fieldset data-controls disabled>{selects}</fieldset>"


def _figure(id_: str, controls: str = "") -> str:
    at = f"charts/{id_}"
    return (
        f'<figure class="chart" data-chart="{id_}" data-root=""><div data-plot><picture>'
        f'<source data-size="narrow" media="(max-width: 32.5rem)" srcset="{at}.narrow.svg">'
        f'<source data-size="medium" media="(max-width: 51.5rem)" srcset="{at}.medium.svg">'
        f'<img src="{at}.svg" alt="What it shows."></picture></div>'
        '<button type="button" data-explore hidden>Interactive</button>'
        f"{controls}</figure>"
    )


def _page(body: str) -> str:
    return (
        f'<!doctype html><html lang="en"><head><meta http-equiv="Content-Security-Policy" content="{POLICY}">'
        '<meta charset="utf-8"><title>Charts</title><link rel="icon" href="icon.svg">'
        f'<link rel="stylesheet" href="style.css"></head>{body}<script src="static/js/address.js"></script>'
        '<script src="static/js/chart.js"></script></html>'
    )


@pytest.fixture(scope="module")
def controls(drawn: dict[str, DrawnChart]) -> dict[str, Sequence[Control]]:
    """The controls of each chart."""
    return {id_: drawn[id_].controls for id_ in CHARTS}


@pytest.fixture(scope="module")
def site(
    tmp_path_factory: pytest.TempPathFactory, drawn: dict[str, DrawnChart], runtime: bytes
) -> Iterator[str]:
    root = tmp_path_factory.mktemp("site")
    for folder in ("charts", "static/js"):
        (root / folder).mkdir(parents=True)
    for one in (drawn[id_] for id_ in CHARTS):
        for file in one.files:
            (root / file.path).write_bytes(one.file(file.path.removeprefix(f"charts/{one.id}")))
    (root / "static/js/vega.js").write_bytes(runtime)
    for name in ("address.js", "chart.js", "explore.js"):
        shutil.copy(resources.folder("static") / "js" / name, root / "static/js" / name)
    (root / "style.css").write_text(STYLE)
    (root / "icon.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg"/>')
    (root / "all.html").write_text(_page(f"<body>{''.join(map(_figure, CHARTS))}"))
    for id_ in CHARTS:
        (root / f"{id_}.html").write_text(
            _page(f"<body>{_figure(id_, _controls(drawn[id_].controls))}")
        )
    for size in SIZES:
        pictures = "".join(drawn[id_].file(f"{size.suffix}.svg").decode() for id_ in CHARTS)
        (root / f"{size.name}.html").write_text(_page(f"<body>{pictures}"))
    (root / "lost.html").write_text(_page(f"<body>{_figure('tok-nothing')}"))
    (root / "spec.js").write_bytes(drawn["tok-top-bar"].script)
    (root / "embed.html").write_text(_page(f'<body data-embed="x">{_figure("tok-top-bar")}'))
    with served(root) as address:
        yield address


def _explore_all(tab: Any) -> None:
    """Make every chart live by clicks of the page itself: keys, which scroll to each and paint, take half as long again.

    Waits for a few at a time: on a busy machine all of them take longer than one waiting lasts.
    """
    tab("document.querySelectorAll('[data-explore]').forEach(one => one.click())")
    for count in (*range(4, len(CHARTS), 4), len(CHARTS)):
        tab.until(f"document.querySelectorAll('.live svg').length >= {count}")


COLORS = """[...new Set([...document.querySelectorAll('.live svg, .live [fill], .live [stroke]')].flatMap(one => {
  const { fill, stroke, backgroundColor } = getComputedStyle(one);
  return one.matches('svg') ? [backgroundColor] : [fill, stroke];
}))]"""


def _assert_live_charts_are(tab: Tab, theme: str) -> None:
    """Waits until no live chart has a color of the other theme."""
    foreign = RECOLOR if theme == "dark" else RECOLOR.values()
    others = [f"rgb({', '.join(map(str, bytes.fromhex(color[1:])))})" for color in foreign]
    tab.until(f"(shown => !{others!r}.some(color => shown.includes(color)))({COLORS})")


READ = """[...document.querySelectorAll('figure')].map(one => {
  const box = one.querySelector('.live');
  box.focus();
  return [one.dataset.chart, [1, 2, 3].map(() => {
    box.dispatchEvent(new KeyboardEvent('keydown', { key: 'ArrowRight' }));
    return box.querySelector('[role=status]').textContent;
  })];
})"""


def _told(one: DrawnChart, suffix: str) -> set[str]:
    """Return what the rows of a drawing say of themselves, as it is read out."""
    tables = json.loads(one.file(f"{suffix}.vg.json"))["data"]
    rows = chain.from_iterable(table.get("values", ()) for table in tables)
    tips = [row["tip"] for row in rows if row.get("tip")]
    return {
        ", ".join(said if label == "title" else f"{label} {said}" for label, said in tip.items())
        for tip in tips
    }


HEIGHTS = "[...document.querySelectorAll('figure')].map(one => Math.round(one.getBoundingClientRect().height))"


@pytest.mark.parametrize(
    "shown", [(1000, "dark", ""), (700, "light", ".medium"), (390, "light", ".narrow")]
)
def test_charts_come_alive_in_place_and_in_the_theme_of_the_page_without_a_word_to_the_console(
    site: str, browser: Any, drawn: dict[str, DrawnChart], shown: tuple[int, str, str]
) -> None:
    width, theme, suffix = shown
    tab = Tab(
        browser,
        f"{site}/all.html",
        viewport={"width": width, "height": 900},
        color_scheme=theme,
    )
    tab.until("[...document.images].every(one => one.complete && one.naturalWidth)")
    assert not [url for url in tab.asked if "vega" in url or ".vg.json" in url], (
        "nothing is fetched before it is wanted"
    )
    before = tab(HEIGHTS)
    _explore_all(tab)
    assert all(abs(now - then) <= 1 for now, then in zip(tab(HEIGHTS), before, strict=True))
    assert tab.said == []
    assert all(url.startswith(site) for url in tab.asked)
    assert {url for url in tab.asked if ".vg.json" in url} == {
        f"{site}/charts/{id_}{suffix}.vg.json" for id_ in CHARTS
    }
    for id_, read in tab(READ):
        told = _told(drawn[id_], suffix)
        # What days of a model say is put together in the browser.
        assert all(read) if not told else set(read) <= told, id_
    other = {"dark": "light", "light": "dark"}[theme]
    _assert_live_charts_are(tab, theme)
    tab.page.emulate_media(media="print")
    _assert_live_charts_are(tab, "light")
    tab.page.emulate_media(media="screen")
    _assert_live_charts_are(tab, theme)
    tab(f"{{ document.documentElement.dataset.theme = {other!r} }}")
    _assert_live_charts_are(tab, other)


WORDS = """[...document.querySelectorAll('svg')].map(svg => {
  const frame = svg.getBoundingClientRect();
  const words = [...svg.querySelectorAll('text:not([stroke])')]
    .map(one => [one.textContent, one.getBoundingClientRect()]).filter(([said]) => said.trim());
  const out = words.filter(([, box]) => box.left < frame.left - 1 || box.right > frame.right + 1
    || box.top < frame.top - 1 || box.bottom > frame.bottom + 1);
  const over = words.flatMap(([said, one], at) => words.slice(at + 1).filter(([, other]) =>
    Math.min(one.right, other.right) - Math.max(one.left, other.left) > 1.5
    && Math.min(one.bottom, other.bottom) - Math.max(one.top, other.top) > 3.5)
    .map(([other]) => `${said} | ${other}`));
  return [svg.querySelector('title').textContent, words.length, out.map(([said]) => said), over];
})"""


@pytest.mark.parametrize("size", [size.name for size in SIZES])
def test_words_of_a_picture_stay_inside_it_and_off_each_other(
    site: str, browser: Any, size: str
) -> None:
    tab = Tab(browser, f"{site}/{size}.html", viewport={"width": 1000, "height": 900})
    measured = tab(WORDS)
    assert len(measured) == len(CHARTS)
    assert all(count > 4 for _, count, _, _ in measured)
    assert [(title, out, over) for title, _, out, over in measured if out or over] == []


@pytest.mark.parametrize("zone", ["America/Los_Angeles", "Pacific/Kiritimati"])
def test_the_pointer_is_told_exact_values_and_the_right_day(
    site: str, browser: Any, zone: str
) -> None:
    tab = Tab(browser, f"{site}/tok-top-stack.html", timezone_id=zone)
    tab.explore(1)
    bar = tab.page.query_selector("figure[data-chart=tok-top-stack] .mark-rect path")
    bar.scroll_into_view_if_needed()
    box = bar.bounding_box()
    tab.page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    tab.until("document.querySelector('#vg-tooltip-element.visible')")
    said = tab("document.querySelector('#vg-tooltip-element').innerText")
    assert "1 Jun 2026" in said
    assert "11.3 T" in said


def test_hostile_names_stay_text_in_the_live_chart(site: str, browser: Any) -> None:
    tab = Tab(browser, f"{site}/tok-top-bar.html")
    tab.explore(1)
    texts = tab(
        "[...document.querySelectorAll('figure[data-chart=tok-top-bar] text')].map(one => one.textContent)"
    )
    assert HOSTILE[0] in texts
    assert tab("document.querySelectorAll('.live script, .live a, .live img').length") == 0


def test_a_chart_that_cannot_be_loaded_leaves_its_picture_and_says_so(
    site: str, browser: Any
) -> None:
    tab = Tab(browser, f"{site}/lost.html")
    tab.page.query_selector("[data-explore]").click()
    tab.until("document.querySelector('[role=status]')")
    assert tab("document.querySelector('[data-explore]')") is None
    assert tab("document.querySelector('picture').hidden") is False


def test_an_embed_uses_the_spec_it_brings_along(site: str, browser: Any) -> None:
    tab = Tab(browser, f"{site}/embed.html")
    tab.explore(1)
    assert not [url for url in tab.asked if ".vg.json" in url]
    assert tab.said == []


def test_escape_and_the_button_bring_the_picture_back(site: str, browser: Any) -> None:
    tab = Tab(browser, f"{site}/embed.html")
    for leave in (
        lambda: tab.page.keyboard.press("Escape"),
        lambda: tab.page.query_selector("button").click(),
    ):
        tab.explore(1)
        assert tab("document.querySelector('picture').hidden") is True
        leave()
        assert tab("document.querySelector('picture').hidden") is False
        assert tab("document.querySelector('.live')") is None
        button = "document.querySelector('button')"
        assert tab(f"[{button}.textContent, {button}.ariaPressed]") == ["Interactive", "false"]


NAMED = """[...document.querySelectorAll('.live svg, .live[role]')].map(one =>
  [one.getAttribute('role'), one.getAttribute('aria-label'), one.querySelectorAll('[role=button]').length > 0])"""


def test_a_chart_waits_for_a_click_and_keeps_its_name_and_the_focus_when_it_comes_and_goes(
    site: str, browser: Any
) -> None:
    tab = Tab(browser, f"{site}/tok-top-stack.html")
    tab.page.hover("picture")
    tab.page.focus("[data-explore]")
    tab.page.wait_for_timeout(250)
    assert [url for url in tab.asked if "vega" in url or ".vg.json" in url] == []
    tab.page.click("picture")
    tab.until("document.querySelector('.live svg')")
    drawing, days = sorted(tab(NAMED), key=lambda one: one[1] != "What it shows.")
    assert drawing == ["group", "What it shows.", True]
    # Letters are a button once, and not again with the rim behind them.
    assert tab("document.querySelectorAll('.live [role=button][stroke]').length") == 0
    assert days[0] == "group"
    assert "26 May to 17 Aug 2026" in days[1]
    button = "document.querySelector('[data-explore]')"
    assert tab(f"[{button}.textContent, {button}.ariaPressed]") == ["Interactive", "true"]
    tab("document.querySelector('[data-series]').focus()")
    tab.keys("Escape")
    assert tab(f"document.activeElement === {button}")
    tab.page.goto(f"{site}/aa-bars.html")
    tab.explore(1)
    assert sorted(tab(NAMED)) == [
        ["group", "Arrow keys read the values.", False],
        ["img", "What it shows.", False],
    ]


def test_each_choice_is_a_step_back_but_keys_held_down_add_none(site: str, browser: Any) -> None:
    tab = Tab(browser, f"{site}/tok-top-stack.html")
    before = tab("history.length")
    tab.page.select_option("[data-control=stack]", "share")
    tab.until("document.querySelector('.live')")
    tab.page.select_option("[data-control=range]", "4w")
    tab.until("location.search.includes('range=4w') && location.search.includes('stack=share')")
    tab.until(f"{DAYS}.startsWith('21 Jul')")
    tab("document.querySelector('.live').focus()")
    tab.keys("Shift+ArrowLeft", "Shift+ArrowLeft")
    tab.until("location.search.includes('range=2026')")
    assert tab("history.length") == before + 2
    tab("history.back()")
    tab.until("location.search === '?stack=share'")
    tab.until("document.querySelector('[data-control=range]').value === ''")
    tab("history.back()")
    tab.until(
        "location.search === '' && document.querySelector('[data-control=stack]').value === ''"
    )
    assert tab.said == []


@pytest.mark.parametrize("width", [390, 1000])
def test_a_tap_on_a_part_tells_its_own_week_and_a_second_one_chooses_it(
    site: str, browser: Any, width: int
) -> None:
    tab = Tab(
        browser,
        f"{site}/tok-author-share.html",
        viewport={"width": width, "height": 900},
        has_touch=True,
    )
    tab.explore(1)
    # Where the parts of the first author stand, from the oldest week to the newest.
    parts = tab(
        "[...document.querySelectorAll('.live .mark-rect path')].map(one => [one.__data__.datum,"
        " one.getBoundingClientRect()]).map(([row, box]) => [row.series, row.week, box.x + box.width / 2,"
        " box.y + box.height / 2]).filter(([author]) => author === 'deepseek')"
    )
    assert len({week for _, week, *_ in parts}) > 10
    for _, week, *place in (parts[1], parts[5], parts[-2]):
        tab.page.touchscreen.tap(*place)
        tab.until("document.querySelector('#vg-tooltip-element.visible')")
        told = tab("document.querySelector('#vg-tooltip-element').innerText")
        assert f"Week to\t{human_day(date.fromisoformat(week))}\nTokens\t11.3 T" in told
    assert tab("location.search") == ""
    tab.page.touchscreen.tap(*place)
    tab.until("location.search === '?focus=deepseek'")
    assert tab("document.querySelector('#vg-tooltip-element.visible')") is None
    assert tab.said == []


@pytest.mark.parametrize("every_fourth", range(4))
def test_every_choice_is_drawn_and_stands_in_the_address_until_it_is_taken_back(
    site: str, browser: Any, controls: dict[str, Sequence[Control]], every_fourth: int
) -> None:
    keys: set[str] = set()
    for at, (id_, own) in enumerate(controls.items()):
        # What reads the address is the same for all charts: one of each kind of control is opened by it.
        new = {control.key for control in own} - keys
        keys |= new
        if own and at % 4 == every_fourth:
            tab = Tab(browser, f"{site}/{id_}.html?theme=light&nonsense=1")
            _choose_and_take_back(browser, tab, own, new)
            tab.leave()


def _choose_and_take_back(browser: Any, tab: Tab, own: Sequence[Control], new: set[str]) -> None:
    """Make each choice of a chart, open what the address then says where the kind of choice is new, and undo it."""
    tab.until("!document.querySelector('[data-controls]').disabled")
    assert tab("document.querySelector('.live')") is None, (
        "what the address does not know changes nothing"
    )
    for control in own:
        value = control.options[-1].value
        before = tab("document.querySelector('figure').getBoundingClientRect().height")
        tab.page.select_option(f"[data-control={control.key}]", value)
        tab.until("document.querySelector('.live svg')")
        tab.page.wait_for_timeout(80)
        asked = tab("new URLSearchParams(location.search).get(" + repr(control.key) + ")")
        assert asked == value
        assert (
            abs(tab("document.querySelector('figure').getBoundingClientRect().height") - before)
            <= 1
        )
        if control.key in new:
            again = Tab(browser, tab.page.url)
            again.until("document.querySelector('.live svg')")
            assert again(f"document.querySelector('[data-control={control.key}]').value") == value
            assert again.said == []
            again.leave()
        tab.page.select_option(f"[data-control={control.key}]", "")
        tab.until("!location.search.includes(" + repr(control.key + "=") + ")")
    assert tab.said == []


def test_a_focus_lets_the_other_series_step_back(site: str, browser: Any) -> None:
    tab = Tab(browser, f"{site}/tok-top-stack.html?focus=deepseek%2Fmodel-0")
    tab.until("document.querySelector('.live svg')")
    opacities = "[...document.querySelectorAll('.live .mark-rect path[opacity]')].map(one => one.getAttribute('opacity'))"
    assert set(tab(opacities)) == {"0.2", "1"}
    tab.page.keyboard.press("Escape")
    tab.page.query_selector("select[data-control=focus]").focus()
    assert tab("document.activeElement.dataset.control") == "focus"


def test_a_range_keeps_the_newest_weeks_only(site: str, browser: Any) -> None:
    bars = "document.querySelectorAll('.live .mark-rect path').length"
    whole, part = (
        Tab(browser, f"{site}/tok-top-stack.html?{asked}")
        for asked in ("stack=share", "stack=share&range=4w")
    )
    for tab in (whole, part):
        tab.until("document.querySelector('.live svg')")
    assert whole(bars) == 3 * part(bars)


DAYS = "document.querySelector('.live').getAttribute('aria-label')"
BARS = "document.querySelectorAll('.live .mark-rect path').length"


def _dragged(tab: Any, low: float, high: float) -> None:
    """Draws the pointer over the plot, from one part of its width to another."""
    plot = tab.page.query_selector(".live svg")
    plot.scroll_into_view_if_needed()
    box = plot.bounding_box()
    middle = box["y"] + box["height"] / 2
    tab.page.mouse.move(box["x"] + low * box["width"], middle)
    tab.page.mouse.down()
    tab.page.mouse.move(box["x"] + high * box["width"], middle, steps=4)
    tab.page.mouse.up()


@pytest.mark.parametrize(
    "id_", ["tok-top-stack", "tok-rank-bump", "tok-other-share", "tok-model.deepseek.model-0"]
)
def test_days_drawn_over_are_the_range_and_the_address_brings_them_back(
    site: str, browser: Any, id_: str
) -> None:
    tab = Tab(browser, f"{site}/{id_}.html")
    tab.explore(1)
    whole, height = (
        tab(DAYS),
        tab("document.querySelector('figure').getBoundingClientRect().height"),
    )
    _dragged(tab, 0.25, 0.5)
    tab.until("location.search.startsWith('?range=2026-')")
    tab.until(f"{DAYS} !== {whole!r}")
    asked = tab("new URLSearchParams(location.search).get('range')")
    assert re.fullmatch(r"2026-\d\d-\d\d\.\.2026-\d\d-\d\d", asked)
    assert tab("document.querySelector('[data-control=range]').value") == asked
    assert abs(tab("document.querySelector('figure').getBoundingClientRect().height") - height) <= 1
    again = Tab(browser, tab.page.url)
    again.until("document.querySelector('.live svg')")
    assert again(DAYS) == tab(DAYS)
    tab.page.select_option("[data-control=range]", "")
    tab.until(f"{DAYS} === {whole!r} && !location.search")
    assert tab.said == again.said == []


def test_the_days_are_chosen_by_keys_and_the_focus_stays_in_the_plot(
    site: str, browser: Any
) -> None:
    tab = Tab(browser, f"{site}/tok-top-stack.html")
    tab.explore(1)
    tab("document.querySelector('.live').focus()")
    bars = tab(BARS)
    for key, asked in (
        ("+", "2026-06-15..2026-08-17"),
        ("Shift+ArrowLeft", "2026-06-01..2026-08-03"),
        ("Home", "null"),
    ):
        tab.keys(key)
        tab.until(f"String(new URLSearchParams(location.search).get('range')) === {asked!r}")
        tab.until("document.activeElement.className === 'live'")
        tab.page.wait_for_timeout(100)
        assert (tab(BARS) == bars) == (key == "Home"), key
    assert tab.said == []


def test_the_arrows_read_every_value_as_the_pointer_is_told_it(site: str, browser: Any) -> None:
    tab = Tab(browser, f"{site}/tok-top-stack.html")
    tab.explore(1)
    tab("document.querySelector('.live').focus()")
    said = "document.querySelector('.live [role=status]').textContent"
    tab.keys("ArrowRight")
    tab.until(f"{said}.includes('Week to 1 Jun 2026')")
    first = tab(said)
    assert "Tokens 11.3 T" in first
    told = tab("document.querySelector('#vg-tooltip-element.visible').innerText")
    assert "1 Jun 2026" in told
    tab.keys("ArrowRight")
    tab.until(f"{said} !== {first!r}")
    tab.keys("ArrowLeft")
    tab.until(f"{said} === {first!r}")
    assert tab("location.search") == ""
    assert tab.said == []


def test_the_subtitle_says_what_is_chosen(site: str, browser: Any) -> None:
    tab = Tab(browser, f"{site}/tok-top-stack.html?range=2026-06-29..2026-07-20")
    texts = "[...document.querySelectorAll('.live text')].map(one => one.textContent).join(' ')"
    tab.until(f"{texts}.includes('23 Jun to 20 Jul 2026')")
    assert "provisional" not in tab(texts)
    tab.page.select_option("[data-control=range]", "")
    tab.until(f"{texts}.includes('26 May to 17 Aug 2026')")


def test_names_at_the_ends_put_several_series_into_the_focus(site: str, browser: Any) -> None:
    tab = Tab(browser, f"{site}/tok-top-stack.html")
    tab.explore(1)
    tab("document.querySelector('[data-series=\"deepseek/model-0\"]').focus()")
    tab.keys("Enter")
    tab.until("location.search === '?focus=deepseek/model-0'")
    tab.until("document.activeElement.getAttribute('aria-pressed') === 'true'")
    tab.page.query_selector("[data-series='openai/model-2']").click()
    tab.until("location.search === '?focus=deepseek/model-0,openai/model-2'")
    tab.until("document.querySelectorAll('.live [aria-pressed=true]').length === 2")
    again = Tab(browser, tab.page.url)
    again.until("document.querySelector('.live svg')")
    assert (
        again("document.querySelector('[data-control=focus]').value")
        == "deepseek/model-0,openai/model-2"
    )
    assert again("document.querySelectorAll('.live [aria-pressed=true]').length") == 2
    assert (
        again(
            "document.querySelectorAll('[aria-hidden=true] [data-series], [data-series][aria-hidden]').length"
        )
        == 0
    )
    full = "document.querySelectorAll('.live .mark-rect path[opacity=\"1\"]').length"
    assert again(full) == 24
    tab.page.query_selector("[data-series='deepseek/model-0']").click()
    tab.until("location.search === '?focus=openai/model-2'")
    assert tab.said == again.said == []


@pytest.mark.parametrize(
    "asked",
    [
        "range=2026-08-17..2026-06-01",
        "range=1999-01-01..1999-02-01",
        "range=..",
        "focus=nobody,,&range=4x",
    ],
)
def test_a_range_or_a_focus_that_is_none_leaves_the_chart_as_it_is(
    site: str, browser: Any, asked: str
) -> None:
    tab = Tab(browser, f"{site}/tok-top-stack.html?{asked}")
    tab.settle()
    if not tab("document.querySelector('.live svg')"):
        tab.explore(1)
    assert tab(BARS) == 120
    assert tab("[...document.querySelectorAll('select')].map(one => one.value).join('')") == ""
    assert tab.said == []


def test_names_stand_where_the_lines_of_a_past_range_end(site: str, browser: Any) -> None:
    tab = Tab(browser, f"{site}/fr-cheapest.html?range=2026-07-01..2026-08-01")
    tab.until("document.querySelectorAll('.live [data-series]').length === 4")
    texts = tab("[...document.querySelectorAll('.live text')].map(one => one.textContent)")
    assert "26 Jul" in texts
    assert "16 Aug" not in texts
    ranks = Tab(browser, f"{site}/tok-rank-bump.html?range=2026-06-29..2026-07-20")
    ranks.until("document.querySelectorAll('.live [data-series]').length === 14")
    assert ranks("document.querySelector('.live [data-series$=model-3]')") is None, (
        "it was outside the top 50 then"
    )
    assert tab.said == []
