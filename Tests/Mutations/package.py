"""A copy of the package that holds no more than a module, what it needs, and its tests: how it is made, built and run."""
import json, os, pathlib, re, selectors, shutil, signal, subprocess, tempfile, time

import arming

# Added to the copy's manifest. What is not needed is neither built nor fetched.
REDUCTION = """
// What follows was added by Tests/Mutations.
let kept: Set<String> = [{kept}]
let used: Set<String> = [{used}]
package.targets.removeAll {{ !kept.contains($0.name) }}
package.products = []
package.dependencies.removeAll {{ dependency in
    guard case .sourceControl(_, let location, _) = dependency.kind else {{ return true }}
    return !used.contains(String(location.split(separator: "/").last!))
}}
// Optimised, they are several times as fast.
for target in package.targets where target.type == .regular || target.type == .test {{
    target.swiftSettings?.append(.unsafeFlags(["-O"]))
}}
// An expression that the compiler ponders over does not compile: its mutations are tried alone.
for target in package.targets where target.name == "{module}" {{
    target.swiftSettings?.append(.unsafeFlags(["-Xfrontend", "-solver-expression-time-threshold=20"]))
}}
"""


class BuildFailure(Exception):
    """The package does not compile. `errors`: (file, line, column) of each."""

    def __init__(self, output, errors):
        super().__init__(output[-3000:])
        self.errors = errors


def closure(manifest, *names):
    """The targets that some need, themselves among them, and the packages; - manifest: `swift package dump-package`."""
    targets = {each["name"]: each for each in manifest["targets"]}
    kept, packages, waiting = set(), set(), list(names)
    while waiting:
        name = waiting.pop()
        if name in kept:
            continue
        kept.add(name)
        for dependency in targets[name]["dependencies"]:
            (kind, value), = ((kind, value) for kind, value in dependency.items() if kind in ("byName", "target", "product"))
            if kind == "product":
                packages.add(value[1])
            elif value[0] in targets:
                waiting.append(value[0])
    return kept, packages


class Copy:
    """The package reduced to a module and its tests, in a folder of its own; - tests: one target, or several."""

    def __init__(self, root, folder, module, *tests, slow=None):
        self.root, self.folder, self.module, self.tests, self.slow = root, folder, module, tests, slow

    def make(self):
        """Writes what differs from the original, so that what was built is built again only where it must be."""
        names = subprocess.run(
            ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"], cwd=self.root, check=True,
            capture_output=True, text=True).stdout.split("\0")
        names = {name for name in names if name and (self.root / name).is_file()}
        for name in sorted(names - {"Package.swift"}):
            self.write(name, (self.root / name).read_bytes(), (self.root / name).stat().st_mode)
        for top in ("Sources", "Tests", "samples"):
            for path in (self.folder / top).rglob("*.swift"):
                if str(path.relative_to(self.folder)) not in names and ".build" not in path.parts:
                    path.unlink()
        if (self.root / "Package.resolved").exists() and not (self.folder / "Package.resolved").exists():
            shutil.copy(self.root / "Package.resolved", self.folder)
        manifest = json.loads(subprocess.run(
            ["swift", "package", "dump-package"], cwd=self.root, check=True, capture_output=True, text=True).stdout)
        kept, packages = closure(manifest, *self.tests)
        quoted = [", ".join(f'"{name}"' for name in sorted(names)) for names in (kept, packages)]
        text = (self.root / "Package.swift").read_text() + REDUCTION.format(
            kept=quoted[0], used=quoted[1], module=self.module)
        self.write("Package.swift", text.encode())

    def write(self, name, content, mode=None):
        path = self.folder / name
        if path.exists() and path.read_bytes() == content:
            return
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
        if mode is not None:
            path.chmod(mode)

    def sources(self):
        """The module's files, by their names."""
        return {
            str(path.relative_to(self.root)): path.read_text()
            for path in sorted((self.root / "Sources" / self.module).rglob("*.swift"))
        }

    def build(self, *options):
        """Builds the tests. Throws a BuildFailure."""
        process = subprocess.run(
            ["swift", "build", "--build-tests", *options],
            cwd=self.folder, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, errors="replace")
        if process.returncode == 0:
            return
        raise BuildFailure(process.stdout, compile_errors(process.stdout, self.folder))

    def program(self):
        found = sorted((self.folder / ".build" / "debug").glob("*.xctest"))
        if not found:
            raise FileNotFoundError(f"no tests in {self.folder}/.build/debug")
        return found[0]

    def run(self, mutant, time_limit):
        """Runs the tests with a mutation, until the first fails; those that are slow only when the others have passed.

        Returns what happened, the seconds that it took, and what was shown: "passed", or why not, as in "failed: NAME",
        "time-out" and "crash: CODE".
        """
        if not self.slow:
            return self._run(mutant, time_limit, [])
        verdict, seconds, output = self._run(mutant, time_limit, ["--skip", self.slow])
        if verdict != "passed":
            return verdict, seconds, output
        verdict, more, output = self._run(mutant, time_limit, ["--filter", self.slow])
        return verdict, seconds + more, output

    def _run(self, mutant, time_limit, options):
        environment = {**os.environ, arming.VARIABLE: str(mutant)}
        command = [str(self.program()), "--testing-library", "swift-testing", "--no-parallel", *options]
        start, output = time.monotonic(), b""
        with tempfile.TemporaryDirectory(prefix="mutant-") as folder:
            environment["TMPDIR"] = folder
            process = subprocess.Popen(
                command, cwd=self.folder, env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT, start_new_session=True)
            verdict = None
            with selectors.DefaultSelector() as selector:
                selector.register(process.stdout, selectors.EVENT_READ)
                while True:
                    rest = time_limit - (time.monotonic() - start)
                    if rest <= 0:
                        verdict = "time-out"
                        break
                    if not selector.select(min(rest, 1)):
                        if process.poll() is not None:
                            break  # What it started holds its output.
                        continue
                    chunk = os.read(process.stdout.fileno(), 1 << 16)
                    if not chunk:
                        break
                    output += chunk
                    if failure := first_failure(output):
                        verdict = f"failed: {failure}"
                        break
            if verdict is None:
                code = process.wait()
                if code == 0 and b" passed after" not in output:
                    verdict = "no test ran"
                elif code == 0:
                    verdict = "passed"
                else:
                    verdict = f"crash: {code}, in {last_started(output)}"
            try:
                os.killpg(process.pid, signal.SIGKILL)
            except ProcessLookupError:
                pass
            process.wait()
            process.stdout.close()
        return verdict, time.monotonic() - start, output.decode(errors="replace")


def compile_errors(output, folder):
    """The places that a compiler complains of."""
    errors = re.findall(r"^(/[^:\n]+):(\d+):(\d+): error: ", output, re.MULTILINE)
    return sorted({
        (os.path.relpath(file, folder), int(line), int(column)) for file, line, column in errors
    })


def first_failure(output):
    """The name of the first test that failed; None if none has."""
    match = re.search(rb'Test ("[^\n]*?"|\S+) (?:with \d+ [^\n]*?)?recorded an issue', output)
    return match and match[1].decode(errors="replace").strip('"')


def last_started(output):
    found = re.findall(rb'Test ("[^\n]*?"|\S+) started', output)
    return found[-1].decode(errors="replace").strip('"') if found else "no test"
