"""The key of a run is found in whatever form a server may echo it, and no other key is taken for it."""

import base64
import json
from collections.abc import Callable

from hypothesis import given, settings
from hypothesis import strategies as st

from generator.base.config import Secret
from generator.base.files import sha256

Form = Callable[[str], str]

KEYS = st.binary(max_size=4).map(sha256).map("sk-or-v1-".__add__)
AROUND = st.text(max_size=20)


def each(pattern: str) -> Form:
    """Return a form that writes the code of each character so."""
    return lambda text: "".join(pattern.format(ord(char)) for char in text)


def parts(text: str) -> list[str]:
    return [text[at : at + 7] for at in range(0, len(text), 7)]


def fields(text: str) -> str:
    """Return the parts as the values of an object, whose names would make up another text."""
    return json.dumps({f"field-{place}": part for place, part in enumerate(parts(text))})


ESCAPES: tuple[Form, ...] = (
    str,
    each("\\u{:04x}"),
    each("\\u{:04X}"),
    each("\\x{:02x}"),
    each("%{:02x}"),
    each("%25{:02X}"),
    each("&#{};"),
    each("&#x{:x};"),
)
SPELLINGS: tuple[Form, ...] = (
    str.upper,
    lambda text: base64.b64encode(text.encode()).decode(),
    lambda text: base64.urlsafe_b64encode(f"Bearer {text}".encode()).decode(),
    lambda text: base64.b64encode(f"me:{text}".encode()).decode().rstrip("="),
    lambda text: text.encode().hex(),
)
SPLITS: tuple[Form, ...] = (
    fields,
    lambda text: json.dumps(parts(text)),
    "\u200b".join,
    lambda text: ":".join(parts(text)),
    lambda text: "\r\n ".join(parts(text)),
    lambda text: text[: len(text) // 2],
)
FORMS = st.one_of(
    st.tuples(st.sampled_from((str, *SPELLINGS)), st.sampled_from(ESCAPES)),
    st.tuples(st.sampled_from(ESCAPES), st.sampled_from(ESCAPES)),
    st.tuples(st.sampled_from(SPLITS), st.just(str)),
)


@settings(max_examples=100)
@given(key=KEYS, forms=FORMS, before=AROUND, after=AROUND)
def test_the_key_is_found_in_any_form_and_another_is_not(
    key: str, forms: tuple[Form, Form], before: str, after: str
) -> None:
    first, second = forms
    echo = before + "|" + second(first(key)) + "|" + after
    data = echo.encode("utf-8", "replace")
    assert Secret(key).within(data)
    assert not Secret(f"sk-or-v1-{sha256(key.encode())}").within(data)
