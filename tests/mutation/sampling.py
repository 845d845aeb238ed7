"""Which small changes of the program are tried: a sample of all that cosmic-ray knows to make, the same each time."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from random import Random

from cosmic_ray.ast import ast_nodes, get_ast
from cosmic_ray.mutating import mutate_code
from cosmic_ray.plugins import get_operator

OPERATORS = tuple(
    f"core/{name}"
    for name in (
        "AddNot",
        "ExceptionReplacer",
        "NumberReplacer",
        "ReplaceAndWithOr",
        "ReplaceOrWithAnd",
        "ReplaceBreakWithContinue",
        "ReplaceContinueWithBreak",
        "ReplaceFalseWithTrue",
        "ReplaceTrueWithFalse",
        "ReplaceUnaryOperator_Delete_Not",
        "ReplaceUnaryOperator_USub_UAdd",
        "ZeroIterationForLoop",
        *(
            f"ReplaceComparisonOperator_{each}"
            for each in (
                "Eq_NotEq NotEq_Eq Is_IsNot IsNot_Is Lt_LtE LtE_Lt Gt_GtE GtE_Gt Lt_GtE GtE_Lt Gt_LtE LtE_Gt".split()
            )
        ),
        *(
            f"ReplaceBinaryOperator_{each}"
            for each in (
                "Add_Sub Sub_Add Mul_Add Div_Mul FloorDiv_Mul Mod_Mul BitAnd_BitOr BitOr_BitAnd BitXor_BitOr".split()
            )
        ),
    )
)
"""One or two changes for each sort of place: cosmic-ray's many more of the same place say nothing more."""


@dataclass(frozen=True)
class Mutant:
    """One change: the module (its path in the project), what is done to it, and the line in which it is done."""

    module: str
    operator: str
    occurrence: int
    line: int

    def source(self, original: str) -> str:
        """The module with the change made."""
        changed: str | None = mutate_code(original, get_operator(self.operator)(), self.occurrence)
        assert changed is not None
        return changed


def all_mutants(project: Path, rooms: list[str]) -> list[Mutant]:
    """Every change of the modules of some rooms, in the order of their names and lines."""
    return [
        mutant
        for room in rooms
        for path in sorted((project / "kvaltui" / room).rglob("*.py"))
        for mutant in _mutants_of(path, path.relative_to(project).as_posix())
    ]


def sampled(mutants: list[Mutant], number: int, seed: int) -> list[Mutant]:
    """So many of them; the same for the same seed as long as the modules are the same."""
    return sorted(Random(seed).sample(mutants, min(number, len(mutants))), key=lambda each: (each.module, each.line))


def _mutants_of(path: Path, module: str) -> Iterator[Mutant]:
    source = path.read_text(encoding="utf-8")
    nodes = list(ast_nodes(get_ast(source)))
    never_run = list(_never_run(source))
    for name in OPERATORS:
        operator = get_operator(name)()
        positions = [start for node in nodes for start, _ in operator.mutation_positions(node)]
        for occurrence, start in enumerate(positions):
            if not any(begin <= start < end for begin, end in never_run):
                yield Mutant(module, name, occurrence, start[0])


def _never_run(source: str) -> Iterator[tuple[tuple[int, int], tuple[int, int]]]:
    """From where to where a module holds what only a reader and mypy look at: annotations, names of types."""
    lines = source.splitlines()
    for node in ast.walk(ast.parse(source)):
        found: list[ast.expr | ast.stmt | None] = []
        if isinstance(node, ast.arg):
            found = [node.annotation]
        elif isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            found = [node.returns]
        elif isinstance(node, ast.AnnAssign):
            is_alias = isinstance(node.annotation, ast.Name) and node.annotation.id == "TypeAlias"
            found = [node if is_alias else node.annotation]
        for each in found:
            if each is not None and each.end_lineno is not None and each.end_col_offset is not None:
                yield (
                    (each.lineno, _column(lines, each.lineno, each.col_offset)),
                    (each.end_lineno, _column(lines, each.end_lineno, each.end_col_offset)),
                )


def _column(lines: list[str], line: int, offset: int) -> int:
    """`ast` counts bytes, cosmic-ray characters."""
    return len(lines[line - 1].encode()[:offset].decode())
