#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""test-store.py BUILD [TEST…]: a store with five terminals against one OMS, offline in any combination. Each shows what the others
did once the OMS says so; of several that took the same unit offline one is accepted, and the others are cases. Speaks TAP."""
import itertools
import os
import random
import shutil
import subprocess
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "cli"))
from chain import DONE, OFFLINE, REFUSED, holds, run_tests, same  # noqa: E402

LETTERS = "ABCDE"
stores = {}


def store_of(chain):
    """Five terminals, made once: letter -> data directory."""
    if not stores:
        stores["A"] = chain.template
        for letter in LETTERS[1:]:
            stores[letter] = chain.enrolled(letter)
    return stores


def sync(chain, letters):
    """Side by side, as terminals do."""
    waiting = {letter: subprocess.Popen([chain.programs.retourctl, "--data", store_of(chain)[letter], "sync"], stdin=subprocess.DEVNULL,
                                        stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=chain.programs.environment())
               for letter in letters}
    for letter, process in waiting.items():
        _, err = process.communicate(timeout=60)
        same((process.returncode, err.decode()), (DONE, ""), f"sync of {letter}")


def returned(chain, letter, article):
    number, _, line = article
    order = chain.json("order", number, data=store_of(chain)[letter])
    return next(each["returned"] for each in order["lines"] if each["id"] == line)


def state_of(chain, letter, number):
    return chain.json("proof", "show", number, data=store_of(chain)[letter])


def seen_by_all(chain):
    """what one terminal records online, the other four show once the OMS said so, and do not take again"""
    store = store_of(chain)
    article = chain.article()
    before = returned(chain, "A", article)
    chain.ctl("return", chain.write(chain.draft(article)), data=store["A"])
    sync(chain, "A")
    for letter in "BCDE":
        same(returned(chain, letter, article), before, f"{letter}, not told yet")
    sync(chain, "BCDE")
    for letter in LETTERS:
        same(returned(chain, letter, article), before + 1, letter)
    _, order, line = article
    left = next(each["delivered"] - each["returned"] for each in order["lines"] if each["id"] == line)
    if left == 1:
        for letter in "BCDE":
            chain.ctl("return", chain.write(chain.draft(article)), data=store[letter], expect=REFUSED)


def any_combination(chain):
    """whichever of the five are offline, each records, and when all are back all show all of it"""
    store = store_of(chain)
    dice = random.Random(5)
    combinations = [c for n in range(1, 6) for c in itertools.combinations(LETTERS, n)]
    taken = []
    for offline in dice.sample(combinations, 5):
        for letter in LETTERS:
            article = chain.article()
            before = returned(chain, letter, article)
            document = chain.write(chain.draft(article))
            number = chain.ctl("return", document, *(["--offline"] if letter in offline else []), data=store[letter]).stdout.strip()
            taken.append((letter, article, before, number))
            same(state_of(chain, letter, number)["sync"], "local")
        sync(chain, [letter for letter in LETTERS if letter not in offline])
    order = list(LETTERS)
    dice.shuffle(order)
    for letter in order:
        sync(chain, letter)
    sync(chain, LETTERS)
    at_the_oms = [r["number"] for r in chain.sandbox.returns()]
    for letter, article, before, number in taken:
        same(at_the_oms.count(number), 1, number)
        same(state_of(chain, letter, number)["sync"], "acknowledged", number)
        for other in LETTERS:
            same(returned(chain, other, article), before + 1, f"{number}, seen by {other}")


def single_unit(chain):
    """An article of which one unit is left."""
    while True:
        article = chain.article()
        _, order, line = article
        if next(each["delivered"] - each["returned"] for each in order["lines"] if each["id"] == line) == 1:
            return article


def contested(chain, letters, one_after_the_other):
    store = store_of(chain)
    article = single_unit(chain)
    cases = {letter: chain.json("status", data=store[letter])["attention"] for letter in letters}
    numbers = {letter: chain.ctl("return", "--offline", chain.write(chain.draft(article)), data=store[letter]).stdout.strip()
               for letter in letters}
    for letter in letters:
        same(state_of(chain, letter, numbers[letter])["refund_state"], "promised", "offline nothing is settled")
    for group in letters if one_after_the_other else [letters]:
        sync(chain, group)
    sync(chain, LETTERS)
    won = [letter for letter in letters if state_of(chain, letter, numbers[letter])["sync"] == "acknowledged"]
    same(len(won), 1, f"winners of {numbers}")
    if one_after_the_other:
        same(won, [letters[0]], "the first to tell")
    winner = numbers[won[0]]
    for letter in letters:
        same(returned(chain, letter, article), 1, f"units back, as {letter} shows it")
        more = chain.json("status", data=store[letter])["attention"] - cases[letter]
        if letter in won:
            same(more, 0, "the winner has no case")
            continue
        case = state_of(chain, letter, numbers[letter])
        same(more, 1, f"{letter} has a case")
        same((case["sync"], case["refund_state"]), ("quarantined", "promised"), f"{letter}: {case['problem']}")
        holds(case["problem"], winner, "the case names the other proof")
        same(chain.json("proof", "verify", case["proof"], data=store[letter])["number"], numbers[letter], "its own proof is kept")
    known = [r["number"] for r in chain.sandbox.returns()]
    same(known.count(winner), 1)
    for letter in set(letters) - set(won):
        assert numbers[letter] not in known, "a second acceptance"


def two_offline(chain):
    """scenario 28: two terminals return the same unit offline: one acceptance, one case with both proofs"""
    contested(chain, "BD", True)
    contested(chain, "DB", True)


def five_at_once(chain):
    """five terminals return the same unit offline and tell of it at the same moment: one acceptance, four cases"""
    contested(chain, LETTERS, False)


def two_articles(chain):
    """An order with two articles that can come back: (number, document, [line, line])."""
    for number, order, line in iter(chain.article, None):
        others = [each["id"] for each in order["lines"] if each["id"] != line and each["delivered"] > each["returned"]
                  and each["category"] not in ("lingerie", "cosmetics") and not each["flags"] and not each["serials"] and each["paid"] < 14000]
        if others:
            return number, order, [line, others[0]]
    raise AssertionError("no order with two articles")


def two_parts(chain):
    """scenario 29: two terminals return different units of one order offline: both are accepted"""
    store = store_of(chain)
    number, order, lines = two_articles(chain)
    before = [returned(chain, "A", (number, order, line)) for line in lines]
    mine = [chain.ctl("return", "--offline", chain.write(chain.draft((number, order, line))), data=store[letter]).stdout.strip()
            for letter, line in zip("CE", lines)]
    sync(chain, "CE")
    sync(chain, LETTERS)
    for letter, each in zip("CE", mine):
        same(state_of(chain, letter, each)["sync"], "acknowledged", each)
    same([returned(chain, "A", (number, order, line)) for line in lines], [units + 1 for units in before], number)


def rolled_back(chain):
    """scenario 8: a terminal put back to an old copy uses a number again: the OMS sees it, keeps the first, and nothing is lost"""
    store = store_of(chain)
    copy = chain.programs.path("old-copy")
    sync(chain, "B")
    shutil.copytree(store["B"], copy, ignore=shutil.ignore_patterns("ballast", "lock", "control"))
    first = chain.json("return", chain.write(chain.draft()), data=store["B"])
    sync(chain, "B")
    shutil.rmtree(store["B"])
    shutil.copytree(copy, store["B"])
    second = chain.json("return", chain.write(chain.draft()), data=store["B"])
    chain.ctl("sync", data=store["B"], expect=None)
    told = {r["id"]: r["number"] for r in chain.sandbox.returns()}
    same(told[first["id"]], first["number"], "the first")
    if second["number"] == first["number"]:
        assert second["id"] not in told, "two returns of one number"
        assert chain.sandbox.admin("alarms"), "nobody was told"
        assert chain.json("status", data=store["B"])["attention"] > 0, "no case"
    same(state_of(chain, "B", second["id"])["id"], second["id"], "kept")


def one_disowned(chain):
    """a terminal that is revoked is told so, keeps what it has, and the other four go on"""
    store = store_of(chain)
    number = chain.ctl("return", chain.write(chain.draft()), data=store["E"]).stdout.strip()
    identity = open(os.path.join(store["E"], "identity", "enrolment.json")).read()
    terminal = next(t["terminal_id"] for t in chain.sandbox.admin("terminals") if t["terminal_id"] in identity)
    chain.sandbox.admin("revoke", terminal, parse=False)
    holds(chain.ctl("sync", data=store["E"], expect=OFFLINE).stderr, "security")
    assert state_of(chain, "E", number)["sync"] != "acknowledged"
    same(chain.json("status", data=store["E"])["to_send"], 1, "kept")
    chain.check(store["E"])
    sync(chain, "ABCD")


run_tests([seen_by_all, any_combination, two_offline, five_at_once, two_parts, rolled_back, one_disowned], orders=600)
