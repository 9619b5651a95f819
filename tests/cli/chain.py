# SPDX-License-Identifier: Apache-2.0
"""What the tests of retourctl stand on: a sandbox OMS, a terminal enrolled with it that has pulled its orders, and copies of
that terminal for whoever wants to spoil one. A test is a function whose docstring is what it promises."""
import json
import os
import shutil
import sqlite3
import subprocess
import sys
import traceback
import uuid

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "end_to_end"))
from driver import PATIENCE, Points, Programs, Sandbox, wait_for  # noqa: E402,F401

DONE, FAILED, MALFORMED, NOT_FOUND, DATA, OFFLINE, NOT_ENROLLED, APPROVAL, REFUSED = 0, 1, 2, 3, 4, 5, 6, 10, 11
CLERK, MANAGER, ANOTHER_MANAGER = "stf_1", "stf_3", "stf_4"


def same(found, wanted, about=""):
    if found != wanted:
        raise AssertionError(f"{about}: {found!r}, not {wanted!r}")


def holds(text, part, about=""):
    if part not in text:
        raise AssertionError(f"{about}: no {part!r} in {text!r}")


def new_id():
    """A UUID of version 7 that nobody had before."""
    number = uuid.uuid4().int & ~(0xF << 76) | (7 << 76)
    return str(uuid.UUID(int=number & ((1 << 80) - 1) | (0x019ABCDE0000 << 80)))


class Chain:
    def __init__(self, programs, orders=300):
        self.programs = programs
        self.sandbox = Sandbox(programs, orders=orders)
        self.template = programs.path("template")
        self.sandbox.enrol(self.template)
        self.made = 0
        self._articles = self._find_articles()

    def _find_articles(self):
        """Articles that the sandbox's policy takes back as they are: [(order number, order's document, line's id)…]."""
        database = sqlite3.connect(f"file:{self.template}/retour.db?mode=ro", uri=True)
        rows = database.execute("select document from orders where currency = 'EUR' and gift = 0 order by placed_at desc")
        found = []
        for (text,) in rows.fetchall():
            order = json.loads(text)
            if order["announced"] or any(parcel["status"] != "delivered" for parcel in order["parcels"]):
                continue
            for line in order["lines"]:
                if (line["delivered"] - line["returned"] > 0 and line["category"] not in ("lingerie", "cosmetics")
                        and not line["flags"] and not line["serials"] and line["paid"] < 14000):
                    found.append((order["number"], order, line["id"]))
                    break
        database.close()
        assert len(found) > 40, f"only {len(found)} articles can come back"
        return found

    def article(self):
        """Another one at each call."""
        return self._articles.pop(0)

    def terminal(self, enrolled=True):
        """A data directory of its own, where the template stands."""
        self.made += 1
        data = self.programs.path(f"terminal-{self.made}")
        shutil.copytree(self.template, data, ignore=shutil.ignore_patterns("ballast", "lock", "control"))
        if not enrolled:
            shutil.rmtree(os.path.join(data, "identity"))
        return data

    def enrolled(self, letter):
        """A terminal with a letter of its own: the OMS never saw one of its numbers."""
        data = self.programs.path(f"terminal-{letter}")
        self.sandbox.enrol(data, terminal=letter)
        return data

    def draft(self, article=None, **members):
        number, _, line = article or self.article()
        draft = {"id": new_id(), "method": "desk", "staff": CLERK, "order": number,
                 "lines": [{"line": line, "quantity": 1, "reason": "size_small", "condition": "new_sealed"}]}
        draft.update(members)
        return {name: value for name, value in draft.items() if value is not None}

    def write(self, document, name=None):
        self.made += 1
        path = self.programs.path(name or f"document-{self.made}.json")
        with open(path, "wb") as stream:
            stream.write(document if isinstance(document, bytes) else json.dumps(document).encode())
        return path

    def ctl(self, *arguments, data=None, expect=DONE, **options):
        """Runs retourctl and gives the finished process, whose texts are bytes decoded as UTF-8, strictly."""
        return self.programs.run(*arguments, data=data, expect=expect, **options)

    def json(self, command, *arguments, data=None, expect=DONE, **options):
        return json.loads(self.ctl(command, "--json", *arguments, data=data, expect=expect, **options).stdout)

    def record(self, data, **members):
        return self.ctl("return", self.write(self.draft(**members)), data=data).stdout.strip()

    @staticmethod
    def sql(data, *statements):
        """On a database that nobody has open."""
        database = sqlite3.connect(os.path.join(data, "retour.db"))
        with database:
            result = [database.execute(statement).fetchall() for statement in statements]
        database.close()
        return result[-1]

    @classmethod
    def check(cls, data):
        same(cls.sql(data, "pragma integrity_check"), [("ok",)], "integrity_check")


def run_tests(tests, orders=300):
    """Each test of the list with a Chain; arguments: the build's root, then names of tests to run alone."""
    points = Points()
    wanted = sys.argv[2:]
    with Programs(sys.argv[1]) as programs:
        chain = Chain(programs, orders)
        for test in tests:
            if wanted and test.__name__ not in wanted:
                continue

            def step(test=test):
                try:
                    test(chain)
                except AssertionError:
                    raise
                except subprocess.TimeoutExpired as late:
                    raise AssertionError(f"not done within {late.timeout} s: {late.cmd}") from None
                except Exception:
                    raise AssertionError(traceback.format_exc()) from None

            points.run(" ".join(test.__doc__.split()), step)
    sys.exit(points.finish())
