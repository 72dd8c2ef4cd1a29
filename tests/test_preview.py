"""The local preview answers for one folder, to this computer only."""

import http.client
from collections.abc import Iterator
from pathlib import Path
from socketserver import BaseServer

import pytest

from generator.cli.commands import cli
from generator.publish import preview
from tests.serving import serving


@pytest.fixture
def connection(tmp_path: Path) -> Iterator[http.client.HTTPConnection]:
    """A connection to the preview of a site with a page, a folder without one, and a link that leads out."""
    (tmp_path / "outside.txt").write_text("outside")
    public = tmp_path / "public"
    (public / "empty").mkdir(parents=True)
    (public / "index.html").write_text("<p>home</p>")
    (public / "404.html").write_text("<p>missing</p>")
    (public / "link.txt").symlink_to(tmp_path / "outside.txt")
    running = preview.make_server(public, 0)
    with serving(running):
        yield http.client.HTTPConnection("127.0.0.1", running.server_address[1], timeout=60)


def answer(
    connection: http.client.HTTPConnection, path: str, method: str = "GET", **headers: str
) -> tuple[int, str]:
    connection.request(method, path, headers=headers)
    reply = connection.getresponse()
    body = reply.read().decode()
    connection.close()
    return reply.status, body


def test_pages_are_served_and_nothing_else_is(
    connection: http.client.HTTPConnection, capfd: pytest.CaptureFixture[str]
) -> None:
    assert answer(connection, "/") == (200, "<p>home</p>")
    missing = (404, "<p>missing</p>")
    for path in ("/no", "/empty/", "/link.txt", "/..%2foutside.txt", "/%00", "/../outside.txt"):
        assert answer(connection, path) == missing, path
    assert answer(connection, "/no", "HEAD") == (404, "")
    assert capfd.readouterr().err == ""


def test_tools_that_ask_for_a_part_of_a_file_get_it(
    connection: http.client.HTTPConnection,
) -> None:
    parts = {
        "bytes=3-6": "home",
        "bytes=7-": "</p>",
        "bytes=7-99": "</p>",
        "bytes=-4": "</p>",
        "bytes=-99": "<p>home</p>",
    }
    for asked, part in parts.items():
        assert answer(connection, "/index.html", Range=asked) == (206, part), asked
    # What names no byte of it, or several parts, gets all of it.
    for asked in ("bytes=11-", "bytes=6-3", "bytes=-", "bytes=0-1,3-4", "lines=1-2"):
        assert answer(connection, "/index.html", Range=asked) == (200, "<p>home</p>"), asked
    assert answer(connection, "/no", Range="bytes=0-1")[0] == 404
    assert answer(connection, "/link.txt", Range="bytes=0-1")[0] == 404
    connection.request("GET", "/index.html", headers={"Range": "bytes=3-6"})
    assert connection.getresponse().getheader("Content-Range") == "bytes 3-6/11"


def test_a_browser_that_no_longer_waits_is_not_reported_and_a_bug_is(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "index.html").write_text("home")
    with preview.make_server(tmp_path, 0) as server:
        for error in (BrokenPipeError(), ConnectionResetError(), ValueError("a bug")):
            try:
                raise error
            except (OSError, ValueError):
                server.handle_error(None, ("127.0.0.1", 1))  # type: ignore[arg-type]
            assert bool(capfd.readouterr().err) == isinstance(error, ValueError)


def test_ctrl_c_ends_a_preview_as_it_says(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def interrupted(_server: BaseServer) -> None:
        raise KeyboardInterrupt

    (tmp_path / "public").mkdir()
    (tmp_path / "public/index.html").write_text("home")
    monkeypatch.setattr(BaseServer, "serve_forever", interrupted)
    serve = ["serve", "--site", str(tmp_path), "--port", "0"]
    assert cli.main(serve, standalone_mode=False) == 0
    assert capsys.readouterr().err == ""


@pytest.mark.parametrize(
    ("host", "status"),
    [
        ("localhost:8000", 200),
        ("[::1]", 200),
        ("evil.example", 403),
        ("localhost.evil.example", 403),
    ],
)
def test_only_requests_that_name_this_computer_are_answered(
    connection: http.client.HTTPConnection, host: str, status: int
) -> None:
    assert answer(connection, "/", Host=host)[0] == status
