#!/usr/bin/env python3
"""Keeps the plural messages of a .ts file alone: the English file translates nothing else.

lupdate writes every string into every file it is given; run behind it (target update_translations).
"""
import re
import sys


def keep_plurals(text: str) -> str:
    text = re.sub(r"    <message>\n.*?    </message>\n", "", text, flags=re.DOTALL)
    return re.sub(r"<context>\n    <name>[^<]*</name>\n</context>\n", "", text)


def main() -> int:
    if len(sys.argv) != 2:
        print("usage: keep_plurals.py FILE.ts", file=sys.stderr)
        return 2
    with open(sys.argv[1], encoding="utf-8") as file:
        text = file.read()
    with open(sys.argv[1], "w", encoding="utf-8") as file:
        file.write(keep_plurals(text))
    return 0


if __name__ == "__main__":
    sys.exit(main())
