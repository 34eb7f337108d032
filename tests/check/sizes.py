#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""Functions and files stay small: one idea each. Standard input names the files.

The repository's clang-format puts the braces of a function body into column 0, so a C function is
what stands between two such lines; check.format keeps that true.
"""
import ast
import pathlib
import re
import statistics
import sys

FUNCTION_LINES = 60
FILE_LINES = 500
PARAMETERS = 5
END_OF_OTHER = re.compile(r"^$|^[}#]|^//|;$|\*/$")
NO_FUNCTION = re.compile(r"^(static |const |typedef )*(struct|enum|union|class|namespace)\b[^()]*$")


def c_parameters(head):
    """The named parameters of a function head; commas within parentheses do not count."""
    inside = re.sub(r",\s*\.\.\.", "", head[head.find("(") + 1:head.rfind(")")])
    depth = commas = 0
    for character in inside:
        depth += {"(": 1, ")": -1}.get(character, 0)
        commas += character == "," and depth == 0
    return 0 if inside.strip() in ("", "void") else commas + 1


def c_functions(lines):
    """Yields (name, first line, lines, parameters)."""
    start = None
    for number, line in enumerate(lines, 1):
        if line == "{":
            first = number - 1
            while first > 1 and not END_OF_OTHER.search(lines[first - 2]):
                first -= 1
            head = " ".join(lines[first - 1:number - 1])
            start = None if NO_FUNCTION.match(head) else (first, head)
        elif line.startswith("}") and start:
            first, head = start
            name = re.search(r"(\w+)\s*\(", head)
            yield name.group(1) if name else "?", first, number - first + 1, c_parameters(head)
            start = None


def python_functions(text):
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
            arguments = [a for a in node.args.posonlyargs + node.args.args if a.arg not in ("self", "cls")]
            yield node.name, node.lineno, node.end_lineno - node.lineno + 1, len(arguments)


def shell_functions(lines):
    start = None
    for number, line in enumerate(lines, 1):
        opened = re.match(r"(\w+)\(\)", line)
        if opened:
            start = (number, opened.group(1))
        elif line == "}" and start:
            yield start[1], start[0], number - start[0] + 1, 0
            start = None


def functions(path, text):
    lines = text.splitlines()
    if path.suffix == ".py":
        return python_functions(text)
    if path.suffix in (".c", ".h", ".cpp"):
        return c_functions(lines)
    return shell_functions(lines)


def report(what, sizes):
    if sizes:
        ordered = sorted(sizes)
        print(f"{what}: {len(sizes)}, median {statistics.median(sizes):g} lines, "
              f"nine in ten up to {ordered[len(ordered) * 9 // 10 - (len(ordered) % 10 == 0)]}, "
              f"largest {ordered[-1]}")


def main():
    problems, file_sizes, function_sizes = [], {}, {}
    for path in map(pathlib.Path, sys.stdin.read().splitlines()):
        text = path.read_text(errors="replace")
        kind = "tests" if path.parts[0] == "tests" else "product"
        count = len(text.splitlines())
        file_sizes.setdefault(kind, []).append(count)
        if count > FILE_LINES:
            problems.append(f"{path}: {count} lines (at most {FILE_LINES})")
        for name, line, size, parameters in functions(path, text):
            function_sizes.setdefault(kind, []).append(size)
            if size > FUNCTION_LINES:
                problems.append(f"{path}:{line}: {name} has {size} lines (at most {FUNCTION_LINES})")
            if parameters > PARAMETERS and path.suffix != ".py":
                problems.append(f"{path}:{line}: {name} has {parameters} parameters (at most {PARAMETERS})")
    for kind in sorted(file_sizes):
        report(f"{kind}: files", file_sizes[kind])
        report(f"{kind}: functions", function_sizes.get(kind, []))
    for problem in problems:
        print("FAILED:", problem)
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
