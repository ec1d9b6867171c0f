"""Puts mutations into source so that one build holds them all: which of them runs is said by the environment.

A constant becomes `changed(7, 31, 30)`, a dropped statement `if !isMutant(7) { … }`. An operator becomes one of the
mutation's own, of the same precedence, which does either: where its operands begin and end is left to the compiler.
"""
import sites
from sites import ACTIVE, NUMBER, OPERATOR, Edit

VARIABLE = "RTMEDIA_MUTANT"

HELPER = """\
internal import Glibc

private let activeMutant: Int = getenv("{variable}").map {{ Int(atoi($0)) }} ?? 0

@inline(never) func isMutant(_ number: Int) -> Bool {{ number == activeMutant }}

/// A constant of the source, or what it becomes.
func changed<Value>(_ number: Int, _ other: Value, _ original: Value) -> Value {{ isMutant(number) ? other : original }}

precedencegroup MutantPrecedence {{
    higherThan: TernaryPrecedence
    lowerThan: LogicalDisjunctionPrecedence
}}

infix operator ^^^ : MutantPrecedence

/// The condition, or its opposite.
func ^^^ (condition: Bool, number: Int) -> Bool {{ condition != isMutant(number) }}

infix operator ^^! : BitwiseShiftPrecedence

func ^^! (number: MutantNumber, condition: Bool) -> Bool {{ condition == isMutant(number.value) }}

struct MutantNumber {{ let value: Int }}

"""

# {s}: the operator's symbol, {n}: its number, {a}: what it was, {b}: what it becomes.
COMPARABLE = ["func {s} <T: Comparable>(x: T, y: T) -> Bool {{ isMutant({n}) ? x {b} y : x {a} y }}"]
EQUATABLE = [
    "func {s} <T: Equatable>(x: T, y: T) -> Bool {{ isMutant({n}) ? x {b} y : x {a} y }}",
    "func {s} <T>(x: T?, y: _OptionalNilComparisonType) -> Bool {{ isMutant({n}) ? x {b} y : x {a} y }}",
]
ADDITIVE = [
    "func {s} <T: AdditiveArithmetic>(x: T, y: T) -> T {{ isMutant({n}) ? x {b} y : x {a} y }}",
    "func {s} <T: InstantProtocol>(x: T, y: T.Duration) -> T {{ x.advanced(by: ({n1} == isMutant({n})) ? .zero - y : y) }}",
]
JOINING = ["func {s} <T: RangeReplaceableCollection>(x: T, y: T) -> T {{ isMutant({n}) ? x : x + y }}"]
NUMERIC = [
    "func {s} <T: BinaryInteger>(x: T, y: T) -> T {{ isMutant({n}) ? x {b} y : x {a} y }}",
]
FLOATING = ["func {s} <T: FloatingPoint>(x: T, y: T) -> T {{ isMutant({n}) ? x {b} y : x {a} y }}"]
WRAPPING = ["func {s} <T: FixedWidthInteger>(x: T, y: T) -> T {{ isMutant({n}) ? x {b} y : x {a} y }}"]
SHIFTING = ["func {s} <T: BinaryInteger, U: BinaryInteger>(x: T, y: U) -> T {{ isMutant({n}) ? x {b} y : x {a} y }}"]
LOGICAL = [
    "func {s} (x: Bool, y: @autoclosure () throws -> Bool) rethrows -> Bool {{ "
    "isMutant({n}) ? try x {b} y() : try x {a} y() }}"
]
ASSIGNING = [
    "func {s} <T: AdditiveArithmetic>(x: inout T, y: T) {{ if isMutant({n}) {{ x {b} y }} else {{ x {a} y }} }}",
]
APPENDING = [
    "func {s} <T: RangeReplaceableCollection>(x: inout T, y: some Sequence<T.Element>) {{ "
    "if !isMutant({n}) {{ x += y }} }}",
]
COALESCING = [
    "func {s} <T>(x: T?, y: @autoclosure () throws -> T) rethrows -> T {{ isMutant({n}) ? try y() : try x ?? y() }}",
    "func {s} <T>(x: T?, y: @autoclosure () throws -> T?) rethrows -> T? {{ isMutant({n}) ? try y() : try x ?? y() }}",
]
HALF_OPEN = [
    "func {s} <T: Strideable>(x: T, y: T) -> Range<T> where T.Stride: SignedInteger {{ "
    "isMutant({n}) ? x..<y.advanced(by: 1) : x..<y }}",
]
CLOSED = [
    "func {s} <T: Strideable>(x: T, y: T) -> ClosedRange<T> where T.Stride: SignedInteger {{ "
    "isMutant({n}) ? x...y.advanced(by: -1) : x...y }}",
]

DECLARATIONS = {
    "<": COMPARABLE, "<=": COMPARABLE, ">": COMPARABLE, ">=": COMPARABLE, "==": EQUATABLE, "!=": EQUATABLE,
    "+": ADDITIVE + JOINING, "-": ADDITIVE, "*": NUMERIC + FLOATING, "/": NUMERIC + FLOATING, "%": NUMERIC,
    "&+": WRAPPING, "&-": WRAPPING, "&*": WRAPPING, "&": NUMERIC, "|": NUMERIC, "<<": SHIFTING, ">>": SHIFTING,
    "&&": LOGICAL, "||": LOGICAL, "+=": ASSIGNING + APPENDING, "-=": ASSIGNING, "??": COALESCING, "..<": HALF_OPEN,
    "...": CLOSED,
}


def symbol(number):
    """An operator for a number: its binary digits."""
    return "+" + "".join("^" if digit == "1" else "%" for digit in f"{number:b}")


def helper(mutations):
    """The file that declares what armed source needs. - mutations: by their numbers."""
    text = HELPER.format(variable=VARIABLE)
    for number, mutation in sorted(mutations.items()):
        if not mutation.operator:
            continue
        original, changed = mutation.operator
        text += f"infix operator {symbol(number)} : {sites.OPERATORS[original][1]}\n"
        for declaration in DECLARATIONS[original]:
            text += declaration.format(
                s=symbol(number), n=number, a=original, b=changed, n1="true" if original == "+" else "false") + "\n"
    return text


def edits(number, mutation):
    """A mutation's armed text."""
    active = f"isMutant({number})"
    return [
        Edit(
            edit.start, edit.end,
            edit.text.replace(ACTIVE, active).replace(NUMBER, str(number)).replace(OPERATOR, symbol(number)))
        for edit in mutation.armed
    ]


def armed(text, mutations):
    """A file's text with mutations, by their numbers, none of which overlaps another."""
    return sites.applied(text, [edit for number, mutation in mutations.items() for edit in edits(number, mutation)])


def batches(mutations):
    """Divides mutations, by their numbers, so that none overlaps another of its batch."""
    result = []
    for number, mutation in mutations.items():
        for batch in result:
            if not any(mutation.overlaps(other) for other in batch.values()):
                batch[number] = mutation
                break
        else:
            result.append({number: mutation})
    return result


def blamed(errors, texts, mutations):
    """The mutations that do not compile. - errors: (file, line, column), from 1; texts: the armed files before arming."""
    places = {}
    for number, mutation in mutations.items():
        places.setdefault(mutation.file, []).append((number, mutation))
    found = set()
    for file, line, column in errors:
        here = places.get(file, [])
        on_line = [
            (number, mutation) for number, mutation in here
            if mutation.line <= line <= mutation.line + texts[file][mutation.start:mutation.end].count("\n")
        ]
        if on_line:
            found |= {number for number, _ in on_line}
            continue
        # What a change breaks may show later: in what uses the value, or at the end of the function.
        before = [(mutation.line, number) for number, mutation in here if mutation.line < line]
        found |= {max(before)[1]} if before else {number for number, _ in here}
    return found
