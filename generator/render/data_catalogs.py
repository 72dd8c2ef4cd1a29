"""The published datasets as other catalogs of data describe them, from one description of each."""

from collections.abc import Iterator, Mapping

from generator.base import tabular
from generator.boards.site import Site
from generator.render.croissant import croissant
from generator.render.datacite import datacite
from generator.render.dataset_descriptions import describe_datasets
from generator.render.dcat import catalog
from generator.render.latest import Checksum


def catalog_files(site: Site, published: Mapping[str, Checksum]) -> Iterator[tuple[str, bytes]]:
    """Yield the path below ``data/v1/`` and the bytes of each description of a dataset, and of all.

    Args:
        site: says what each dataset holds.
        published: the checksums of the files that are described, by their path inside the site.
    """
    datasets = describe_datasets(site, published)
    for dataset in datasets.values():
        yield f"{dataset.name}/croissant.json", tabular.indented(croissant(dataset, site))
        yield f"{dataset.name}/datacite.json", tabular.indented(datacite(dataset, site))
    if datasets:
        yield "dcat.jsonld", tabular.indented(catalog(datasets.values(), site))
