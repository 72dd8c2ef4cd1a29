"""The order of models and authors, and what comes before and after each."""

import json
from dataclasses import replace

from generator.boards.board import Entity
from generator.boards.site import AuthorProfile, ModelProfile
from generator.render.ordering import authors_by_use, models_by_use, with_neighbors
from generator.render.search_index import make_search_index
from tests.site_samples import context, profile, site


def model(
    id_: str, name: str, rank: int | None, *, listed: bool = True, page: bool = True
) -> ModelProfile:
    path = f"models/{id_}/" if page else None
    entity = Entity(id_, name, path, "a", "")
    return replace(profile(0), model=entity, rank=rank, listed=listed)


SOME = (
    model("a/old", "aged", None, listed=False),
    model("a/z", "Zeta", None),
    model("a/second", "A name", 2),
    model("a/b", "beta", None),
    model("a/first", "Z name", 1),
    model("a/hidden", "Hidden", None, page=False),
    model("a/a2", "Beta", None),
)
PROFILES = {one.model.id: one for one in SOME}


def test_models_come_by_use_then_by_name_whatever_its_case_then_by_id() -> None:
    ordered = [one.model.id for one in models_by_use(site(profiles=PROFILES))]
    assert ordered == ["a/first", "a/second", "a/old", "a/a2", "a/b", "a/z"]


def test_the_search_box_lists_former_models_last() -> None:
    (artifact,) = make_search_index(context(site(profiles=PROFILES)))
    groups = {group["kind"]: group["rows"] for group in json.loads(artifact.body)["groups"]}
    assert [row[0] for row in groups["Model"]] == [
        "Z name",
        "A name",
        "Beta",
        "beta",
        "Zeta",
        "aged",
    ]


def test_authors_come_by_use_then_by_name() -> None:
    def author(name: str, rank: int | None) -> AuthorProfile:
        entity = Entity(name, name, f"authors/{name}/", name, "")
        return AuthorProfile(entity, rank, None, "", None, None, (), ())

    listed = (author("b", None), author("c", 7), author("A", None), author("d", 1))
    ordered = authors_by_use(site(authors={one.author.id: one for one in listed}))
    assert [one.author.id for one in ordered] == ["d", "c", "A", "b"]


def test_each_item_stands_between_its_neighbors() -> None:
    assert list(with_neighbors("abc")) == [(None, "a", "b"), ("a", "b", "c"), ("b", "c", None)]
    assert list(with_neighbors("a")) == [(None, "a", None)]
    assert list(with_neighbors("")) == []
