"""All that a plan consists of: the one list of the types of things, each of a kind of its own."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import TypeAlias, cast

from kvaltui.model.economy import EconomyRow, EconomyTable
from kvaltui.model.entity import Kind
from kvaltui.model.quality_work import Assignment, Measure, Result, Risk, SelfCheck
from kvaltui.model.reporting import Assessment, Comparison, Completion, Outcome, TargetValue
from kvaltui.model.structure import Area, Goal, Indicator, Plan, QualityFactor

AnyEntity: TypeAlias = (
    Plan
    | QualityFactor
    | Area
    | Goal
    | Indicator
    | TargetValue
    | Outcome
    | Comparison
    | Assessment
    | Completion
    | Risk
    | SelfCheck
    | Result
    | Measure
    | Assignment
    | EconomyTable
    | EconomyRow
)

ENTITY_TYPES: Mapping[Kind, type[AnyEntity]] = MappingProxyType(
    {type_.kind: type_ for type_ in cast("tuple[type[AnyEntity], ...]", AnyEntity.__args__)}
)
