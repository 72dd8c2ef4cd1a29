"""JSON as it is read from replies: how deep it may be nested."""

import pytest

from generator.base import strict_json


@pytest.mark.parametrize(("begin", "end"), ["[]", ('{"a":', "}"), ('[1,{"a":2,"b":', "}]")])
def test_a_document_is_read_down_to_the_deepest_level_and_no_further(begin: str, end: str) -> None:
    levels = begin.count("[") + begin.count("{")
    nested = strict_json.DEEPEST // levels
    strict_json.loads(f"{begin * nested}1{end * nested}".encode())
    with pytest.raises(strict_json.TooDeepError):
        strict_json.loads(f"{begin * nested}[]{end * nested}".encode())
