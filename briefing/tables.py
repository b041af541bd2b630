"""A TOML table to an instance of a frozen dataclass, and every fault in it at once, each with its
near miss.
"""

from __future__ import annotations

import dataclasses
import difflib
import types
import typing
from typing import Any

NAMES = {
    str: "text in quotation marks",
    int: "a whole number",
    float: "a number",
    bool: "true or false",
}


def build_from_table(kind: type, table: dict[str, Any], where: str, faults: list[str]) -> Any:
    """An instance of the dataclass `kind` from a TOML table; what is wrong is added to `faults`."""
    hints = typing.get_type_hints(kind)
    fields = {field.name: field for field in dataclasses.fields(kind)}
    faults.extend(
        _unknown_setting_fault(name, fields, where) for name in table if name not in fields
    )
    values: dict[str, Any] = {}
    for name in (name for name in fields if name in table):
        before = len(faults)
        value = _convert_value(table[name], hints[name], f"{where}{name}", faults)
        if len(faults) > before:
            continue
        check = fields[name].metadata["check"]
        fault = check(value) if check else None
        if fault:
            faults.append(f"{where}{name}: {fault}")
        values[name] = value
    return kind(**values)


def _unknown_setting_fault(name: str, fields: typing.Iterable[str], where: str) -> str:
    near = difflib.get_close_matches(name, list(fields), n=1)
    hint = f"did you mean '{near[0]}'?" if near else f"there are {', '.join(fields)}"
    return f"{where}no setting is called '{name}'; {hint}"


def _convert_value(value: Any, hint: Any, where: str, faults: list[str]) -> Any:
    """`value` as the type `hint` asks for it: str, int, float, bool, one of these or None, or a
    tuple of them.
    """
    kinds = [
        kind
        for kind in (typing.get_args(hint) if _is_union(hint) else (hint,))
        if kind is not type(None)
    ]
    kind = kinds[0]
    if _is_union(hint) and value == "":
        return None  # TOML has no null: an empty text unsets what may be unset
    if typing.get_origin(kind) is tuple:
        return _convert_list(value, typing.get_args(kind)[0], where, faults)
    if typing.get_origin(kind) is dict or dataclasses.is_dataclass(kind):
        return _convert_table(value, kind, where, faults)
    if kind is float and type(value) is int:
        return float(value)
    if type(value) is kind:
        return value
    faults.append(f"{where}: {NAMES[kind]} is expected, not {value!r}")
    return None


def _convert_list(value: Any, kind: Any, where: str, faults: list[str]) -> tuple[Any, ...]:
    if not isinstance(value, list):
        faults.append(f"{where}: a list is expected, not {value!r}")
        return ()
    if not dataclasses.is_dataclass(kind):
        return tuple(_convert_value(each_value, kind, where, faults) for each_value in value)
    wrong = [entry for entry in value if not isinstance(entry, dict)]
    faults.extend(
        f"{where}: a table is expected, written [[{where}]], not {entry!r}" for entry in wrong
    )
    tables = [entry for entry in value if isinstance(entry, dict)]
    names = [
        _table_label(entry, number) if len(tables) > 1 else ""
        for number, entry in enumerate(tables, 1)
    ]
    one = typing.cast("type", kind)
    return tuple(
        build_from_table(one, entry, f"{where}{name}: ", faults)
        for entry, name in zip(tables, names, strict=True)
    )


def _table_label(table: dict[str, Any], number: int) -> str:
    """Which of several tables: by the name that the user gave it, else by its place."""
    return f" '{table['name']}'" if isinstance(table.get("name"), str) else f" {number}"


def _convert_table(value: Any, kind: Any, where: str, faults: list[str]) -> Any:
    if isinstance(value, dict):  # a plain one holds names that are not ours
        return (
            value
            if typing.get_origin(kind) is dict
            else build_from_table(kind, value, f"{where}: ", faults)
        )
    faults.append(
        f"{where}: a table is expected, written [{where.replace(': ', '.')}], not {value!r}"
    )
    return None


def _is_union(hint: Any) -> bool:
    return typing.get_origin(hint) in {typing.Union, types.UnionType}
