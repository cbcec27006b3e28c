"""`docs/openapi.json`, which integrators may read without a running service."""

from openapi_spec_validator import OpenAPIV31SpecValidator

from tests.kept_openapi import KEPT, current_document, text_of


def test_the_document_is_sound_openapi_3_1():
    assert list(OpenAPIV31SpecValidator(current_document()).iter_errors()) == []


def test_the_kept_copy_is_what_the_code_makes():
    told = "docs/openapi.json is not what the code makes: run `make documents`, and read the diff"
    assert KEPT.read_text() == text_of(current_document()), told
