"""Measure how the code reads: names, complexity, density, and how far it reaches into libraries."""

from __future__ import annotations

import argparse
import ast
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median

PACKAGE = Path(__file__).parent.parent / "briefing"
COMPLEX = 10  # McCabe's bound of 1976, as ruff counts it
# Irregular participles that names are made of; the regular ones end in -ed.
PARTICIPLES = frozenset(
    re.findall(
        r"\w+",
        """
        begun bought bound brought built caught chosen cut done drawn driven fallen felt
        found given gone grown held hidden kept known laid left lent lost made meant met
        paid proven put read said seen sent set shown shut sold spent split spoken
        spread stood struck taken taught told torn understood woken won worn written
        """,
    )
)
VERBS = frozenset(
    ["cut", "put", "read", "set", "shut", "split", "spread"]
)  # the same word in both forms
NOUNS = frozenset(["embed", "exceed", "feed", "need", "proceed", "seed", "speed", "succeed"])
_BRANCHES = (
    ast.If, ast.IfExp, ast.For, ast.AsyncFor, ast.While, ast.ExceptHandler, ast.comprehension,
    ast.match_case,
)  # fmt: skip


@dataclass
class Figures:
    """What one reading of the package counts."""

    public: list[str] = field(default_factory=list)
    private: list[str] = field(default_factory=list)
    lengths: list[int] = field(default_factory=list)  # lines of each function
    complexities: list[int] = field(default_factory=list)
    characters: list[int] = field(default_factory=list)  # of each line inside functions
    any_lines: int = 0
    suppressions: int = 0
    reaching: set[str] = field(default_factory=set)  # modules that use private names of libraries

    @property
    def one_word(self) -> float:
        """Share of public functions named by one single word."""
        return _share([_is_one_word(name) for name in self.public])

    @property
    def participles(self) -> float:
        """Share of all functions named by a bare participle."""
        return _share([is_participle(name) for name in (*self.public, *self.private)])

    @property
    def complex(self) -> float:
        """Share of functions whose complexity is over the bound."""
        return _share([number > COMPLEX for number in self.complexities])


def main(arguments: Sequence[str]) -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks house", description=__doc__)
    parser.add_argument("--names", action="store_true", help="list bare participles too")
    given = parser.parse_args(arguments)
    found = measure(PACKAGE)
    names = (*found.public, *found.private)
    print(f"functions                              {len(names):>7,}")
    print(f"public, named by one single word       {found.one_word:>7.1%}")
    print(f"named by a bare participle             {found.participles:>7.1%}")
    print(f"complexity over {COMPLEX}                     {found.complex:>7.1%}")
    print(f"lines of a function, median            {median(found.lengths):>7.0f}")
    print(f"lines of a function, longest           {max(found.lengths):>7}")
    print(f"characters a line in functions         {_mean(found.characters):>7.1f}")
    print(f"lines with Any                         {found.any_lines:>7}")
    print(f"suppressed warnings (noqa)             {found.suppressions:>7}")
    print(f"modules that reach into libraries      {len(found.reaching):>7}")
    if given.names:
        print(*sorted({name for name in names if is_participle(name)}), sep="\n")


def measure(package: Path) -> Figures:
    """Read every module of a package. Cost: three seconds."""
    found = Figures()
    for path in sorted(package.rglob("*.py")):
        text = path.read_text(encoding="utf-8")
        lines = text.split("\n")
        tree = ast.parse(text)
        for node in tree.body:
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                (found.private if node.name.startswith("_") else found.public).append(node.name)
        for node in ast.walk(tree):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                found.lengths.append(_body_lines(node))
                found.complexities.append(complexity(node))
                inside = lines[node.lineno - 1 : node.end_lineno]
                found.characters += [len(line.strip()) for line in inside if line.strip()]
        found.any_lines += sum(1 for line in lines if re.search(r"\bAny\b", line))
        found.suppressions += text.count("# noqa")
        if "SLF001" in text:
            found.reaching.add(str(path.relative_to(package)))
    return found


def complexity(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """One, and one for each branch and each further operand of `and` and `or` (McCabe, 1976)."""
    branches = sum(isinstance(node, _BRANCHES) for node in _own_nodes(function))
    operands = [node for node in _own_nodes(function) if isinstance(node, ast.BoolOp)]
    return 1 + branches + sum(len(node.values) - 1 for node in operands)


def is_participle(name: str) -> bool:
    word = name.strip("_").lower()
    if "_" in word or word in VERBS or word in NOUNS:
        return False
    return word.endswith("ed") or word in PARTICIPLES


def _own_nodes(function: ast.AST) -> Iterator[ast.AST]:
    """All nodes of a function but those of functions inside it."""
    for child in ast.iter_child_nodes(function):
        if isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            continue
        yield child
        yield from _own_nodes(child)


def _body_lines(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Lines of the statements, without the signature and the docstring."""
    body = node.body[1:] if ast.get_docstring(node) and len(node.body) > 1 else node.body
    return (body[-1].end_lineno or 0) - body[0].lineno + 1


def _is_one_word(name: str) -> bool:
    return "_" not in name.strip("_")


def _share(flags: list[bool]) -> float:
    return sum(flags) / max(1, len(flags))


def _mean(numbers: list[int]) -> float:
    return sum(numbers) / max(1, len(numbers))
