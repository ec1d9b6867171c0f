"""Where Swift source can be changed, and how: operators, constants, conditions, statements, arguments.

A mutation has two forms. *Plain* is the changed text. *Armed* holds both texts, and which of them runs is decided when the
program starts (see arming.py): a hundred mutations are compiled at once.
"""
import bisect, dataclasses, re

# In an armed text: the condition under which the mutation holds, its number, and an operator of its own.
ACTIVE, NUMBER, OPERATOR = "\0", "\1", "\2"


@dataclasses.dataclass(frozen=True)
class Edit:
    """What replaces the text from start to end."""
    start: int
    end: int
    text: str


@dataclasses.dataclass(frozen=True)
class Mutation:
    """A change to a file; `armed` is None where both forms cannot stand beside each other."""
    file: str
    line: int
    kind: str
    change: str
    plain: tuple
    armed: tuple | None
    # (the operator, what it becomes), for which arming.py declares an operator of its own.
    operator: tuple | None = None

    @property
    def start(self):
        return min(edit.start for edit in self.plain)

    @property
    def end(self):
        return max(edit.end for edit in self.plain)

    def overlaps(self, other):
        return self.file == other.file and self.start < other.end and other.start < self.end


def applied(source, edits):
    """Text with edits, none of which overlaps another."""
    for edit in sorted(edits, key=lambda edit: edit.start, reverse=True):
        source = source[:edit.start] + edit.text + source[edit.end:]
    return source


def masked(source):
    """The source with comments blank and strings filled with underscores: of the same length, with the same lines."""
    result = list(source)
    position = 0

    def blank(start, end, filler=" "):
        for index in range(start, end):
            if result[index] != "\n":
                result[index] = filler

    while position < len(source):
        if source.startswith("//", position):
            end = source.find("\n", position)
            end = len(source) if end < 0 else end
            blank(position, end)
        elif source.startswith("/*", position):
            depth, end = 1, position + 2
            while depth and end < len(source):
                if source.startswith("/*", end):
                    depth, end = depth + 1, end + 2
                elif source.startswith("*/", end):
                    depth, end = depth - 1, end + 2
                else:
                    end += 1
            blank(position, end)
        elif match := re.compile(r'(#*)("""|")').match(source, position):
            end = end_of_string(source, match.end(), match[1], match[2])
            blank(match.end(), end - len(match[0]), "_")
        else:
            end = position + 1
        position = end
    return "".join(result)


def end_of_string(source, position, hashes, quotes):
    """Where a string ends whose text begins here; what is interpolated belongs to it."""
    closing, escape = quotes + hashes, "\\" + hashes
    while position < len(source):
        if source.startswith(closing, position):
            return position + len(closing)
        if source.startswith(escape + "(", position):
            position = end_of_interpolation(source, position + len(escape) + 1)
        elif source.startswith(escape, position):
            position += len(escape) + 1
        else:
            position += 1
    return position


def end_of_interpolation(source, position):
    depth = 1
    while depth and position < len(source):
        if match := re.compile(r'(#*)("""|")').match(source, position):
            position = end_of_string(source, match.end(), match[1], match[2])
            continue
        depth += {"(": 1, ")": -1}.get(source[position], 0)
        position += 1
    return position


# What an operator becomes, and its precedence.
COMPARISON = {"<": ["<=", ">="], "<=": ["<", ">"], ">": [">=", "<"], ">=": [">", "<="], "==": ["!="], "!=": ["=="]}
OPERATORS = {
    **{operator: (changed, "ComparisonPrecedence") for operator, changed in COMPARISON.items()},
    "+": (["-"], "AdditionPrecedence"), "-": (["+"], "AdditionPrecedence"),
    "&+": (["&-"], "AdditionPrecedence"), "&-": (["&+"], "AdditionPrecedence"),
    "|": (["&"], "AdditionPrecedence"), "&": (["|"], "MultiplicationPrecedence"),
    "*": (["/"], "MultiplicationPrecedence"), "/": (["*"], "MultiplicationPrecedence"),
    "%": (["/"], "MultiplicationPrecedence"), "&*": (["&+"], "MultiplicationPrecedence"),
    "<<": ([">>"], "BitwiseShiftPrecedence"), ">>": (["<<"], "BitwiseShiftPrecedence"),
    "&&": (["||"], "LogicalConjunctionPrecedence"), "||": (["&&"], "LogicalDisjunctionPrecedence"),
    "+=": (["-="], "AssignmentPrecedence"), "-=": (["+="], "AssignmentPrecedence"),
    # A default in place of the value.
    "??": (["its right side"], "NilCoalescingPrecedence"),
    # One element more, one less.
    "..<": (["one more"], "RangeFormationPrecedence"), "...": (["one less"], "RangeFormationPrecedence"),
}

BINARY = re.compile(r"(?<=[\w)\]}\"!?>] )(" + "|".join(
    re.escape(operator) for operator in sorted(OPERATORS, key=len, reverse=True) if "." not in operator) + r")(?=[ \n])"
    r"|(?<=\n)( +)(\?\?|&&|\|\||[-+*/|])(?= )")
RANGE = re.compile(r"(?<=[\w)\]])(\.\.<|\.\.\.)(?=[\w(\-])")
# Not a part of a name, nor an element of a tuple.
NUMBER_LITERAL = re.compile(
    r"(?<![\w.$#])(0x[0-9a-fA-F_]+|\d[\d_]*\.\d[\d_]*(?:[eE][-+]?\d+)?|\d[\d_]*(?:[eE][-+]?\d+)?)(?![\w])")
BOOLEAN = re.compile(r"(?<![\w.])(true|false)(?!\w)")
NEGATION = re.compile(r"(?<=[ (\[{])!(?=[\w(])")
CONDITION = re.compile(r"(?<![\w.`])(if|guard|while)(?= )")
TERNARY = re.compile(r"(?<=[\w)\]\"] )\?(?= )|(?<=\n)( +)\?(?= )")
KEYWORDS = frozenset(
    "let var func if guard else for while repeat switch case default return throw break continue defer do catch import "
    "struct class enum extension protocol actor init deinit subscript public private fileprivate internal package static "
    "final mutating nonmutating nonisolated typealias associatedtype precedencegroup infix prefix lazy weak override "
    "indirect where in is as try? set get willSet didSet fallthrough async rethrows throws super".split())


class Source:
    """The text of a file, and what can be changed in it."""

    def __init__(self, file, text):
        self.file, self.text, self.mask = file, text, masked(text)
        self.lines = [0] + [match.end() for match in re.finditer("\n", text)]
        self.opened = self._opened()

    def line(self, position):
        return bisect.bisect_right(self.lines, position)

    def _opened(self):
        """For each position, where the innermost bracket around it opens; -1 outside all."""
        opened, stack = [], []
        for index, character in enumerate(self.mask):
            if character in ")]}" and stack:
                stack.pop()
            opened.append(stack[-1] if stack else -1)
            if character in "([{":
                stack.append(index)
        return opened

    def closing(self, position):
        """Where the bracket that opens here closes."""
        depth = 0
        for index in range(position, len(self.mask)):
            depth += {"(": 1, "[": 1, "{": 1, ")": -1, "]": -1, "}": -1}.get(self.mask[index], 0)
            if depth == 0:
                return index
        return len(self.mask)

    def mutations(self):
        """All of them, in the order of the text."""
        found = [
            *self.operators(), *self.numbers(), *self.booleans(), *self.conditions(), *self.statements(),
            *self.arguments(),
        ]
        return sorted(found, key=lambda mutation: (mutation.start, mutation.kind, mutation.change))

    def make(self, kind, change, plain, armed, operator=None):
        return Mutation(
            self.file, self.line(min(edit.start for edit in plain)), kind, change, tuple(plain),
            None if armed is None else tuple(armed), operator)

    def operators(self):
        for match in BINARY.finditer(self.mask):
            group = 1 if match[1] else 3
            yield from self._operator(match[group], match.start(group), match.end(group), "")
        for match in RANGE.finditer(self.mask):
            yield from self._operator(match[1], match.start(1), match.end(1), " ")
        for match in NEGATION.finditer(self.mask):
            edit = Edit(match.start(), match.end(), "")
            yield self.make("operator", "! dropped", [edit], [Edit(edit.start, edit.end, f"MutantNumber(value: {NUMBER}) ^^! ")])

    def _operator(self, operator, start, end, space):
        for changed in OPERATORS[operator][0]:
            text = {"its right side": None, "one more": "...", "one less": "..<"}.get(changed, changed)
            if text is None:
                # Only armed: the left side ends where nobody but the compiler knows.
                plain = [Edit(start, end, operator)]
            else:
                plain = [Edit(start, end, text)]
            yield self.make(
                "operator", f"{operator} → {changed}", plain, [Edit(start, end, f"{space}{OPERATOR}{space}")],
                (operator, changed))

    def numbers(self):
        for match in NUMBER_LITERAL.finditer(self.mask):
            literal = match[1]
            for changed in changed_numbers(literal):
                yield self.make(
                    "constant", f"{literal} → {changed}", [Edit(match.start(), match.end(), changed)],
                    [Edit(match.start(), match.end(), f"changed({NUMBER}, {changed}, {literal})")])

    def booleans(self):
        for match in BOOLEAN.finditer(self.mask):
            changed = "false" if match[1] == "true" else "true"
            yield self.make(
                "constant", f"{match[1]} → {changed}", [Edit(match.start(), match.end(), changed)],
                [Edit(match.start(), match.end(), f"changed({NUMBER}, {changed}, {match[1]})")])

    def conditions(self):
        """Each clause of an `if`, a `guard` or a `while`, and what stands before a `?`, negated."""
        for match in CONDITION.finditer(self.mask):
            for start, end in self._clauses(match):
                clause = self.text[start:end]
                yield self.make(
                    "condition", f"not ({clause})", [Edit(start, end, f"!({clause})")],
                    [Edit(start, end, f"({ACTIVE}) != ({clause})")])
        for match in TERNARY.finditer(self.mask):
            position = match.end() - 1
            # Plain as armed: what is negated begins where nobody but the compiler knows.
            yield self.make(
                "condition", "not (…) before ?", [Edit(position, position, "== false ")],
                [Edit(position, position, f"^^^ {NUMBER} ")])

    def _clauses(self, match):
        position, depth, start = match.end() + 1, 0, match.end() + 1
        bounds = []
        while position < len(self.mask):
            character = self.mask[position]
            if depth == 0:
                if match[1] == "guard" and re.compile(r"else\b").match(self.mask, position):
                    break
                if match[1] != "guard" and character == "{":
                    break
                if character == ",":
                    bounds.append((start, position))
                    start = position + 1
                if character in ")]}":
                    return
            depth += {"(": 1, "[": 1, "{": 1, ")": -1, "]": -1, "}": -1}.get(character, 0)
            position += 1
        bounds.append((start, position))
        for start, end in bounds:
            while start < end and self.mask[start].isspace():
                start += 1
            while end > start and self.mask[end - 1].isspace():
                end -= 1
            if start < end and not re.match(r"(let|var|case)\b|#", self.mask[start:end]) and "\n" not in self.text[start:end]:
                yield start, end

    def statements(self):
        """Calls and assignments that stand alone, dropped."""
        for match in re.finditer(r"(?<=\n)( +)(?=[\w.$_])|(?<=[{:;] )(?=[\w.$_])", self.mask):
            start = match.end()
            outer = self.opened[start]
            if outer < 0 or self.mask[outer] != "{":
                continue
            if match[1] is None and self.mask[start - 2] == ":":
                line = self.mask[self.lines[self.line(start) - 1]:start]
                if not re.fullmatch(r" *(case .*|default): ", line):
                    continue
            end = self._end_of_statement(start)
            statement = self.mask[start:end]
            word = re.match(r"[\w?]+", statement)
            if word and word[0] in KEYWORDS:
                continue
            is_assignment = re.match(r"(_|[\w.\[\]()?!]+) [-+*/&|]?= ", statement)
            is_call = statement.endswith((")", "}")) and "(" in statement
            if not (is_assignment or is_call) or re.match(r"\w+:", statement):
                continue
            header = self.mask[self.lines[self.line(outer) - 1]:outer]
            if is_call and re.search(r"-> |\bvar \w+: ", header) and not self.mask[end:].lstrip().find("}"):
                continue  # The value of a function that is one expression.
            shown = " ".join(self.text[start:end].split())
            yield self.make(
                "statement", f"dropped: {shown}",
                [Edit(start, end, "do {}" + "\n" * self.text[start:end].count("\n"))],
                [Edit(start, start, f"if !{ACTIVE} {{ "), Edit(end, end, " }")])

    def _end_of_statement(self, start):
        position = start
        while position < len(self.mask):
            character = self.mask[position]
            if character in "([{":
                position = self.closing(position)
            elif character in ")]};":
                break
            elif character == "\n":
                following = self.mask[position + 1:].lstrip(" ")
                before = self.mask[start:position].rstrip()
                if not re.match(r"\.\w|[-+*/&|?:<>=] |\?\?|&&|\|\||else\b", following) and not before.endswith(("=", ",", "+")):
                    break
            position += 1
        while position > start and self.mask[position - 1].isspace():
            position -= 1
        return position

    def arguments(self):
        """Two neighbours among the arguments of a call change places; each keeps its label's place."""
        for match in re.finditer(r"(?<=[\w>])\(", self.mask):
            line = self.mask[self.lines[self.line(match.start()) - 1]:match.start()]
            if re.search(r"\b(func|init|subscript|case|typealias|struct|enum)\b[^(]*$|@\w+$", line):
                continue
            if re.search(r"(?<![\w.])(min|max)$", line):
                continue  # They are the same the other way round.
            ranges = self._arguments(match.start())
            for (start, end), (next_start, next_end) in zip(ranges, ranges[1:]):
                first, second = self.text[start:end], self.text[next_start:next_end]
                if first == second or "\n" in first + second or "&" in (first[:1], second[:1]):
                    continue
                if any(re.fullmatch(r"[\d._]+", text) for text in (first, second)):
                    continue  # A constant, which is changed as such.
                if "{" in first + second or form(first) != form(second):
                    continue  # Hardly of one type.
                yield self.make(
                    "arguments", f"{first} ↔ {second}",
                    [Edit(start, end, second), Edit(next_start, next_end, first)],
                    [
                        Edit(start, end, f"({ACTIVE} ? {second} : {first})"),
                        Edit(next_start, next_end, f"({ACTIVE} ? {first} : {second})"),
                    ])

    def _arguments(self, opening):
        closing, ranges, depth, start = self.closing(opening), [], 0, opening + 1
        for position in range(opening + 1, closing + 1):
            character = self.mask[position]
            if (character == "," and depth == 0) or position == closing:
                ranges.append((start, position))
                start = position + 1
            depth += {"(": 1, "[": 1, "{": 1, ")": -1, "]": -1, "}": -1}.get(character, 0)
        found = []
        for start, end in ranges:
            text = self.mask[start:end]
            label = re.match(r"\s*\w+:\s+|\s*", text)
            start += label.end()
            while end > start and self.mask[end - 1].isspace():
                end -= 1
            if start < end:
                found.append((start, end))
        return found


def form(argument):
    """What an argument looks like: a string, a member of a type that is not named, a path, a truth, or anything else."""
    if argument in ("true", "false", "nil"):
        return argument
    return argument[0] if argument[0] in "\".\\[" else ""


def changed_numbers(literal):
    """What a number becomes: one more, and ten times as much."""
    if "." in literal or ("e" in literal.lower() and not literal.startswith("0x")):
        return [repr(float(literal.replace("_", "")) * 10 or 1.0), repr(float(literal.replace("_", "")) + 1)]
    value = int(literal.replace("_", ""), 16 if literal.startswith("0x") else 10)
    return [str(value + 1)] + ([str(value - 1)] if value else []) + ([str(value * 10)] if value > 1 else [])
