"""The server that other tests trust: it must be as strict, and as faulty, as it says."""

import json
import socket
import urllib.error
import urllib.request
from typing import Any
from urllib.parse import urlsplit

from generator.fetch.recorded import DEMO_DAYS
from tests.loopback import KEY, Loopback
from tests.replies import long_list

APPS = "/datasets/app-rankings"


def get(
    server: Loopback, target: str, authorization: str | None = f"Bearer {KEY}"
) -> tuple[int, dict[str, str], bytes]:
    """Status, headers with names in lower case, body."""
    request = urllib.request.Request(server.url + target)
    if authorization is not None:
        request.add_header("Authorization", authorization)
    try:
        with urllib.request.urlopen(request, timeout=5) as reply:
            return (
                reply.status,
                {name.lower(): text for name, text in reply.headers.items()},
                reply.read(),
            )
    except urllib.error.HTTPError as error:
        with error:
            return (
                error.code,
                {name.lower(): text for name, text in error.headers.items()},
                error.read(),
            )


def rows(reply: tuple[int, dict[str, str], bytes]) -> list[dict[str, Any]]:
    assert reply[0] == 200, reply
    found: list[dict[str, Any]] = json.loads(reply[2])["data"]
    return found


def test_the_day_can_be_set_while_the_server_runs() -> None:
    with Loopback(day=DEMO_DAYS[0]) as server:
        first = rows(get(server, APPS))
        server.day = DEMO_DAYS[4]
        later = rows(get(server, APPS))
    assert (first[0]["total_tokens"], later[0]["total_tokens"]) == (
        "33879761746574",
        "35419021932660",
    )


def test_only_the_exact_bearer_header_opens_a_keyed_endpoint() -> None:
    with Loopback() as server:
        wrong = [None, KEY, f"bearer {KEY}", f"Bearer  {KEY}", f"Bearer {KEY}x", "Bearer "]
        assert {get(server, "/benchmarks", text)[0] for text in wrong} == {401}
        assert get(server, "/benchmarks")[0] == 200
        assert get(server, "/models/count", None)[0] == 200


def test_every_request_is_noted_with_decoded_parameters() -> None:
    with Loopback() as server:
        get(server, "/datasets/rankings-daily?category=marketing%2Fseo&period=week")
        get(server, "/model/nvidia/nemotron-3.5-lightning%3Afree", None)
        noted, look_up = server.asked()
    assert (noted.path, noted.params) == (
        "/datasets/rankings-daily",
        {"category": "marketing/seo", "period": "week"},
    )
    assert (noted.headers["authorization"], "%2F" in noted.target) == (f"Bearer {KEY}", True)
    assert (look_up.path, "authorization" in look_up.headers) == (
        "/model/nvidia/nemotron-3.5-lightning:free",
        False,
    )


def test_an_encoded_slash_in_a_model_name_and_a_path_outside_the_root_find_nothing() -> None:
    with Loopback() as server:
        assert get(server, "/model/openai/gpt-oss-120b")[0] == 200
        assert get(server, "/model/openai%2Fgpt-oss-120b")[0] == 404
        assert get(server, "/../../elsewhere")[0] == 404


def test_more_than_thirty_keyed_requests_a_minute_meet_the_limit_until_the_oldest_is_a_minute_old() -> (
    None
):
    now = [1000.0]
    with Loopback(per_minute=30, clock=lambda: now[0]) as server:
        assert {get(server, "/classifications/task")[0] for _ in range(30)} == {200}
        now[0] += 12.5
        status, headers, body = get(server, "/classifications/task")
        assert (status, headers["retry-after"], headers["x-ratelimit-limit"]) == (429, "48", "30")
        assert json.loads(body)["error"]["metadata"] == {"error_type": "rate_limit_exceeded"}
        assert get(server, "/models/count", None)[0] == 200
        now[0] += 48
        assert get(server, "/classifications/task")[0] == 200


def test_a_fault_lasts_as_often_as_it_was_planned_and_only_for_its_paths() -> None:
    with Loopback() as server:
        server.fail("/benchmarks", times=2)
        assert [get(server, "/benchmarks")[0] for _ in range(3)] == [503, 503, 200]
        server.fail("/", 502, "<html>", headers={"content-type": "text/html"})
        status, headers, body = get(server, APPS)
        assert (status, headers["content-type"], body) == (502, "text/html", b"<html>")
        server.mend()
        assert get(server, APPS)[0] == 200


def test_a_fault_can_look_at_the_request_and_write_raw_bytes() -> None:
    torn = b"HTTP/1.1 200 OK\r\ncontent-length: 99\r\n\r\n{"
    with Loopback() as server:
        server.fail(
            APPS, fault=lambda request: torn if request.params.get("sort") == "trending" else None
        )
        assert get(server, APPS)[0] == 200
        at = urlsplit(server.url)
        with socket.create_connection(
            (str(at.hostname), int(at.port or 0)), timeout=5
        ) as connection:
            connection.sendall(
                f"GET {at.path}{APPS}?sort=trending HTTP/1.1\r\nhost: loopback\r\n\r\n".encode()
            )
            received = b"".join(iter(lambda: connection.recv(4096), b""))
    assert received == torn


def test_a_long_list_is_served_in_pages_and_no_deeper_than_documented() -> None:
    with Loopback() as server:
        server.replace(APPS, {"sort": "trending"}, long_list(250))
        pages = [
            rows(get(server, f"{APPS}?sort=trending&limit=100&offset={at}")) for at in (0, 100)
        ]
        assert [row["rank"] for page in pages for row in page] == list(range(1, 201))
        assert len({row["app_id"] for page in pages for row in page}) == 200
        assert get(server, f"{APPS}?sort=trending&limit=100&offset=200")[0] == 400
        assert len(rows(get(server, f"{APPS}?limit=100"))) == 50


def test_a_slice_can_be_replaced_by_a_whole_body_but_not_for_the_wrong_key() -> None:
    with Loopback() as server:
        server.replace("/benchmarks", {"source": "openrouter"}, {"data": []})
        assert (
            get(server, "/benchmarks?source=openrouter&include_run_config=true")[2]
            == b'{"data": []}'
        )
        assert get(server, "/benchmarks?source=openrouter", "Bearer nobody")[0] == 401
