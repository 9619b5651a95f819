#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""test-visit.py BUILD [--pictures DIRECTORY] [--language fr|en]

A customer with two orders, in the real window: the second one joins the first instead of only putting it on hold; the panel has
a heading for each and one total; a kill -9 loses neither; an order is taken out and put back; one decision of a manager covers
both, one confirmation records both; the proof on screen and paper has a section each; the OMS has two returns of one visit. TAP."""
import argparse
import json
import os
import re
import signal
import subprocess
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import driver  # noqa: E402

parser = argparse.ArgumentParser()
parser.add_argument("build")
parser.add_argument("--pictures")
parser.add_argument("--language", default="en", choices=["fr", "en"])
options = parser.parse_args()
driver.inside_session()

FIRST, SECOND = "1048-7213", "1046-0031"
WORDS = {
    "en": {"ready": "Ready to scan", "why": "Why this return?", "joins": "Same visit", "two": "2 orders in this visit",
           "jumper": "€31\\.25", "confirm": "^Confirm the visit", "take_out": "Take this order out of the visit", "more": "More",
           "undo": "Undo", "approval": "Ask for approval", "decides": "decides\\.",
           "motive": "Loyal customer", "approve": "^Approve", "recorded": "Returns recorded", "cancel": "Cancel these returns",
           "cancelled": "Returns cancelled", "sum": "In all,", "number": "^{}, 1 item"},
    "fr": {"ready": "Prêt à scanner", "why": "Pourquoi ce retour\u202f?", "joins": "Même visite", "two": "2 commandes dans cette visite",
           "jumper": "31,25.€", "confirm": "^Valider la visite", "take_out": "Retirer cette commande de la visite", "more": "Plus d’actions",
           "undo": "Annuler", "approval": "Faire approuver", "decides": "décide",
           "motive": "Client fidèle", "approve": "^Approuver", "recorded": "Retours enregistrés", "cancel": "Annuler ces retours",
           "cancelled": "Retours annulés", "sum": "En tout,", "number": "^{}, 1 article"},
}[options.language]
points = driver.Points()


class Visit:
    def __init__(self, programs):
        self.programs = programs
        self.sandbox = driver.Sandbox(programs, orders=300, options=["--refund-delay", "600"])
        self.data, self.paper = programs.path("terminal"), programs.path("paper")
        os.mkdir(self.paper)
        self.sandbox.enrol(self.data)
        staff = [json.loads(line) for line in self.sandbox.admin("staff", parse=False).splitlines() if line.strip()]
        self.manager = next(person for person in staff if person["role"] == "manager")
        self.pictures = 0

    def picture(self, name):
        if options.pictures:
            os.makedirs(options.pictures, exist_ok=True)
            self.pictures += 1
            self.screen.picture(os.path.join(options.pictures, f"{self.pictures:02d}-{name}.png"))

    def has(self, pattern, **more):
        return self.screen.find(re.compile(pattern), **more)

    def scan(self, text, wanted):
        """A machine so busy that a burst looks typed by hand gets it again."""
        for _ in range(4):
            self.screen.scan(text)
            try:
                return self.has(wanted, patience=10)
            except AssertionError as failure:
                last = failure
        raise last

    def line(self, order, index):
        return self.programs.ctl("order", order, "--json", data=self.data)["lines"][index]

    def section(self, number):
        return WORDS["number"].format(re.escape(number))

    def start(self):
        self.screen = driver.Screen(self.programs, self.data, "--printer", "dir:" + self.paper, language=options.language)
        self.has("Camille")
        self.scan("STF-0001", WORDS["ready"])

    def first_order(self):
        self.start()
        self.scan(FIRST, "Amandine Roussel")
        self.scan(self.line(FIRST, 1)["gtin"], re.escape(WORDS["why"]))
        self.scan("RC:reason:changed_mind", re.escape(WORDS["why"]))
        self.scan("RC:condition:new_opened", WORDS["jumper"])
        self.screen.scan("RC:next")
        self.screen.gone(WORDS["why"])

    def second_order_joins(self):
        self.scan(SECOND, "Paul Martin")
        self.has(re.escape(FIRST) + " · 1")
        self.picture("offer")
        self.screen.click(WORDS["joins"])
        self.has(re.escape(WORDS["two"]))
        self.has(self.section(FIRST), role="button")

    def both_have_articles(self):
        bag = self.line(SECOND, 0)
        self.scan(bag["gtin"], re.escape(WORDS["why"]))
        self.scan("RC:reason:size_small", re.escape(WORDS["why"]))
        self.screen.scan("RC:condition:light_wear")
        driver.wait_for(lambda: len(self.drafted()) == 2 and all(c for _, _, c in self.drafted()), "both in the file")
        self.screen.scan("RC:next")
        self.screen.gone(WORDS["why"])
        self.picture("sections")

    def drafted(self):
        """What the file holds, read by a connection of one's own: visit, line, condition."""
        done = subprocess.run(
            ["sqlite3", "-readonly", os.path.join(self.data, "retour.db"),
             "SELECT json_extract (d.document, '$.visit'), json_extract (e.value, '$.line'),"
             " coalesce (json_extract (e.value, '$.condition'), '') FROM drafts d, json_each (d.document, '$.lines') e ORDER BY d.id"],
            capture_output=True, text=True, timeout=20)
        return [tuple(row.split("|")) for row in done.stdout.split()]

    def killed(self):
        before = self.drafted()
        assert len({visit for visit, _, _ in before}) == 1 and before[0][0], before
        self.screen.end(signal.SIGKILL)
        self.start()
        self.scan(SECOND, "Paul Martin")
        self.has(self.section(FIRST), role="button")
        self.has(self.section(SECOND), role="button")
        assert self.drafted() == before, (before, self.drafted())

    def one_tap_turns_to_the_other(self):
        self.screen.click(re.compile(self.section(FIRST)))
        self.has("Amandine Roussel")
        self.has(WORDS["jumper"])
        # An article of the other order is scanned while this one is in front.
        self.scan(self.line(SECOND, 1)["gtin"], re.escape(WORDS["why"]))
        self.screen.scan("RC:next")
        self.screen.gone(WORDS["why"])
        self.has("Paul Martin")
        self.screen.key("ctrl+z")
        driver.wait_for(lambda: len(self.drafted()) == 2, "the article is taken back")

    def out_and_back(self):
        self.screen.point(WORDS["more"])
        self.screen.click(WORDS["take_out"], role="menu item")
        # At once: the word passes after 8 s.
        self.screen.click(re.compile("^" + WORDS["undo"]))
        self.has(self.section(SECOND), role="button")
        driver.wait_for(lambda: self.is_one_visit(), "together in the file")
        self.screen.point(WORDS["more"])
        self.screen.click(WORDS["take_out"], role="menu item")
        driver.wait_for(lambda: {visit for visit, _, _ in self.drafted()} == {""}, "both alone in the file")
        self.scan(SECOND, "Paul Martin")
        self.screen.click(WORDS["joins"])
        driver.wait_for(lambda: self.is_one_visit(), "together again")

    def is_one_visit(self):
        drafted = self.drafted()
        return len(drafted) == 2 and drafted[0][0] == drafted[1][0] != ""

    def one_decision(self):
        self.screen.click(WORDS["approval"])
        self.screen.find(WORDS["motive"], "button")
        self.picture("approval")
        self.screen.click(re.compile("^" + self.manager["name"].split()[0]))
        driver.wait_for(lambda: self.pressed("^" + self.manager["name"].split()[0]), "the manager's tile")
        self.screen.type(self.manager["pin"])
        self.has(WORDS["decides"])
        self.screen.click(re.compile(WORDS["approve"]))
        self.screen.gone(WORDS["motive"])
        self.has(WORDS["confirm"], role="button")

    def pressed(self, tile):
        node = self.screen.look(re.compile(tile), "button")
        return node and self.screen.is_pressed(node)

    def one_confirmation(self):
        self.screen.key("ctrl+Return")
        self.has(WORDS["recorded"])
        returns = driver.wait_for(lambda: len(self.sandbox.returns()) == 2 and self.sandbox.returns(), "two returns at the OMS")
        shown = [self.programs.ctl("proof", "show", r["number"], "--json", data=self.data) for r in returns]
        assert len({s["visit"] for s in shown}) == 1 and shown[0]["visit"] in [s["id"] for s in shown], shown
        assert {s["order"]["number"] for s in shown} == {FIRST, SECOND}, shown
        self.total = sum(s["refund"]["total"] for s in shown)
        self.numbers = [s["number"] for s in shown]
        assert not self.sandbox.admin("alarms"), self.sandbox.admin("alarms")
        assert self.drafted() == [], self.drafted()

    def one_proof(self):
        for number in self.numbers:
            self.has(re.escape(number))
        self.picture("proof")
        for order in (FIRST, SECOND):
            self.screen.click(order)
            number = next(n for n in self.numbers if self.order_of(n) == order)
            driver.wait_for(lambda: number in [text for _, text in self.codes_on_screen()], f"the code of {number}", 15)
        sheets = driver.wait_for(lambda: [n for n in os.listdir(self.paper) if n.endswith(".pdf")], "the paper")
        assert len(sheets) == 1, sheets
        text = subprocess.run(["pdftotext", "-layout", os.path.join(self.paper, sheets[0]), "-"], capture_output=True, text=True,
                              timeout=60).stdout
        for wanted in (*self.numbers, FIRST, SECOND, WORDS["sum"]):
            assert wanted in text, (wanted, text)
        assert re.search(rf"{self.total // 100}[,.]{self.total % 100:02d}", text), (self.total, text)
        codes = [text for _, text in driver.read_codes(os.path.join(self.paper, sheets[0][:-4] + ".png"))]
        assert sorted(c for c in codes if not c.startswith("RT1:")) == sorted(self.numbers), codes
        assert len([c for c in codes if c.startswith("RT1:")]) == 2, codes

    def order_of(self, number):
        return self.programs.ctl("proof", "show", number, "--json", data=self.data)["order"]["number"]

    def codes_on_screen(self):
        path = self.programs.path("screen.png")
        self.screen.picture(path)
        return driver.read_codes(path)

    def cancel_and_register(self):
        self.screen.click(WORDS["cancel"])
        self.has(WORDS["cancelled"])
        self.screen.key("F2")
        for number in self.numbers:
            self.has(re.escape(number))
        self.picture("register")


def main():
    with driver.Programs(options.build) as programs:
        visit = Visit(programs)
        for name, step in [
            ("an article of the first order", visit.first_order),
            ("the second order joins the visit", visit.second_order_joins),
            ("both have articles, saved as one visit", visit.both_have_articles),
            ("kill -9 loses neither", visit.killed),
            ("one tap, or an article's scan, turns to the other order", visit.one_tap_turns_to_the_other),
            ("an order is taken out and put back", visit.out_and_back),
            ("one decision covers the visit", visit.one_decision),
            ("one confirmation records both", visit.one_confirmation),
            ("one proof with a section each", visit.one_proof),
            ("they are taken back together, and the register has both", visit.cancel_and_register),
        ]:
            if not points.run(name, step):
                visit.picture("failed")
                with open(visit.screen.process.log, errors="replace") as log:
                    print("#", visit.screen.process.poll(), log.read()[-2000:].replace("\n", "\n# "))
                break
    return points.finish()


sys.exit(main())
