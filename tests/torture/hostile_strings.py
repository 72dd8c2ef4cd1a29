"""Names and descriptions that try to break out of where they are shown: 10,000 of them, in whole sites.

All of them are names in lists that are far longer than any source's, so that a few sites hold them: each is on a page,
in an embed and in a live chart. As many as the recorded day has room for stand in every other place of a full site. A
site is compared with its twin, which has harmless texts: the same elements on every page, and every text to be read
as it was cleaned. The site's own checks parse every file.
"""

import csv
import io
import itertools
import json
import re
import shutil
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

from generator.base import formats, key_text
from generator.checks import check
from generator.checks.html_page import Page
from generator.endpoints.benchmarks import ARTIFICIAL_ANALYSIS
from generator.fetch.recorded import Answer, RecordedApi
from generator.publish.stage import Folders, stage
from tests.torture.outcome import Outcome
from tests.torture.runs import ALL, DAY, Answering, Params, taken
from tests.torture.visits import visits

PAYLOADS = (
    *("<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "<svg/onload=alert(1)>"),
    *("javascript:alert(1)", "data:text/html,<script>alert(1)</script>", "//evil.example/x.js"),
    *("{{7*7}}", "{% raw %}", "${alert(1)}", "#{7*7}", "<%= 7*7 %>", "{{constructor}}"),
    *("<!--", "-->", "]]>", "<![CDATA[", "<!ENTITY x 'y'>", "<?xml version='1.0'?>", "&lt;b&gt;"),
    *("**bold**", "[x](javascript:alert(1))", "![x](//evil.example/)", "`code`", "# head", "| a | b |"),
    *("=cmd|'/C calc'!A0", "+1+1", "-1-1", "@SUM(A1)", "\t=1+1", "\r=1+1", "\xa0=1+1", "\ufeff=1+1"),
    *("' onmouseover='alert(1)", '" onfocus="alert(1)" autofocus="', "`onload=alert(1)`"),
    *("\x00NUL", "\x1b[2JESC", "\x0bVT", "\x7fDEL", "\x85NEL", "\ufffe", "\uffff", "\ufdd0"),
    *("\ud83d", "\udc00\ud800", "\u202eRLO", "\u2066LRI", "\u2028LS", "\u2029PS", "\u200bZW"),
    *("", " ", "\u200b\u200c\u2060", "\u3164\u2800\u115f", "a" + "\u0301" * 200, "W" * 300),
    *("constructor", "__proto__", "toString", "hasOwnProperty", "null", "undefined", "NaN", "other"),
    *("https://evil.example/", "http://127.0.0.1/", "mailto:x@example.org", "@import 'x'", "url(x)"),
    *("</title>", "</textarea>", "</style>", "</iframe>", "</table>", "</a>", "</bdi>", "\\u003cb\\u003e"),
    *("%3Cscript%3E", "&#60;b&#62;", "\\", "\\\\", "\\n", "\r\n\r\n", "datum['x']", "signal:alert(1)"),
    *("sk-or-v1-0123456789abcdef0123456789abcdef", "event.target", "vega.expr", "view.signal('x')"),
)  # fmt: skip
FRAMES = (
    "{}", 'x"{}', "x'{}", "</script>{}", "]]>{}", "-->{}", "{}<b>", "({})", "\u202e{}", "{} & more",
    "a: {}", "{}/{}", "{}:free", ", {}; ", "`{}`",
)  # fmt: skip
"""What a payload stands in."""
COUNT = 10_000
CROWD = 2_000
"""Names in the one list of a site; a page of some 700 KB shows them all."""
LISTED = ARTIFICIAL_ANALYSIS.name
LIST = "benchmarks/artificial-analysis/"
CHARTS = ("charts/aa-pair/", "embed/aa-pair/")
"""The pages of the chart that has a point for each name."""
_FIRST_VALUE = ", Coding "
"""What follows the name where that chart is read out."""
APPS = "apps/index.html"
_HALF = re.compile("[\ud800-\udfff]")
TEXTS = frozenset(
    {
        *("app_name", "name", "description", "display_name", "label", "tokenizer"),
        *("knowledge_cutoff", "hugging_face_id", "app_slug"),
    }
)
"""The members of replies that hold texts of others, apart from those that addresses are made of."""
ADDRESSED = frozenset({"model_permaslug", "id", "canonical_slug", "tag", "arena", "category"})
"""The members that addresses are made of."""
SLUGS = (
    *("../x", "/etc/passwd", "..%2f..%2fx", "~root/x", "-rf/x", "a/../../b", "con/aux.txt", "a/com1.svg"),
    *("a/b.", "a/b ", "a/b:free:x", "A/B", "a/b", "a/B", "caf\u00e9/x", "cafe\u0301/x", "x/index.html"),
    *("other/other", "index", "static", "feed.xml", "data/v1", "a/a.svg", "a/a", "d/2026-08-18"),
    *("a/" + "b" * 300, "a" * 300, "a//b", "a/b/c/d", "?x=1#y", "a/<b>", 'a/"b"', "a|b/c*d", "\u202ea/b"),
    *("a/\x00b", "a/\x1bb", "a/\ud83d", "\u3164/\u2800", "404.html", "robots.txt", "CNAME", ".nojekyll"),
    *("models/models", "embed/embed", "charts/tok-top-bar", "a\\b/c", "a/b\nc", "a/%00", "xn--x/\u212a"),
)  # fmt: skip


def strings(count: int = COUNT) -> list[str]:
    """Return so many different texts, the plainest of each payload first."""
    made: dict[str, None] = {}
    for number in itertools.count():
        for frame, payload in itertools.product(FRAMES, PAYLOADS):
            text = frame.replace("{}", payload)
            made[f"{text}{number}" if number else text] = None
            if len(made) == count:
                return list(made)
    raise AssertionError("there is always another")


class Replaced:
    """The recorded day with other texts.

    Args:
        texts: what the texts become, in the order of their first use; then they stay as recorded.
        members: whose texts are replaced.
        reduce: makes a recorded reply smaller.
    """

    def __init__(
        self,
        texts: Sequence[str],
        members: frozenset[str] = TEXTS,
        reduce: Callable[[str, Answer], Answer] = lambda _path, answer: answer,
    ) -> None:
        self._reduce = reduce
        self.used: dict[str, str] = {}
        self._texts = iter(texts)
        self._members = members

    def answer(self, path: str, params: Params) -> tuple[int, bytes]:
        """Return the reply to a path with parameters."""
        found = self._reduce(path, RecordedApi(DAY).answer(path, params, authorized=True))
        if found.status != 200:
            return found.status, found.body
        value = json.loads(found.body)
        self._replace(value)
        return 200, json.dumps(value).encode()

    def _replace(self, value: Any) -> None:
        members = value.values() if isinstance(value, dict) else value
        if isinstance(value, dict):
            for name in self._members & set(value):
                value[name] = self._text(value[name])
        if isinstance(value, dict | list):
            for member in members:
                self._replace(member)

    def _text(self, text: Any) -> Any:
        if not isinstance(text, str) or text == "other":
            return text
        if text not in self.used:
            self.used[text] = next(self._texts, text)
        return self.used[text]


def harmless() -> Iterator[str]:
    """Yield texts that nothing has to clean."""
    return (f"Name {number:05}" for number in itertools.count())


def built(
    answer: Answering, root: Path, datasets: Sequence[str] = ALL
) -> tuple[Path | None, list[str]]:
    """Return the folder of a rendered site, and what went wrong on the way to it."""
    try:
        outcomes = taken(answer, root / "data", datasets)
        wrong = [one.message for one in outcomes if one.state == "failed"]
        staged = stage(Folders(root), DAY, "https://someone.example/")
    except Exception as error:
        return None, [f"{type(error).__name__}: {str(error)[:300]}"]
    wrong += [*staged.omissions, *map(str, check(staged.path).findings)]
    return staged.path, wrong


def skeleton(path: Path) -> Counter[str]:
    """Return how often each element with its classes stands on a page."""
    elements = Page(path.read_bytes()).select("*")
    return Counter(f"{one.tag}.{one.attributes.get('class', '')}" for one in elements)


def changed_pages(hostile: Path, twin: Path) -> tuple[int, list[str]]:
    """Return the number of pages that both sites have, and a sentence for each with other elements.

    Names decide the order of lists and how they are grouped: so only elements of kinds that the twin's page has
    nowhere are strange.
    """
    pages, wrong = 0, []
    for path in sorted(twin.rglob("*.html")):
        name = path.relative_to(twin)
        if (hostile / name).is_file():
            pages += 1
            more, less = skeleton(hostile / name), skeleton(path)
            strange = [tag for tag in more if tag not in less and tag.split(".")[0] in _ACTIVE]
            if strange:
                wrong.append(f"{name}: {strange[0]}")
    return pages, wrong


_ACTIVE = frozenset(
    {"script", "img", "svg", "iframe", "style", "b", "object", "embed", "table", "a"}
)


def told(site: Path, page: str) -> str:
    """Return the text of a page with single spaces."""
    body = Page((site / page).read_bytes()).select("body")[0]
    return " ".join(body.text().split())


def untold(site: Path, hostile: Replaced, twin: Path, harmless: Replaced) -> tuple[int, list[str]]:
    """Return the number of names on the twin's page of apps, and those that the site does not tell as cleaned."""
    here, there = told(site, APPS), told(twin, APPS)
    names = [original for original, name in harmless.used.items() if name in there]
    expected = {name: formats.sanitize(hostile.used[name]) for name in names}
    return len(names), [f"{APPS}: {text!r}" for text in expected.values() if text not in here]


def inexact(site: Path, hostile: Replaced) -> tuple[int, list[str]]:
    """Return the number of app names in the newest table, and those that are not as they came, but for keys."""
    rows = json.loads((site / "data/v1/app-rankings/latest.json").read_bytes())["rows"]
    came = {_encodable(key_text.mask(text)) for text in hostile.used.values()}
    return len(rows), [repr(row["app_name"]) for row in rows if row["app_name"] not in came]


def _encodable(text: str) -> str:
    """Return the text with each half of a surrogate pair replaced."""
    return _HALF.sub("\ufffd", text)


def formulas(site: Path) -> tuple[int, list[str]]:
    """Return the number of cells in all tables, and those that a spreadsheet would compute."""
    cells, wrong = 0, []
    for path in sorted(site.rglob("*.csv")):
        for row in csv.reader(io.StringIO(path.read_text("utf-8"), newline="")):
            cells += len(row)
            for cell in row:
                start = cell.lstrip("\ufeff\xa0 \t\r\n")[:1]
                if start and start in "=+-@" and not _is_number(cell):
                    wrong.append(f"{path.relative_to(site)}: {cell[:60]!r}")
    return cells, wrong


def _is_number(cell: str) -> bool:
    try:
        float(cell)
    except ValueError:
        return False
    return True


def listed(texts: Sequence[str]) -> Answering:
    """Return what answers with one list of scored models that have these names, and no page of their own."""
    rows = [
        {
            "source": "artificial-analysis",
            "model_permaslug": f"m{number:05}",
            "display_name": text,
            "intelligence_index": None,
            "coding_index": 10 + number % 97,
            "agentic_index": 5 + number % 89,
        }
        for number, text in enumerate(texts)
    ]
    body = json.dumps({"data": rows, "meta": {"as_of": f"{DAY}T00:00:00Z", "version": "v1"}})
    return lambda _path, _params: (200, body.encode())


def crowded(texts: Sequence[str], root: Path) -> tuple[Path | None, list[str]]:
    """Return the folder of a rendered site of one long list, and what went wrong; what was compiled is kept."""
    shutil.rmtree(root / "data", ignore_errors=True)
    return built(listed(texts), root, (LISTED,))


def differing(site: Path, twin: Path) -> list[str]:
    """Return the paths of the pages that have other bytes than the twin's, those of frozen days left out."""
    pages = []
    for path in sorted(site.rglob("index.html")):
        name = path.relative_to(site)
        is_same = (twin / name).is_file() and (twin / name).read_bytes() == path.read_bytes()
        if name.parts[0] != "d" and not is_same:
            pages.append(_folder(name))
    return pages


def _folder(page: Path) -> str:
    """Return the address of a page inside its site."""
    return f"{page.parent.as_posix()}/".removeprefix("./")


def seen(site: Path, twin: Path, texts: Sequence[str]) -> Iterator[Outcome]:
    """Yield what a browser makes of each page on which the texts are: on the page, in the embed, in the live chart."""
    names = [formats.sanitize(text) for text in texts]
    with visits(site) as visit:
        for path in differing(site, twin):
            visit.open(path)
            if path == LIST:
                lacking = visit.lacking(names)
                yield Outcome("names that Chromium shows on a page", len(names), _quoted(lacking))
            if path in CHARTS:
                said = {line.partition(_FIRST_VALUE)[0] for line in visit.read_out()}
                unsaid = [name for name in names if name not in said]
                yield Outcome(f"names read out by {path}, live", len(names), _quoted(unsaid))
    yield Outcome("pages and live charts in Chromium", visit.count, tuple(visit.wrong))


def _quoted(texts: Sequence[str]) -> tuple[str, ...]:
    return tuple(repr(text) for text in texts)


def visited(site: Path, most: int) -> Outcome:
    """Open pages and embeds in a browser, with their scripts and live charts; nothing may run or be loaded."""
    found = sorted(path.relative_to(site) for path in site.rglob("index.html"))
    charts = [path for path in found if "embed" in path.parts and "d" not in path.parts]
    pages = [path for path in found if "embed" not in path.parts and "d" not in path.parts]
    step = max(1, len(pages) // max(1, most - len(charts[:most])))
    with visits(site) as visit:
        for path in [*pages[::step], *charts][:most]:
            visit.open(_folder(path))
    return Outcome("pages and live charts in Chromium", visit.count, tuple(visit.wrong))


def play(count: int = COUNT, crowd: int = CROWD, visits: int = 300) -> Iterator[Outcome]:
    """Yield what came of the texts, in as many sites as they fill, and of addresses made of them.

    Args:
        count: the number of texts.
        crowd: the number of names in the one long list of a site.
        visits: the number of pages of the full site to open in a browser.
    """
    texts = strings(count)
    with tempfile.TemporaryDirectory() as folder:
        yield from _in_long_lists(texts, crowd, Path(folder))
    with tempfile.TemporaryDirectory() as folder:
        yield from _everywhere(texts, visits, Path(folder))
    with tempfile.TemporaryDirectory() as folder:
        slugs = Replaced(
            [*SLUGS, *(f"{slug}{number}" for number in range(30) for slug in SLUGS)], ADDRESSED
        )
        _, faults = built(slugs.answer, Path(folder))
        yield Outcome("addresses, rendered and checked", len(slugs.used), tuple(faults))


def _in_long_lists(texts: Sequence[str], crowd: int, folder: Path) -> Iterator[Outcome]:
    """Yield what came of all texts as names in long lists."""
    twin, faults = crowded([*itertools.islice(harmless(), crowd)], folder / "twin")
    yield Outcome("a twin with harmless names, rendered and checked", 1, tuple(faults))
    for start in range(0, len(texts), crowd):
        some = texts[start : start + crowd]
        site, faults = crowded(some, folder / "site")
        yield Outcome("names in a long list, rendered and checked", len(some), tuple(faults))
        if site is None or twin is None:
            return
        yield Outcome(
            "pages with the elements of their twins", *_counted(changed_pages(site, twin))
        )
        yield Outcome("cells of tables", *_counted(formulas(site)))
        yield from seen(site, twin, some)
        shutil.rmtree(site)


def _everywhere(texts: Sequence[str], visits: int, folder: Path) -> Iterator[Outcome]:
    """Yield what came of as many texts as the recorded day has room for, in every place that holds one."""
    plain = Replaced([*itertools.islice(harmless(), len(texts))])
    twin, faults = built(plain.answer, folder / "twin")
    yield Outcome("a full twin with harmless names, rendered and checked", 1, tuple(faults))
    replaced = Replaced(texts)
    site, faults = built(replaced.answer, folder / "site")
    yield Outcome("texts in a full site, rendered and checked", len(replaced.used), tuple(faults))
    if site is None or twin is None:
        return
    yield Outcome("pages with the elements of their twins", *_counted(changed_pages(site, twin)))
    yield Outcome("cells of tables", *_counted(formulas(site)))
    yield Outcome("names on the page of apps", *_counted(untold(site, replaced, twin, plain)))
    yield Outcome("names in the newest table", *_counted(inexact(site, replaced)))
    yield visited(site, visits)


def _counted(pair: tuple[int, list[str]]) -> tuple[int, tuple[str, ...]]:
    number, wrong = pair
    return number, tuple(wrong)
