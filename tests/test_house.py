"""How the code reads: names in the field's words, small functions, no reaching into libraries."""

from __future__ import annotations

from functools import cache

from benchmarks.house import PACKAGE, Figures, complexity, is_participle, measure


@cache
def figures() -> Figures:
    return measure(PACKAGE)


def test_at_most_half_of_the_public_functions_are_named_by_one_word() -> None:
    assert figures().one_word <= 0.50


def test_hardly_a_function_is_named_by_a_bare_participle() -> None:
    assert figures().participles <= 0.02


def test_hardly_a_function_is_complex() -> None:
    assert figures().complex <= 0.05


def test_no_function_is_long() -> None:
    assert max(figures().lengths) <= 50


def test_private_names_of_libraries_are_used_in_one_module_alone() -> None:
    assert figures().reaching == {"renditions/printing/weasyprint_patches.py"}


def test_participles_are_told_from_verbs_and_nouns() -> None:
    assert [is_participle(name) for name in ("told", "_kept", "joined", "split", "feed")] == [
        True, True, True, False, False,
    ]  # fmt: skip


def test_complexity_counts_branches_and_operands() -> None:
    import ast

    source = (
        "def f(a, b):\n    if a and b or a:\n        return [x for x in a if x]\n    return b\n"
    )
    function = ast.parse(source).body[0]

    assert isinstance(function, ast.FunctionDef)
    assert complexity(function) == 5
