#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""test-kills.py BUILD [--kills N] [--seed S]: kill -9 at random moments of the real programs: retourctl while it records and while
it exchanges, a terminal that does both, and now and then the OMS, which also loses answers and cuts them. At the end both sides are
asked: what was confirmed is there once, here and there, whole and in one chain. 300 kills unless told otherwise. Speaks TAP."""
import argparse
import datetime
import json
import os
import random
import signal
import subprocess
import sys
import time

parser = argparse.ArgumentParser()
parser.add_argument("build")
parser.add_argument("--kills", type=int, default=300)
parser.add_argument("--seed", type=int, default=random.randrange(1 << 31))
wanted = parser.parse_args()
sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "cli"))
from chain import DONE, Chain, Points, Programs, same, wait_for  # noqa: E402

LOOK_EVERY = 60  # kills


class Day:
    """One terminal, what it was told is recorded, and what is still to be tried."""

    def __init__(self, chain, dice):
        self.chain, self.dice = chain, dice
        self.data = chain.enrolled("K")
        self.drafts = {}  # id -> path of its document
        self.confirmed = {}  # id -> number
        self.kills = self.hits = 0
        self.usual = {"return": self.time("return", self.draft()[1]), "sync": self.time("sync"), "terminal": 0.4}

    def time(self, *words):
        began = time.monotonic()
        done = self.chain.ctl(*words, data=self.data)
        if words[0] == "return":
            self.confirmed[next(iter(self.drafts))] = done.stdout.strip()
        return time.monotonic() - began

    def draft(self):
        """A new one, or one that was not confirmed or is asked for again."""
        open_ones = [i for i in self.drafts if i not in self.confirmed]
        if open_ones and (self.dice.random() < 0.3 or not self.chain.has_articles()):
            chosen = self.dice.choice(open_ones)
        elif not self.chain.has_articles():
            chosen = self.dice.choice(list(self.drafts))
        else:
            document = self.chain.draft()
            chosen = document["id"]
            self.drafts[chosen] = self.chain.write(document)
        return chosen, self.drafts[chosen]

    def begin(self, *words):
        return subprocess.Popen([self.chain.programs.retourctl, "--data", self.data, *words], stdin=subprocess.DEVNULL,
                                stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=self.chain.programs.environment())

    def note(self, draft, out):
        number = out.decode().strip()
        if number:
            same(self.confirmed.get(draft, number), number, f"the number of {draft}")
            self.confirmed[draft] = number

    def kill(self, process, usual):
        time.sleep(self.dice.uniform(0, usual * 1.2))
        self.hits += process.poll() is None
        process.kill()
        self.kills += 1

    def while_recording(self):
        draft, path = self.draft()
        process = self.begin("return", path)
        self.kill(process, self.usual["return"])
        self.note(draft, process.communicate(timeout=30)[0])

    def while_exchanging(self):
        process = self.begin("sync")
        self.kill(process, self.usual["sync"])
        process.communicate(timeout=30)

    def the_terminal(self):
        """It exchanges by itself, and records what is handed over to it."""
        process = self.chain.programs.start([os.path.join(self.chain.programs.build, "tests", "cli", "terminal-double"), self.data],
                                            f"killed-{self.kills}.log", G_MESSAGES_DEBUG="")
        wait_for(lambda: process.poll() is not None or "ready" in open(process.log).read(), "the terminal")
        draft, path = self.draft()
        client = self.begin("return", path)
        self.kill(process, self.usual["return"] + 0.1)
        self.note(draft, client.communicate(timeout=60)[0])
        process.wait(10)
        self.chain.programs.running.remove(process)

    def the_oms(self):
        sandbox = self.chain.sandbox
        process = self.begin("sync", "--timeout", "2")
        self.kill(sandbox.process, self.usual["sync"])
        sandbox.process.wait(10)
        process.kill()
        process.communicate(timeout=30)
        self.chain.programs.running.remove(sandbox.process)
        sandbox.start()
        sandbox.admin("faults", "lose-answer:10%", "drop:10%", parse=False)

    def work(self, kills):
        self.chain.sandbox.admin("faults", "lose-answer:10%", "drop:10%", parse=False)
        while self.kills < kills:
            kind = self.dice.choices([self.while_recording, self.while_exchanging, self.the_terminal, self.the_oms], [52, 34, 11, 3])[0]
            kind()
            if self.kills % LOOK_EVERY == 0:
                self.look()
        self.chain.sandbox.admin("faults", parse=False)

    def look(self):
        """What holds at any moment, on this side."""
        self.chain.check(self.data)
        stored = dict(self.chain.sql(self.data, "select id, number from returns"))
        for draft, number in self.confirmed.items():
            same(stored.get(draft), number, f"confirmed as {number}")
        same(len(set(stored.values())), len(stored), "numbers")
        same(self.chain.sql(self.data, "select count(*) from operations where kind = 'return.record'"), [(len(stored),)], "operations")
        same(self.chain.sql(self.data, "select count(*) from operations o join returns r on r.id = o.return_id"), [(len(stored),)])
        same(self.chain.sql(self.data, "select count(*) from audit where kind = 'return.recorded'"), [(len(stored),)], "journal")
        same(self.chain.json("audit", "verify", data=self.data)["whole"], True)
        return stored


def confirmed_is_kept(day):
    for draft, path in list(day.drafts.items()):
        if draft not in day.confirmed:
            day.note(draft, day.chain.ctl("return", path, data=day.data).stdout.encode())
    same(set(day.look()), set(day.drafts), "returns")


def told_once(day):
    wait_for(lambda: day.chain.ctl("sync", data=day.data, expect=None).returncode == DONE, "an exchange")
    status = day.chain.json("status", data=day.data)
    same((status["to_send"], status["attention"]), (0, 0), "nothing waits")
    stored = dict(day.chain.sql(day.data, "select id, number from returns"))
    told = [(r["id"], r["number"]) for r in day.chain.sandbox.returns()]
    same(len(told), len(set(told)), "at the OMS each once")
    same(dict(told), stored, "at the OMS all of them")
    same(day.chain.sandbox.admin("alarms"), [], "alarms")


def back_once(day):
    """No unit of an order came back twice."""
    orders = dict(day.chain.sql(day.data, "select number, document from orders"))
    for number, before, line in day.chain.used:
        units = [next(each for each in order["lines"] if each["id"] == line)["returned"] for order in (before, json.loads(orders[number]))]
        same(units[1] - units[0], 1, f"line {line} of {number}")


class Shop(Chain):
    """Remembers which articles came back. None of them is near the end of its window, which a long run might see close."""

    def __init__(self, programs, orders):
        super().__init__(programs, orders)
        self.used = []
        young = (datetime.datetime.now(datetime.timezone.utc) - datetime.timedelta(days=20)).strftime("%Y-%m-%dT%H:%M:%SZ")
        self._articles = [each for each in self._articles if max(parcel["delivered_at"] for parcel in each[1]["parcels"]) > young]

    def has_articles(self):
        return len(self._articles) > 0

    def article(self):
        self.used.append(super().article())
        return self.used[-1]


def main():
    points = Points()
    print(f"# --kills {wanted.kills} --seed {wanted.seed}", flush=True)
    with Programs(wanted.build) as programs:
        day = Day(Shop(programs, max(1500, wanted.kills)), random.Random(wanted.seed))
        points.run(f"{wanted.kills} kills, nothing confirmed is lost at any time", lambda: day.work(wanted.kills))
        points.run("what was confirmed is recorded once, whole, in one chain", lambda: confirmed_is_kept(day))
        points.run("the OMS has each return exactly once", lambda: told_once(day))
        points.run("each unit came back once", lambda: back_once(day))
        points.run("the kills hit programs at work", lambda: same(day.hits > wanted.kills // 3, True, f"{day.hits} hits"))
        print(f"# {day.kills} kills, {day.hits} of them of a program at work, {len(day.drafts)} returns", flush=True)
    return points.finish()


sys.exit(main())
