"""Compiled templates are code: they are kept where Python keeps its own, and never come with a site."""

import sys
from pathlib import Path

import jinja2
import pytest

from generator.base import files
from generator.render.templates import Templates
from tests.running import Built

PAGE = "pages/robots.txt.j2"
VALUES = {"site": {"public_url": ""}}


@pytest.fixture
def compiled(monkeypatch: pytest.MonkeyPatch) -> list[str | None]:
    """Return the names of the templates that are compiled from now on."""
    names: list[str | None] = []
    compile_ = jinja2.Environment.compile

    def noted(self: jinja2.Environment, source: str, name: str | None, *args: object) -> object:
        names.append(name)
        return compile_(self, source, name, *args)  # type: ignore[call-overload]

    monkeypatch.setattr(jinja2.Environment, "compile", noted)
    return names


def test_a_site_brings_no_compiled_templates(plain: Built) -> None:
    assert (plain.site / ".cache").is_dir()
    assert not (plain.site / ".cache/templates").exists()


def test_templates_are_compiled_once_where_python_keeps_its_own_code(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, compiled: list[str | None]
) -> None:
    monkeypatch.setattr(sys, "pycache_prefix", str(tmp_path))
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    first = Templates().render(PAGE, VALUES)
    assert compiled
    compiled.clear()
    assert Templates().render(PAGE, VALUES) == first
    assert compiled == []


def test_of_an_owners_templates_nothing_is_kept_and_the_packages_own_are_compiled_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, compiled: list[str | None]
) -> None:
    monkeypatch.setattr(sys, "pycache_prefix", str(tmp_path / "kept"))
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    owners = tmp_path / "owners" / PAGE
    owners.parent.mkdir(parents=True)
    owners.write_text('{% extends "original/pages/robots.txt.j2" %}')
    first = Templates(overrides=tmp_path / "owners").render(PAGE, VALUES)
    assert first == Templates().render(PAGE, VALUES)
    compiled.clear()
    assert Templates(overrides=tmp_path / "owners").render(PAGE, VALUES) == first
    assert compiled == [PAGE]
    assert len([path for path in (tmp_path / "kept").rglob("*") if path.is_file()]) == 1


def test_another_version_of_the_blocks_of_templates_compiles_them_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, compiled: list[str | None]
) -> None:
    monkeypatch.setattr(sys, "pycache_prefix", str(tmp_path))
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    Templates().render(PAGE, VALUES)
    compiled.clear()
    monkeypatch.setattr(files, "code_digest", lambda _paths: "another")
    Templates().render(PAGE, VALUES)
    assert compiled


@pytest.mark.parametrize("prefix", ["file", "file/folder"])
def test_where_nothing_can_be_kept_templates_are_compiled_each_time(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, compiled: list[str | None], prefix: str
) -> None:
    (tmp_path / "file").write_text("")
    monkeypatch.setattr(sys, "pycache_prefix", str(tmp_path / prefix))
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    for _ in range(2):
        compiled.clear()
        Templates().render(PAGE, VALUES)
        assert compiled
