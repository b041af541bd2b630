"""Nothing in, the environment that our own templates run in out: Jinja's, whose code reads and calls as Python does.

Half of the time of a message went into asking whether our templates may read our values, and into handing arguments
to macros. No template of a user's ever runs here: `environment` takes this one only where the user's folder has none.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache, partial
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from jinja2 import Environment

KEYED = "site-"  # templates that are given dictionaries, whose keys Jinja reads as attributes


@cache
def direct() -> type[Environment]:
    """The kind of environment. What a template prints is whatever `finalize` gives, which must be escaped text.

    `a.b` is Python's: a name that is not there raises AttributeError, a fault of ours and no message for a user. Macros
    take arguments by their places alone.
    """
    from jinja2 import Environment
    from jinja2.utils import missing
    from markupsafe import Markup

    safe = partial(str.__new__, Markup)  # what a macro printed went through `finalize`

    def macro(function: Callable[..., str], count: int) -> Callable[..., str]:
        return lambda *given: safe(function(*given, *(missing,) * (count - len(given))))

    generator = _generator()

    class Direct(Environment):
        code_generator_class = generator
        quick_macro = staticmethod(macro)

    return Direct


def _generator() -> Any:
    from jinja2.compiler import CodeGenerator

    class Plain(CodeGenerator):
        def visit_Getattr(self, node: Any, frame: Any) -> None:  # noqa: N802 (Jinja's name)
            if (self.name or "").startswith(KEYED):
                super().visit_Getattr(node, frame)
                return
            self.write("(")
            self.visit(node.node, frame)
            self.write(f").{node.attr}")

        def visit_Call(self, node: Any, frame: Any, forward_caller: bool = False) -> None:  # noqa: N802, FBT001, FBT002
            if forward_caller or node.dyn_args or node.dyn_kwargs:
                super().visit_Call(node, frame, forward_caller)
                return
            self.write("(")
            self.visit(node.node, frame)
            self.write(")(")
            for argument in (*node.args, *node.kwargs):
                self.visit(argument, frame)
                self.write(", ")
            self.write(")")

        def macro_def(self, macro_ref: Any, frame: Any) -> None:
            if any((macro_ref.accesses_caller, macro_ref.accesses_kwargs, macro_ref.accesses_varargs)):
                super().macro_def(macro_ref, frame)
            else:
                self.write(f"environment.quick_macro(macro, {len(macro_ref.node.args)})")

        def _output_child_pre(self, node: Any, frame: Any, finalize: Any) -> None:  # noqa: ARG002 (Jinja's signature)
            self.write(finalize.src or "str(")

        def _output_child_post(self, node: Any, frame: Any, finalize: Any) -> None:  # noqa: ARG002
            self.write(")")

    return Plain
