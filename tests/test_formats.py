"""How numbers, names and days are written."""

from datetime import date
from decimal import Decimal

import pytest

from generator.base import dates, formats
from generator.base.dates import Window


@pytest.mark.parametrize(
    ("count", "shown"),
    [
        (1_240_000_000_000, "1.24 T"),
        (386_400_000_000, "386 B"),
        (99_960_000, "100 M"),
        (999_499_999_999, "999 B"),
        (999_500_000_000, "1.00 T"),
        (999_600_000_000, "1.00 T"),
        (999_700_000, "1.00 B"),
        (-999_700_000, "-1.00 B"),
        (999_500, "999,500"),
        (10**20 - 1, "100,000 Q"),
        (950, "950"),
        (0, "0"),
    ],
)
def test_tokens_have_three_figures_and_a_unit(count: int, shown: str) -> None:
    assert formats.tokens(count) == shown


@pytest.mark.parametrize(
    ("count", "shown"),
    [(999_499_999, "999 million"), (999_700_000, "1.00 billion"), (999_500, "999,500")],
)
def test_a_count_in_words_takes_the_next_unit_once_it_rounds_to_it(count: int, shown: str) -> None:
    assert formats.tokens_in_words(count) == shown


@pytest.mark.parametrize(
    ("count", "shown"),
    [(0, "0 models are"), (1, "1 model is"), (2, "2 models are"), (1_234, "1,234 models are")],
)
def test_only_one_takes_the_singular(count: int, shown: str) -> None:
    counted = formats.counted(count, "model")

    assert f"{counted} {formats.inflected(count, 'is', 'are')}" == shown


def test_a_number_of_occasions_is_a_word_where_english_has_one() -> None:
    assert list(map(formats.how_often, (0, 1, 2, 3, 1200))) == [
        "0 times",
        "once",
        "twice",
        "3 times",
        "1,200 times",
    ]


@pytest.mark.parametrize(
    ("factor", "shown"),
    [
        ("1", "1.0 times"),
        ("0.98 to 1", "0.98 to 1.0 times"),
        ("1.5", "1.5 times"),
        ("11", "11 times"),
    ],
)
def test_a_factor_of_one_is_not_one_times(factor: str, shown: str) -> None:
    assert formats.times(factor) == shown


@pytest.mark.parametrize(
    ("amount", "shown"),
    [(12_345_678.9, "$12.3 million"), (999_999.4, "$999,999"), (12.3, "$12.30"), (0, "$0")],
)
def test_dollars_in_words_take_a_unit_from_a_million_on(amount: float, shown: str) -> None:
    assert formats.dollars_in_words(amount) == shown


@pytest.mark.parametrize(
    ("length", "shown"),
    [(950, "950"), (128_000, "128K"), (999_499, "999K"), (999_500, "1M"), (1_048_576, "1.05M")],
)
def test_a_context_takes_the_next_unit_once_it_rounds_to_it(length: int, shown: str) -> None:
    assert formats.context(length) == shown


@pytest.mark.parametrize(
    ("part", "shown"), [(0.1432, "14.3%"), (0.0004, "<0.1%"), (0.0, "0.0%"), (1.0, "100.0%")]
)
def test_a_share_has_one_place_and_is_never_rounded_to_nothing(part: float, shown: str) -> None:
    assert formats.share(part) == shown


@pytest.mark.parametrize(
    ("price", "shown"),
    [
        ("0.00000028", "$0.28"),
        ("0.000015", "$15"),
        ("0.0000025", "$2.50"),
        ("0", "free"),
        ("-1", "varies"),
        ("0.00000001", "$0.01"),
        ("0.00000000003", "$0.00003"),
        ("0.000000000034567", "$0.000035"),
        ("0.0000000001449", "$0.00014"),
        ("0.0000000123456", "$0.0123"),
        ("0.00000009999", "$0.10"),
        ("0.000000996", "$1"),
        ("0.000099996", "$100"),
        ("0.0000000000000000000003", "$0.0000000000000003"),
        ("0.000000125", "$0.13"),
        ("0.000001005", "$1.01"),
        ("0.0001005", "$101"),
        ("0.00000000012345", "$0.00012"),
        ("0.00000000000125", "$0.0000013"),
        ("NaN", "–"),
    ],
)
def test_a_price_per_token_is_shown_per_million(price: str, shown: str) -> None:
    assert formats.per_million(price) == shown


@pytest.mark.parametrize(
    ("shown", "text"),
    [
        (formats.share(0.0625), "6.3%"),
        # The nearest floats of these are a little less than a half.
        (formats.share(0.1435), "14.4%"),
        (formats.share(0.0145), "1.5%"),
        (formats.points(0.0625), "+6.3"),
        (formats.points(-0.0625), "−6.3"),
        (formats.points(-0.0004), "±0"),
        (formats.change(0.0625), "+6.3%"),
        (formats.change(-0.0625), "−6.3%"),
        (formats.change(2.25), "×3.3"),
        (formats.change(100.5), "×102"),
        (formats.signed(2.5), "+3"),
        (formats.number(57.125), "57.13"),
        (formats.number(1.005), "1.01"),
        (formats.number(-1.125), "−1.13"),
        (formats.index(57.125), "57.13"),
        (formats.fixed(1220.5, 0), "1,221"),
        (formats.fixed(14.35, 1), "14.4"),
        (formats.fixed(-0.04, 1), "0.0"),
        (formats.tokens(1_125_000_000), "1.13 B"),
        (formats.tokens(100_500_000), "101 M"),
        (formats.tokens_in_words(12_250_000_000), "12.3 billion"),
        (formats.file_size(12_250), "12.3 kB"),
        (formats.context(2_125_000), "2.13M"),
        (formats.context(8_500), "9K"),
    ],
)
def test_halves_of_all_numbers_go_up_as_they_stand_in_files(shown: str, text: str) -> None:
    assert shown == text


@pytest.mark.parametrize(
    ("amount", "shown"),
    [("0.145", "$0.15"), ("1.005", "$1.01"), ("0.0125", "$0.013"), ("12.3", "$12.30")],
)
def test_halves_of_a_cost_go_up_from_its_own_decimals(amount: str, shown: str) -> None:
    assert formats.cost(amount) == shown


@pytest.mark.parametrize(
    ("amount", "shown"),
    [
        ("0", "$0"),
        ("15.0", "$15"),
        ("0.5", "$0.50"),
        ("1.10", "$1.10"),
        ("0.010", "$0.01"),
        ("1e-5", "$0.00001"),
        ("2E+1", "$20"),
        ("0.12345678901234567890123456789", "$0.12345678901234567890123456789"),
    ],
)
def test_exact_dollars_have_all_their_digits_and_cents_in_full(amount: str, shown: str) -> None:
    assert formats.exact_dollars(Decimal(amount)) == shown


@pytest.mark.parametrize(
    ("ratio", "shown"),
    [(0.125, "+12.5%"), (-0.5, "−50.0%"), (0.0, "±0%"), (7.2, "×8.2"), (0.00001, "±0%")],
)
def test_a_change_always_has_a_sign_and_large_ones_are_factors(ratio: float, shown: str) -> None:
    assert formats.change(ratio) == shown


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("plain", "plain"),
        ("two\n lines", "two lines"),
        ("nul\x00 esc\x1b", "nul\ufffd esc\ufffd"),
        ("\ud83d lone", "\ufffd lone"),
        ("\u202eevil", "\ufffdevil"),
        ("\u200b\u200b", "(unnamed)"),
        ("", "(unnamed)"),
        ("x" * 300, "x" * 199 + "…"),
        ("z" + "\u0301" * 100, "ź" + "\u0301" * 3),
    ],
)
def test_an_upstream_name_is_made_safe_to_show(name: str, shown: str) -> None:
    cleaned = formats.sanitize(name)
    assert cleaned == shown or (name.startswith("z") and len(cleaned) <= 6)
    cleaned.encode("utf-8")


def test_a_window_writes_months_and_years_only_where_they_differ() -> None:
    assert Window(date(2026, 11, 3), date(2026, 11, 9)).human() == "3 to 9 Nov 2026"
    assert Window(date(2026, 10, 28), date(2026, 11, 3)).human() == "28 Oct to 3 Nov 2026"
    assert Window(date(2025, 12, 30), date(2026, 1, 5)).human() == "30 Dec 2025 to 5 Jan 2026"
    assert Window(date(2026, 1, 5), date(2026, 1, 5)).human() == "5 Jan 2026"


@pytest.mark.parametrize(
    "text", ["2026-W20-1", "20260511", "2026-02-30", "2026-5-1", "٢٠٢٦-01-01", "2026-01-01\n", ""]
)
def test_only_a_day_of_the_calendar_in_one_form_is_a_day(text: str) -> None:
    with pytest.raises(ValueError, match=r"a day as YYYY-MM-DD|not a valid date"):
        dates.parse_day(text)


@pytest.mark.parametrize(
    ("text", "human"),
    [
        ("2026-11-18T12:00:03Z", "18 Nov 2026, 12:00 UTC"),
        ("2026-08-18T22:46:17.000Z", "18 Aug 2026, 22:46 UTC"),
        ("2026-06-13T12:48:10+00:00", "13 Jun 2026, 12:48 UTC"),
        ("2026-06-13T01:30:00+02:00", "12 Jun 2026, 23:30 UTC"),
        ("2026-09-21", "21 Sep 2026"),
    ],
)
def test_an_as_of_is_read_in_each_of_its_forms(text: str, human: str) -> None:
    assert dates.human_as_of(text) == human


def test_a_name_that_looks_like_an_api_key_is_masked_even_where_it_would_be_cut() -> None:
    key = "sk-or-v1-0123456789abcdef0123456789abcdef"
    assert formats.sanitize(f"App {key}!") == "App sk-or-…!"
    assert formats.sanitize(key.replace("v1-", "")) == "sk-or-…"
    assert "0123" not in formats.sanitize("x" * 180 + key)
    assert formats.sanitize("keys begin with sk-or-v1-") == "keys begin with sk-or-v1-"


@pytest.mark.parametrize(
    ("size", "shown"),
    [
        (1, "1 byte"),
        (999, "999 bytes"),
        (1000, "1.0 kB"),
        (999_949, "999.9 kB"),
        (999_950, "1.0 MB"),
        (5_900_000, "5.9 MB"),
    ],
)
def test_a_size_takes_the_next_unit_once_it_rounds_to_it(size: int, shown: str) -> None:
    assert formats.file_size(size) == shown


@pytest.mark.parametrize(
    "filler", ["\u3164", "\u2800", "\u115f\u1160", "\ufe0f", "\U000e0041", " \u2063"]
)
def test_a_name_of_fillers_that_nobody_sees_is_no_name(filler: str) -> None:
    assert formats.sanitize(filler * 3) == "(unnamed)"
    assert formats.sanitize(f"x{filler}y").startswith("x")


def test_a_sentence_is_cleaned_as_a_name_is_and_keeps_its_length_and_its_lines() -> None:
    key = "sk-or-v1-0123456789abcdef0123456789abcdef"
    sentence = "long " * 100
    assert formats.clean(f"{sentence}\nline\x1b[2J \u202e{key} e\u0301{chr(0x301) * 9}") == (
        f"{sentence}\nline\ufffd[2J \ufffdsk-or-… \u00e9{chr(0x301) * 4}"
    )


@pytest.mark.parametrize(
    ("count", "shown"),
    [
        (0, "0"),
        (999_999, "999,999"),
        (1_999_999, "1.99 M"),
        (999_999_999, "999 M"),
        (1_009_999_999, "1.00 B"),
        (19_990_000_000_000, "19.9 T"),
        (10**18, "1,000 Q"),
    ],
)
def test_a_lower_bound_of_tokens_is_never_more_than_the_tokens(count: int, shown: str) -> None:
    assert formats.tokens_at_least(count) == shown
    words = formats.tokens_in_words_at_least(count)
    assert words.removeprefix("at least ").split(" ")[0] == shown.split(" ", maxsplit=1)[0]


@pytest.mark.parametrize(
    ("count", "shown"),
    [
        (0, "0"),
        (999_999, "999,999"),
        (1_000_000, "1.00 M"),
        (136_100_000_000, "137 B"),
        (137_000_000_000, "137 B"),
        (999_400_000_000, "1.00 T"),
        (9_991_000_000, "10.0 B"),
    ],
)
def test_an_upper_bound_of_tokens_is_never_less_than_the_tokens(count: int, shown: str) -> None:
    assert formats.tokens_at_most(count) == shown


@pytest.mark.parametrize(
    ("part", "shown"),
    [(0.0, "0.0%"), (0.0001, "0.1%"), (0.0712, "7.2%"), (0.145, "14.5%"), (0.9999, "100.0%")],
)
def test_an_upper_bound_of_a_share_is_never_less_than_the_share(part: float, shown: str) -> None:
    assert formats.share_at_most(part) == shown


@pytest.mark.parametrize(
    ("part", "shown"),
    [(0.0, "0.00%"), (0.00046, "0.04%"), (0.0999, "9.9%"), (0.145, "14.5%"), (1.0, "100.0%")],
)
def test_a_lower_bound_of_a_share_is_never_more_than_the_share(part: float, shown: str) -> None:
    assert formats.share_at_least(part) == shown
