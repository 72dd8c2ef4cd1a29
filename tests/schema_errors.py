"""What the published JSON Schemas find wrong."""

import jsonschema

from generator.render import document_schemas


def schema_errors(name: str, document: object) -> list[str]:
    """Return what the schema of a kind of file finds wrong in a document, formats included."""
    schema = dict(document_schemas.all_documents())[f"{name}.schema.json"]
    checker = jsonschema.Draft202012Validator.FORMAT_CHECKER
    validator = jsonschema.Draft202012Validator(schema, format_checker=checker)
    return [error.message for error in validator.iter_errors(document)]
