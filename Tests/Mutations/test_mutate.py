"""Tests of the mutations, the study's parts and, with the Swift compiler, of armed source: python3 -m unittest, in this folder."""
import importlib.machinery, importlib.util, pathlib, shutil, subprocess, sys, tempfile, types, unittest

sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))

import arming, package, sites

loader = importlib.machinery.SourceFileLoader("mutate", str(pathlib.Path(__file__).resolve().parent / "mutate"))
mutate = importlib.util.module_from_spec(importlib.util.spec_from_loader("mutate", loader))
loader.exec_module(mutate)


def changes(text, kind=None):
    """What is changed in a text, as plain text each."""
    return [
        sites.applied(text, mutation.plain) for mutation in sites.Source("f.swift", text).mutations()
        if kind in (None, mutation.kind)
    ]


class MaskTests(unittest.TestCase):
    """What is no code."""

    def test_comments_are_blank_and_strings_are_filled(self):
        text = 'let a = "1 < 2" // 3 < 4\n/* 5 /* 6 */ 7 */ let b = 8\n'
        self.assertEqual(sites.masked(text), 'let a = "_____"         \n                  let b = 8\n')

    def test_what_is_interpolated_belongs_to_the_string(self):
        text = r'f("a \(b("c") + 1) d", 2)'
        self.assertEqual(sites.masked(text), 'f("' + "_" * 17 + '", 2)')

    def test_escapes_and_raw_strings_end_where_they_end(self):
        self.assertEqual(sites.masked(r'"\"", 1'), '"__", 1')
        self.assertEqual(sites.masked(r'#"a"b\"#, 1'), '#"____"#, 1')

    def test_lines_stay_where_they_are(self):
        text = 'a("""\n  1 < 2\n  """)\n// x\nb'
        self.assertEqual([len(line) for line in sites.masked(text).split("\n")], [len(line) for line in text.split("\n")])


class SiteTests(unittest.TestCase):
    """What is changed, and what is not."""

    def test_a_comparison_moves_its_bound_and_turns_round(self):
        self.assertEqual(changes("a < b\n", "operator"), ["a <= b\n", "a >= b\n"])
        self.assertEqual(changes("a == b\n", "operator"), ["a != b\n"])

    def test_arithmetic_logic_and_assignment(self):
        self.assertEqual(changes("a + b\n", "operator"), ["a - b\n"])
        self.assertEqual(changes("a && b\n", "operator"), ["a || b\n"])
        self.assertEqual(changes("a += b\n", "operator"), ["a -= b\n"])
        self.assertEqual(changes("a &+ b\n", "operator"), ["a &- b\n"])

    def test_an_operator_that_begins_a_line_is_one_too(self):
        self.assertEqual(changes("a\n    && b\n", "operator"), ["a\n    || b\n"])

    def test_a_range_has_one_element_more_or_less(self):
        self.assertEqual(changes("0..<n", "operator"), ["0...n"])
        self.assertEqual(changes("a...b", "operator"), ["a..<b"])

    def test_a_negation_is_dropped(self):
        self.assertEqual(changes("f(!a)", "operator"), ["f(a)"])

    def test_types_arrows_and_prefixes_are_no_operators(self):
        for text in ["func f() -> Array<Int>\n", "let a: [Int]?\n", "f(-a)\n", "a?.b!\n", "f(&a)\n", "x in y\n"]:
            self.assertEqual(changes(text, "operator"), [], text)

    def test_numbers_are_one_off_and_ten_times_as_much(self):
        self.assertEqual(changes("f(30)", "constant"), ["f(29)", "f(300)", "f(31)"])
        self.assertEqual(changes("f(0)", "constant"), ["f(1)"])
        self.assertEqual(changes("f(1_000)", "constant"), ["f(10000)", "f(1001)", "f(999)"])
        self.assertEqual(changes("f(0x10)", "constant"), ["f(15)", "f(160)", "f(17)"])
        self.assertEqual(changes("f(2.5)", "constant"), ["f(25.0)", "f(3.5)"])

    def test_names_elements_and_arguments_of_closures_hold_no_numbers(self):
        for text in ["UInt16(a)", "a.0", "$0", "a1"]:
            self.assertEqual(changes(text, "constant"), [], text)

    def test_truths_become_the_other(self):
        self.assertEqual(changes("f(true)", "constant"), ["f(false)"])

    def test_each_clause_of_a_condition_is_negated_but_for_bindings(self):
        text = "guard a, let b, case .c = d, e.f { $0 } else { return }\n"
        self.assertEqual(
            changes(text, "condition"),
            [text.replace("guard a,", "guard !(a),"), text.replace("e.f { $0 }", "!(e.f { $0 })")])
        self.assertEqual(changes("if a { b }\n", "condition"), ["if !(a) { b }\n"])

    def test_calls_and_assignments_that_stand_alone_are_dropped(self):
        text = "func f() {\n    a(1)\n    b = 2\n    let c = d()\n    return e()\n}\n"
        self.assertEqual(
            changes(text, "statement"), [text.replace("a(1)", "do {}"), text.replace("b = 2", "do {}")])

    def test_a_statement_may_have_several_lines_or_stand_in_a_line_of_others(self):
        text = "func f() {\n    a(\n        1)\n    if b { c() }\n}\n"
        self.assertEqual(
            changes(text, "statement"),
            [text.replace("a(\n        1)", "do {}\n"), text.replace("c()", "do {}")])

    def test_what_a_function_of_one_expression_returns_is_no_statement(self):
        self.assertEqual(changes("func f() -> Int {\n    g(1)\n}\n", "statement"), [])

    def test_arguments_of_one_look_change_places_and_labels_do_not(self):
        self.assertEqual(changes("f(a: b, c: d)", "arguments"), ["f(a: d, c: b)"])
        self.assertEqual(changes('f(a, "b")', "arguments"), [])
        self.assertEqual(changes("f(1, 2)", "arguments"), [])

    def test_the_lesser_and_the_greater_are_so_in_any_order(self):
        self.assertEqual(changes("min(a, b)\nmax(a, b)\n", "arguments"), [])
        self.assertEqual(changes("xmin(a, b)\n", "arguments"), ["xmin(b, a)\n"])

    def test_parameters_are_no_arguments(self):
        self.assertEqual(changes("func f(a: Int, b: Text) {}", "arguments"), [])
        self.assertEqual(changes("case f(Int, Text)", "arguments"), [])

    def test_a_mutation_tells_its_line(self):
        self.assertEqual([mutation.line for mutation in sites.Source("f", "a\nb\nc < 1\n").mutations()][0], 3)


class ArmingTests(unittest.TestCase):
    """Many mutations in one source."""

    SOURCE = """\
func judged(_ a: Int, _ b: Int) -> String {
    var text = ""
    if a < b { text += "less " }
    guard a + b > 3 else { return "small" }
    for index in 0..<2 { text += "\\(index)" }
    text.append(a == b ? "same" : "other")
    let other: Int? = nil
    return text + "\\((other ?? 7) * 2)" + (!(a > 9 && b > 9) ? "!" : "")
}
print(judged(2, 3))
"""

    def numbered(self):
        return dict(enumerate(
            [mutation for mutation in sites.Source("main.swift", self.SOURCE).mutations() if mutation.armed], 1))

    def test_batches_do_not_overlap(self):
        batches = arming.batches(self.numbered())
        self.assertEqual(sum(len(batch) for batch in batches), len(self.numbered()))
        for batch in batches:
            for number, mutation in batch.items():
                self.assertFalse(any(mutation.overlaps(other) for key, other in batch.items() if key != number))

    def test_lines_stay_where_they_are(self):
        for batch in arming.batches(self.numbered()):
            self.assertEqual(arming.armed(self.SOURCE, batch).count("\n"), self.SOURCE.count("\n"))

    def test_each_mutation_has_an_operator_of_its_own(self):
        self.assertEqual(len({arming.symbol(number) for number in range(1, 500)}), 499)

    def test_an_error_is_blamed_on_its_line_or_on_what_stands_before_it(self):
        mutations = self.numbered()
        texts = {"main.swift": self.SOURCE}
        found = arming.blamed([("main.swift", 3, 1)], texts, mutations)
        self.assertEqual({mutations[number].line for number in found}, {3})
        after = arming.blamed([("main.swift", 9, 1)], texts, mutations)
        self.assertEqual({mutations[number].line for number in after}, {8})

    @unittest.skipIf(shutil.which("swiftc") is None, "there is no Swift compiler")
    def test_armed_source_does_what_the_plain_one_does(self):
        """Compiles a program with all mutations, and one for each of some of them."""
        with tempfile.TemporaryDirectory() as folder:
            folder = pathlib.Path(folder)

            def output(name, texts, number=0):
                program = folder / name
                if not program.exists():
                    place = folder / (name + ".source")
                    place.mkdir()
                    for file, text in texts.items():
                        (place / file).write_text(text)
                    subprocess.run(
                        ["swiftc", "-Onone", "-enable-upcoming-feature", "InternalImportsByDefault", "-o", program,
                         *sorted(map(str, place.iterdir()))], check=True, capture_output=True, text=True)
                process = subprocess.run(
                    [program], env={arming.VARIABLE: str(number)}, capture_output=True, text=True, timeout=60)
                return process.stdout.strip() or process.returncode

            (_, first), *_ = enumerate(arming.batches(self.numbered()))
            texts = {"main.swift": arming.armed(self.SOURCE, first), "Mutants.swift": arming.helper(first)}
            self.assertEqual(output("armed", texts), output("plain", {"main.swift": self.SOURCE}))
            results = {mutation.change: output("armed", texts, number) for number, mutation in first.items()}
            # Some make no difference to these numbers.
            other = [change for change, result in results.items() if result != output("plain", {})]
            self.assertGreater(len(other), 8, results)
            for number, mutation in list(first.items())[:2]:
                changed = {"main.swift": sites.applied(self.SOURCE, mutation.plain)}
                self.assertEqual(output(f"plain{number}", changed), output("armed", texts, number), mutation.change)


class PackageTests(unittest.TestCase):
    """The reduced package."""

    MANIFEST = {"targets": [
        {"name": "A", "dependencies": [{"byName": ["B", None]}, {"product": ["Log", "swift-log", None, None]}]},
        {"name": "B", "dependencies": []},
        {"name": "C", "dependencies": [{"product": ["NIO", "swift-nio", None, None]}]},
        {"name": "ATests", "dependencies": [{"byName": ["A", None]}, {"product": ["Log", "swift-log", None, None]}]},
    ]}

    def test_what_a_target_needs_is_kept_and_nothing_else(self):
        self.assertEqual(package.closure(self.MANIFEST, "ATests"), ({"ATests", "A", "B"}, {"swift-log"}))

    def test_errors_of_the_compiler_are_found_with_their_places(self):
        output = "/x/Sources/A/a.swift:3:14: error: no\n/x/Sources/A/a.swift:4:1: warning: no\nerror: fatalError\n"
        self.assertEqual(package.compile_errors(output, "/x"), [("Sources/A/a.swift", 3, 14)])

    def test_the_first_test_that_fails_is_named(self):
        output = 'Test "a" started.\nTest "b c" recorded an issue at x\nTest d() recorded an issue'.encode()
        self.assertEqual(package.first_failure(output), "b c")
        self.assertEqual(package.first_failure(b"Test d() recorded an issue at"), "d()")
        self.assertEqual(
            package.first_failure(b'Test "e" with 3 test cases recorded an issue with 1 argument'), "e")
        self.assertIsNone(package.first_failure(b'Test "a" passed after 1 seconds.'))


class StudyTests(unittest.TestCase):
    """Which mutations are chosen."""

    SOURCES = {
        "Sources/A/a.swift": "".join(f"let a{n} = {n} + b\n" for n in range(50)),
        "Sources/A/AdaptiveWeights.swift": "let weights = [1, 2, 3]\n", "Sources/A/B/b.swift": "let c = 7\n",
    }
    KINDS = ["operator", "constant"]

    def test_a_seed_gives_the_same_ones_and_another_others(self):
        def some(seed):
            return mutate.chosen(self.SOURCES, ["*"], 10, seed, self.KINDS)[0][:10]

        self.assertEqual(some(1), some(1))
        self.assertNotEqual(some(1), some(2))

    def test_each_place_is_changed_once_and_trained_numbers_are_not(self):
        found, count = mutate.chosen(self.SOURCES, ["*"], 10, 1, self.KINDS)
        self.assertEqual(len(found), count)
        self.assertEqual(len({(each.file, each.start, each.kind) for each in found}), count)
        self.assertFalse(any("Weights" in each.file for each in found))

    def test_patterns_and_kinds_narrow_them(self):
        self.assertEqual(
            [each.file for each in mutate.chosen(self.SOURCES, ["Sources/A/B/*"], 10, 1, self.KINDS)[0]],
            ["Sources/A/B/b.swift"])
        self.assertEqual(mutate.chosen(self.SOURCES, ["*"], 10, 1, ["statement"])[1], 0)


if __name__ == "__main__":
    unittest.main()
