"""What a run may be told: keys and addresses are checked before anything is sent."""

import pytest

from generator.base import config
from generator.base.errors import UsageError

SECRET = "sk-or-test-0123456789"


@pytest.mark.parametrize(
    "value",
    ["", "   ", f"{SECRET}\n", f" {SECRET}", f'"{SECRET}"', f"{SECRET}\u200b", "sk-ключ", "a b"],
)
def test_what_cannot_be_a_key_is_refused_without_repeating_it(value: str) -> None:
    with pytest.raises(UsageError) as caught:
        config.key_from({"OPENROUTER_API_KEY": value})
    assert "OPENROUTER_API_KEY" in str(caught.value)
    assert "test-0123" not in str(caught.value)


def test_no_key_is_no_error_and_a_key_never_shows_itself() -> None:
    assert config.key_from({}) is None
    key = config.key_from({"OPENROUTER_API_KEY": SECRET})
    assert key is not None
    assert SECRET not in f"{key} {key!r} {config.Api(key=key)!r}"
    assert key.reveal() == SECRET


@pytest.mark.parametrize(
    "url",
    [
        "http://openrouter.ai/api/v1",
        "https://example.org/api/v1",
        "https://openrouter.ai.example.org/api/v1",
        "https://openrouter.ai@example.org/",
        "https://openrouter.ai:8443/api/v1",
        "http://192.168.1.2/api/v1",
        "ftp://openrouter.ai",
        "openrouter.ai/api/v1",
        "https://openrouter.ai/api/v1?x=1",
        "",
        "http://[",
    ],
)
def test_the_key_goes_to_no_other_place(url: str) -> None:
    with pytest.raises(UsageError, match="--base-url"):
        config.base_url(url)


@pytest.mark.parametrize(
    "url",
    [
        "https://openrouter.ai/api/v1/",
        "https://eu.openrouter.ai/api/v1",
        "http://127.0.0.1:8000/x",
        "http://[::1]:1/",
    ],
)
def test_openrouter_and_the_loopback_may_be_asked(url: str) -> None:
    assert config.base_url(url) == url.rstrip("/")


@pytest.mark.parametrize(
    "url", ["https://a b/", "https://a.example/<x>", 'https://a.example/"', "https://a\n.example"]
)
def test_what_stands_in_no_address_is_no_address_of_a_site(url: str) -> None:
    with pytest.raises(UsageError, match="is not a web address"):
        config.public_url(url)


@pytest.mark.parametrize(
    "url",
    [
        "https:///x",
        "ftp://a.example/",
        "a.example/x",
        "https://a.example/?x=1",
        "https://a.example/#x",
        "http://[",
        "https://:8000/",
        "https://a.example:port/",
    ],
)
def test_an_address_of_a_site_has_a_host_and_no_query(url: str) -> None:
    with pytest.raises(UsageError, match="is not a web address"):
        config.public_url(url)


def test_a_password_is_not_taken_for_a_part_of_the_address_of_a_site() -> None:
    with pytest.raises(UsageError, match="has a user name before the host") as caught:
        config.public_url("https://me:secret@a.example/")
    assert "secret" not in str(caught.value)


def test_an_address_of_a_site_ends_with_one_slash_and_may_be_unknown() -> None:
    assert config.public_url("") == ""
    for url in ("http://a.example:8000/x", "http://a.example:8000/x/"):
        assert config.public_url(url) == "http://a.example:8000/x/"
