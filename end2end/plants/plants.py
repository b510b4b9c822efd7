"""Plants faults and sees tests go red (scripts/plants.sh runs this).

docs/abuse.csv has one row a test: case, what, test, plant, red_line. `plant` names a patch beside this file; `test` is

    nextest PACKAGE TEST         a Rust test of the library by its full name
    nextest PACKAGE/FILE TEST    one of PACKAGE/tests/FILE
    faults NAME                  a check of end2end/faults
    browser SPEC                 a file of end2end/tests
    islands SPEC                 the same, with the islands built from the planted tree
    source-rules                 scripts/check-source.sh

The tree at HEAD is copied to target/plants/tree. Every patch must apply there and every named test be green; then, with
each patch alone, its test must fail by its own judgement: a patch that does not apply, a build that breaks or a test
that does not run is no red. --write puts the line that was red into the table; --check only looks at the table and the
patches and builds nothing.

One at a time, but in an order that builds little: only the target a test is in, and the crates from the top down, so
that what lies under a planted crate is never built again."""

import argparse
import csv
import filecmp
import os
import re
import shutil
import subprocess
import sys
import time

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))
TABLE = os.path.join(ROOT, "docs", "abuse.csv")
COLUMNS = ["case", "what", "test", "plant", "red_line"]
# From the top of the house to its ground.
CRATES = ["end2end", "frontend", "server", "app", "casework", "store", "domain"]


class Field:
    """The copy of the tree that is planted in."""

    def __init__(self, target, bare=False):
        self.tree = os.path.join(target, "plants", "tree")
        self.target = os.path.join(target, "plants", "target")
        self.copy_head(self.tree, os.path.join(target, "plants", "head"))
        if not bare:
            self.seed(os.path.join(target, "debug"), os.path.join(self.target, "debug"))
        modules = os.path.join(ROOT, "end2end", "node_modules")
        into = os.path.join(self.tree, "end2end", "node_modules")
        if os.path.isdir(modules) and not os.path.lexists(into):
            os.symlink(modules, into)
        # Outside any repository, so that `git apply` works in the copy and nowhere else.
        self.env = dict(os.environ, CARGO_TARGET_DIR=self.target, GIT_CEILING_DIRECTORIES=os.path.dirname(self.tree),
                        HUIYIN_BIN=os.path.join(self.target, "debug", "huiyin"), CARGO_TERM_COLOR="never", NO_COLOR="1",
                        # What only a debugger or a reader of backtraces would want takes a third of the building.
                        CARGO_PROFILE_DEV_DEBUG="0", RUST_BACKTRACE="0")
        # A fault may make a test wait for ever.
        self.nextest = os.path.join(target, "plants", "nextest.toml")
        with open(self.nextest, "w") as config:
            config.write('[profile.default]\nslow-timeout = { period = "60s", terminate-after = 4 }\n')
        for name in ("RUSTC_WORKSPACE_WRAPPER", "CLIPPY_ARGS"):
            self.env.pop(name, None)

    @staticmethod
    def copy_head(tree, head):
        """The tree at HEAD; a file that is there already keeps its age, and what was built from it stays good."""
        shutil.rmtree(head, ignore_errors=True)
        os.makedirs(head)
        archive = subprocess.Popen(["git", "archive", "HEAD"], cwd=ROOT, stdout=subprocess.PIPE)
        subprocess.run(["tar", "-x", "-m", "-C", head], stdin=archive.stdout, check=True)
        archive.wait()
        there = set(files_under(head))
        for name in files_under(tree) - there:
            os.remove(os.path.join(tree, name))
        for name in there:
            source, into = os.path.join(head, name), os.path.join(tree, name)
            if not (os.path.isfile(into) and filecmp.cmp(source, into, shallow=False)):
                os.makedirs(os.path.dirname(into), exist_ok=True)
                shutil.copy(source, into)
        shutil.rmtree(head)

    @staticmethod
    def seed(source, into):
        """The dependencies as hard links: nothing of them is compiled again, and the space is shared."""
        if os.path.isdir(into) or not os.path.isdir(source):
            return
        os.makedirs(into)
        for part in ("deps", "build", ".fingerprint"):
            if os.path.isdir(os.path.join(source, part)):
                subprocess.run(["cp", "-al", os.path.join(source, part), os.path.join(into, part)], check=True)

    def run(self, command, timeout=1800):
        done = subprocess.run(command, cwd=self.tree, env=self.env, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
                              errors="replace", timeout=timeout)
        return done.returncode, done.stdout

    def git_apply(self, patch, *how):
        """What git refuses, or nothing."""
        code, output = self.run(["git", "apply", "-C1", "--recount", "--whitespace=nowarn", *how, os.path.join(HERE, patch)])
        return output.strip().splitlines()[0] if code != 0 else None

    def apply(self, patch, reverse=False):
        refusal = self.git_apply(patch, *(["-R"] if reverse else []))
        if refusal:
            return refusal
        # A patch put back leaves files as old as they were read: cargo goes by the time.
        for name in patched_files(os.path.join(HERE, patch)):
            path = os.path.join(self.tree, name)
            if os.path.exists(path):
                os.utime(path)
        return None

    def islands(self):
        """Builds the WASM of the tree, and lets the server of the tree find it."""
        here = os.path.dirname(os.path.dirname(self.target))
        os.makedirs(os.path.join(self.target, "site"), exist_ok=True)
        os.makedirs(os.path.join(self.tree, "target"), exist_ok=True)
        for source, into in ((os.path.join(here, "tools"), os.path.join(self.target, "tools")), (os.path.join(self.target, "site"), os.path.join(self.tree, "target", "site"))):
            if os.path.isdir(source) and not os.path.lexists(into):
                os.symlink(source, into)
        return self.run(["scripts/islands.sh"])

    def has_nextest(self):
        return subprocess.run(["cargo", "nextest", "--version"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL).returncode == 0

    def all_green(self, tests):
        """The Rust tests among `tests` that pass, one run a target; what is missing is asked one by one."""
        by_place, sound = {}, {}
        for test in tests:
            if test.startswith("nextest "):
                by_place.setdefault(test.split()[1], []).append(test)
        if not self.has_nextest():
            return sound
        for place, named in by_place.items():
            wanted = " | ".join(f"test(/^{re.escape(test.split()[2])}(::|$)/)" for test in named)
            code, output = self.run(["cargo", "nextest", "run", "--config-file", self.nextest, *target(place), "--no-fail-fast", "-E", wanted])
            passed = re.findall(r"^ *PASS \[[^]]*\] (?:\([^)]*\) )?\S+ (\S+)", output, re.M)
            for test in named:
                name = test.split()[2]
                if code == 0 and any(one == name or one.startswith(name + "::") for one in passed):
                    sound[test] = ("green", "")
        return sound

    def test(self, test):
        """(verdict, line): green, red, or broken (it did not run, or not by its own judgement failed)."""
        kind, *rest = test.split()
        if kind == "nextest":
            place, name = rest
            if self.has_nextest():
                code, output = self.run(["cargo", "nextest", "run", "--config-file", self.nextest, *target(place), "--no-fail-fast", "-E", f"test(/^{re.escape(name)}(::|$)/)"])
                ran = re.search(r"Summary .* [1-9]\d* tests? run", output)
            else:
                code, output = self.run(["cargo", "test", *target(place), "--no-fail-fast", "--", name])
                ran = re.search(r"running [1-9]\d* test", output)
            if not ran:
                return "broken", first_line(output, r"^error|no tests to run") or last_line(output)
            return ("green", "") if code == 0 else ("red", red_line(output))
        if kind == "source-rules":
            code, output = self.run(["scripts/check-source.sh"])
            return ("green", "") if code == 0 else ("red", output.strip().splitlines()[0])
        code, output = self.run(["cargo", "build", "--package", "server"])
        if code != 0:
            return "broken", first_line(output, r"^error") or last_line(output)
        if kind == "faults":
            code, output = self.run([sys.executable, "end2end/faults/run.py", "--binary", self.env["HUIYIN_BIN"], "--only", rest[0], "--ci", "--kills", "10"])
            red = first_line(output, r"^FAILED")
            return ("green", "") if code == 0 else ("red", red) if red else ("broken", first_line(output, r"^SKIPPED") or last_line(output))
        if kind == "islands":
            code, output = self.islands()
            if code != 0:
                return "broken", first_line(output, r"^error") or last_line(output)
        if kind in ("browser", "islands"):
            code, output = subprocess_in(self, os.path.join(self.tree, "end2end"), ["npx", "--no-install", "playwright", "test", "--project=phone", "--project=abuse", "--project=scripted", rest[0]])
            if code == 0:
                return "green", ""
            red = first_line(output, r"^ *(Error:|expect\(|\d+\) \[)")
            return ("red", red) if re.search(r"^ *\d+ failed", output, re.M) else ("broken", red or last_line(output))
        return "broken", f"unknown sort of test: {kind}"


def files_under(folder):
    """Every file by its name from `folder` on; what tests leave behind is passed over."""
    names = set()
    for path, folders, files in os.walk(folder):
        if path == folder:
            folders[:] = [name for name in folders if name != "target"]
        folders[:] = [name for name in folders if name not in ("node_modules", "results")]
        names.update(os.path.relpath(os.path.join(path, name), folder) for name in files)
    return names


def target(place):
    """The arguments of cargo for `PACKAGE` (its library) or `PACKAGE/FILE` (one of its tests)."""
    package, _, name = place.partition("/")
    # The pages are compiled for the server only.
    features = ["--features", "ssr"] if package == "app" else []
    return ["--package", package, *features, *(["--test", name] if name else ["--lib"])]


def height(row):
    """Where a plant stands in the order: by the lowest crate it touches, then by its test."""
    crates = [name.split("/")[0] for name in patched_files(os.path.join(HERE, row["plant"]))]
    return max((CRATES.index(crate) for crate in crates if crate in CRATES), default=0), row["test"]


def subprocess_in(field, folder, command):
    done = subprocess.run(command, cwd=folder, env=field.env, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, errors="replace", timeout=1800)
    return done.returncode, done.stdout


def patched_files(patch):
    with open(patch) as lines:
        return [line[6:].strip() for line in lines if line.startswith("+++ b/")]


def first_line(output, pattern):
    for line in output.splitlines():
        if re.search(pattern, line):
            return line.strip()[:200]
    return None


def last_line(output):
    lines = [line for line in output.splitlines() if line.strip()]
    return lines[-1].strip()[:200] if lines else "(no output)"


def red_line(output):
    """What a failed Rust test said: the message of its last panic (one before it may be part of the test), else its
    FAIL line."""
    lines, said = output.splitlines(), None
    for index, line in enumerate(lines):
        if "panicked at" in line:
            message = []
            for text in map(str.strip, lines[index + 1:index + 4]):
                if re.match(r"stack backtrace|note: run with|─|\d+: |(FAIL|PASS|CANCEL)\b|thread '", text):
                    break
                message.append(text)
            said = " ".join(message).strip() or said
    return said[:200] if said else first_line(output, r"^ *(FAIL|TIMEOUT) |\.\.\. FAILED|Error:") or last_line(output)


def read_table():
    with open(TABLE, newline="") as table:
        return list(csv.DictReader(table))


def write_table(rows):
    with open(TABLE, "w", newline="") as table:
        writer = csv.DictWriter(table, COLUMNS, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def keep_line(row, line):
    """Into the table as it is now: somebody may have written to it meanwhile."""
    rows = read_table()
    for other in rows:
        if other["plant"] == row["plant"] and other["test"] == row["test"]:
            other["red_line"] = line
    write_table(rows)


def main():
    options = argparse.ArgumentParser()
    options.add_argument("--target", required=True)
    options.add_argument("--only", default="", help="cases or patch numbers, by comma")
    options.add_argument("--write", action="store_true", help="write the red lines seen into docs/abuse.csv")
    options.add_argument("--list", action="store_true")
    options.add_argument("--check", action="store_true", help="only see that every row is whole and every patch applies")
    given = options.parse_args()
    rows = read_table()
    only = {word.strip() for word in given.only.split(",") if word.strip()}
    planted = [row for row in rows if row["plant"] and (not only or row["case"] in only or row["plant"].split("-")[0] in only)]
    if given.list:
        for row in rows:
            print(f"{row['case']:4} {row['plant'] or '(no plant)':40} {row['test'] or '(no test)'}")
        return 0
    unused = {name for name in os.listdir(HERE) if name.endswith(".patch")} - {row["plant"] for row in rows}
    missing = {row["plant"] for row in planted} - set(os.listdir(HERE))
    for name in sorted(unused):
        print(f"FAILED   {name}: in no row of docs/abuse.csv")
    for name in sorted(missing):
        print(f"FAILED   {name}: named in docs/abuse.csv, not there")
    failed, red, began = len(unused if not only else ()) + len(missing), 0, time.monotonic()
    field = Field(os.path.abspath(given.target), bare=given.check)
    planted = [row for row in planted if row["plant"] not in missing]
    fitting = []
    for row in planted:
        refusal = field.git_apply(row["plant"], "--check")
        if refusal:
            failed += 1
            print(f"FAILED   {row['case']} {row['plant']}: does not apply: {refusal}", flush=True)
        else:
            fitting.append(row)
    if given.check:
        for row in rows:
            if not only and not (row["test"] and row["plant"] and row["red_line"]):
                failed += 1
                print(f"FAILED   {row['case']} {row['plant'] or row['what'][:60]}: no test, no plant, or never seen red")
        print(f"plants: {len(fitting)} of {len(planted)} apply, {failed} faults of the table")
        return 1 if failed else 0
    print("Without a fault, every named test must be green:", flush=True)
    sound = field.all_green({row["test"] for row in fitting})
    for test in sorted({row["test"] for row in fitting}):
        if test not in sound:
            sound[test] = field.test(test)
        print(f"  {sound[test][0]:7} {test}  {sound[test][1]}", flush=True)
    print(f"  ({minutes(began)})", flush=True)
    for row in sorted(fitting, key=height):
        name = f"{row['case']} {row['plant']}"
        if sound[row["test"]][0] != "green":
            failed += 1
            print(f"FAILED   {name}: its test is {sound[row['test']][0]} without the fault", flush=True)
            continue
        start = time.monotonic()
        refusal = field.apply(row["plant"])
        if refusal:
            failed += 1
            print(f"FAILED   {name}: does not apply: {refusal}", flush=True)
            continue
        try:
            verdict, line = field.test(row["test"])
        finally:
            field.apply(row["plant"], reverse=True)
        if verdict == "red":
            red += 1
            if given.write:
                keep_line(row, line)
            print(f"red      {name} ({time.monotonic() - start:.0f} s): {line}", flush=True)
        else:
            failed += 1
            print(f"FAILED   {name}: {row['test']} was {verdict}: {line}", flush=True)
    print(f"\nplants: {red} passed, {failed} failed ({minutes(began)})")
    return 1 if failed or not red else 0


def minutes(since):
    return f"{(time.monotonic() - since) / 60:.1f} minutes"


if __name__ == "__main__":
    sys.exit(main())
