"""Nothing in, the environment that templates run in out: Jinja's sandbox, without what it asks again and again of us.

Half of the time of a message went into asking whether our own frozen values and macros may be used (they may: they can
neither be changed nor lead anywhere else) and into escaping what `finalize` had escaped already.
"""

from __future__ import annotations

from dataclasses import is_dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from briefing.renditions.context import pack as annex
from briefing.renditions.context import sparkline as visuals
from briefing.renditions.context import view
from briefing.renditions.localisation.catalogue import Messages

if TYPE_CHECKING:
    from jinja2 import Environment


@cache
def sandbox() -> type[Environment]:
    """The kind of environment. What a template prints is whatever `finalize` gives, which must be escaped text."""
    from jinja2.compiler import CodeGenerator
    from jinja2.environment import TemplateModule
    from jinja2.runtime import LoopContext, Macro
    from jinja2.sandbox import ImmutableSandboxedEnvironment

    known, speaking = _ours() | {LoopContext, TemplateModule}, (Macro, Messages)

    class Printing(CodeGenerator):
        def _output_child_pre(self, node: Any, frame: Any, finalize: Any) -> None:  # noqa: ARG002 (Jinja's signature)
            self.write(finalize.src or "str(")

        def _output_child_post(self, node: Any, frame: Any, finalize: Any) -> None:  # noqa: ARG002
            self.write(")")

    class Sandbox(ImmutableSandboxedEnvironment):
        code_generator_class = Printing

        def getattr(self, obj: Any, attribute: str) -> Any:
            if type(obj) in known and attribute[:1] != "_":
                try:
                    return getattr(obj, attribute)
                except AttributeError:
                    pass
            return super().getattr(obj, attribute)

        def call(self, context: Any, called: Any, /, *args: Any, **kwargs: Any) -> Any:
            if type(called) in speaking:  # a macro can do no more than its template, and messages only speak
                kwargs.pop("_loop_vars", None)  # Jinja's own, for functions that ask for the context
                kwargs.pop("_block_vars", None)
                return called(*args, **kwargs)
            return super().call(context, called, *args, **kwargs)

    return Sandbox


def _ours() -> frozenset[type]:
    """The kinds of our frozen values."""
    kinds = (one for module in (view, annex, visuals) for one in vars(module).values() if is_dataclass(one))
    return frozenset(kind for kind in kinds if isinstance(kind, type))
