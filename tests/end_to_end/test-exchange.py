#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""test-exchange.py BUILD [--pictures DIRECTORY] [--language fr|en]

One visit with a refund and an exchange, in the real window: the jumper of order 1048-7213 is refunded, the dress is exchanged
for another product, which costs more and costs the offer on the order too; a manager approves with a badge and a code; what the
OMS then holds says the same. Before that an even exchange, the place it is taken from, and the way back. TAP."""
import argparse
import json
import os
import re
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import driver  # noqa: E402

parser = argparse.ArgumentParser()
parser.add_argument("build")
parser.add_argument("--pictures")
parser.add_argument("--language", default="en", choices=["fr", "en"])
options = parser.parse_args()
driver.inside_session()

WORDS = {
    "en": {"ready": "Ready to scan", "why": "Why this return?", "exchange": "Exchange", "title": "Exchange the dress",
           "even": "^Even exchange$", "nothing": "^€0\\.00$", "jumper_amount": "€31\\.25", "both": "€87\\.99",
           "jumper": ("^Not to taste", "^Opened"), "dress": ("^Too small", "^New"), "added": "Robe chemise Ysé.*Added|Added.*Robe chemise Ysé",
           "difference": "^\\+€36\\.85$", "claw_back": "taken back: €4\\.59", "collect": "Customer pays €5\\.60",
           "approval": "Ask for approval", "decides": "decides\\.", "motive": "Loyal customer", "approve": "^Approve",
           "recorded": "Return recorded"},
    "fr": {"ready": "Prêt à scanner", "why": "Pourquoi ce retour\u202f?", "exchange": "Échanger", "title": "Échanger la robe",
           "even": "^Échange à prix constant$", "nothing": "^0,00.€$", "jumper_amount": "31,25.€", "both": "87,99.€",
           "jumper": ("^Ne plaît pas", "^Ouvert"), "dress": ("^Trop petit", "^Neuf"),
           "added": "Robe chemise Ysé.*Ajouté|Ajouté.*Robe chemise Ysé", "difference": "^\\+36,85.€$", "claw_back": "reprise.: 4,59.€",
           "collect": "Le client paie 5,60.€", "approval": "Demander l’accord", "decides": "décide", "motive": "Client fidèle",
           "approve": "^Approuver", "recorded": "Retour enregistré"},
}[options.language]
points = driver.Points()


def gtin_of_ines(size):
    """Robe portefeuille Inès, 89,00 €, as the sandbox's catalogue numbers it; its GTIN-13 with the check digit."""
    digits = f"3612345{11 * 100 + size:05d}"
    return digits + str(-sum(int(d) * (1, 3)[i % 2] for i, d in enumerate(digits)) % 10)


class Visit:
    def __init__(self, programs):
        self.programs = programs
        self.sandbox = driver.Sandbox(programs, orders=300)
        self.data = programs.path("terminal")
        self.sandbox.enrol(self.data)
        self.lines = programs.ctl("order", "1048-7213", "--json", data=self.data)["lines"]
        staff = [json.loads(line) for line in self.sandbox.admin("staff", parse=False).splitlines() if line.strip()]
        self.manager = next(person for person in staff if person["role"] == "manager")
        self.pictures = 0

    def picture(self, name):
        if options.pictures:
            os.makedirs(options.pictures, exist_ok=True)
            self.pictures += 1
            self.screen.picture(os.path.join(options.pictures, f"{self.pictures:02d}-{name}.png"))

    def has(self, pattern):
        return self.screen.find(re.compile(pattern))

    def scan(self, text, wanted):
        """A machine so busy that a burst looks typed by hand gets it again."""
        for _ in range(4):
            self.screen.scan(text)
            try:
                return self.screen.find(re.compile(wanted), patience=10)
            except AssertionError as failure:
                last = failure
        raise last

    def choose(self, tile):
        """A tile, by hand: a burst of letters that a busy machine pulls apart would be taken for the sheet's own keys."""
        self.screen.click(re.compile(tile))
        driver.wait_for(lambda: self.is_pressed(tile), f"{tile} pressed")

    def is_pressed(self, tile):
        node = self.screen.look(re.compile(tile), "button")
        return node and self.screen.is_pressed(node)

    def open_order(self):
        self.screen = driver.Screen(self.programs, self.data, language=options.language)
        self.has("Camille")
        self.scan("STF-0001", WORDS["ready"])
        self.scan("1048-7213", "Robe chemise Ysé")

    def add(self, line, reason, condition):
        self.scan(self.lines[line]["gtin"], re.escape(WORDS["why"]))
        self.choose(reason)
        self.choose(condition)

    def refund_jumper(self):
        self.add(1, *WORDS["jumper"])
        self.escape(WORDS["why"])
        self.has(WORDS["jumper_amount"])

    def open_exchange(self):
        self.add(0, *WORDS["dress"])
        self.picture("item")
        self.screen.click(WORDS["exchange"])
        self.screen.find(WORDS["title"])

    def even_is_proposed(self):
        """The next size, at the price paid."""
        self.has(WORDS["even"])
        self.has(WORDS["nothing"])
        self.picture("even")

    def back_leaves_the_return_as_it_was(self):
        self.escape(WORDS["title"])
        self.has(WORDS["both"])

    def escape(self, title):
        """The first Escape may be a passing word's."""
        for _ in range(3):
            self.screen.key("Escape")
            try:
                return driver.wait_for(lambda: not self.screen.look(title), f"{title} gone", 5)
            except AssertionError as failure:
                last = failure
        raise last

    def scan_another_dress(self):
        self.screen.click(re.compile(WORDS["added"]))
        self.screen.find(WORDS["why"])
        self.screen.click(WORDS["exchange"])
        self.screen.find(WORDS["title"])
        self.has(WORDS["even"])
        self.scan(gtin_of_ines(3), "Inès 40")
        self.has(WORDS["difference"])
        self.has(WORDS["claw_back"])
        self.has(WORDS["collect"])
        self.picture("uneven")

    def manager_approves(self):
        self.screen.click(WORDS["approval"])
        self.screen.find(WORDS["motive"], "button")
        self.choose("^" + self.manager["name"].split()[0])
        self.screen.press_code(self.manager["pin"])
        self.has(WORDS["decides"])
        self.choose("^" + WORDS["motive"])
        self.picture("approval")
        self.screen.click(re.compile(WORDS["approve"]))
        self.screen.gone(WORDS["motive"])
        self.picture("approved")

    def confirm(self):
        self.screen.key("ctrl+Return")
        self.has(WORDS["recorded"])
        self.picture("proof")

    def oms_knows(self):
        returns = driver.wait_for(self.sandbox.returns, "the return at the OMS")
        detail = self.programs.ctl("proof", "show", returns[0]["number"], "--json", data=self.data)
        line = next(line for line in detail["lines"] if line.get("exchange"))
        assert line["exchange"]["sku"] == "ROBE-INES-ECR-40" or line["exchange"]["product"] == "ROBE-INES", line
        assert line["exchange"]["place"] == "store:0214", line
        assert detail["exchange"] == {"price": 8900, "collect": 560}, detail["exchange"]
        assert returns[0]["total"] == 0, returns
        assert not self.sandbox.admin("alarms"), self.sandbox.admin("alarms")


def main():
    with driver.Programs(options.build) as programs:
        visit = Visit(programs)
        for name, step in [
            ("the order opens", visit.open_order),
            ("the jumper is refunded", visit.refund_jumper),
            ("the dress's sheet leads to the exchange", visit.open_exchange),
            ("the next size is proposed at the price paid", visit.even_is_proposed),
            ("leaving changes nothing", visit.back_leaves_the_return_as_it_was),
            ("a scan of another dress says what it costs, the offer included", visit.scan_another_dress),
            ("a manager approves", visit.manager_approves),
            ("the return is recorded", visit.confirm),
            ("the OMS has the same exchange and the same amounts", visit.oms_knows),
        ]:
            if not points.run(name, step):
                with open(visit.screen.process.log, errors="replace") as log:
                    print("#", visit.screen.process.poll(), log.read()[-2000:].replace("\n", "\n# "))
                break
    return points.finish()


sys.exit(main())
