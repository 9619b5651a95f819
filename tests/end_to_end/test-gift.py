#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""test-gift.py BUILD [--pictures DIRECTORY]

A gift brought back by its recipient, in the real window and in both languages, from the search to the proof: whatever a screen
reader finds on any page and sheet of the way, the text of the paper, what the code holds and what retourctl says of the proof
name no amount; the refund is store credit. TAP."""
import argparse
import json
import os
import re
import subprocess
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import driver  # noqa: E402

parser = argparse.ArgumentParser()
parser.add_argument("build")
parser.add_argument("--pictures")
options = parser.parse_args()
driver.inside_session()

WORDS = {
    "en": {"ready": "Ready to scan", "why": "Why this return?", "exchange": "Exchange", "exchange_title": "^Exchange the",
           "approval": "Ask for approval", "decides": "decides\\.", "motive": "Loyal customer", "approve": "^Approve",
           "recorded": "Return recorded", "credit": "Store credit", "hidden": "Gift, no prices shown", "on_screen": "€|EUR"},
    "fr": {"ready": "Prêt à scanner", "why": "Pourquoi ce retour\u202f?", "exchange": "Échanger", "exchange_title": "^Échanger ",
           "approval": "Faire approuver", "decides": "décide", "motive": "Client fidèle", "approve": "^Approuver",
           "recorded": "Retour enregistré", "credit": "Avoir", "hidden": "Cadeau, sans prix", "on_screen": "€|EUR"},
}
points = driver.Points()


def members(value):
    """Every member of a document with its value: [(name, value)…]."""
    if isinstance(value, dict):
        for name, inner in value.items():
            yield name, inner
            yield from members(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from members(inner)


class Gift:
    def __init__(self, programs):
        self.programs = programs
        # No delay: the returns come back from the OMS with their states while the proof is in view.
        self.sandbox = driver.Sandbox(programs, orders=600)
        self.data, self.paper = programs.path("terminal"), programs.path("paper")
        os.mkdir(self.paper)
        self.sandbox.enrol(self.data)
        staff = [json.loads(line) for line in self.sandbox.admin("staff", parse=False).splitlines() if line.strip()]
        self.manager = next(person for person in staff if person["role"] == "manager")
        self.gifts = self.find_gifts()
        self.pictures = 0

    def find_gifts(self):
        """Gift orders of which something can come back in time, the dearest first: over 150 euros the refund itself is judged."""
        done = subprocess.run(
            ["sqlite3", "-readonly", os.path.join(self.data, "retour.db"),
             "SELECT number FROM orders WHERE gift AND currency = 'EUR' AND returnable > 0"
             " AND last_delivery > strftime ('%s', 'now', '-25 days') * 1000000 ORDER BY captured DESC"],
            capture_output=True, text=True, timeout=20)
        found = []
        for number in done.stdout.split():
            order = self.programs.ctl("order", number, "--json", data=self.data)
            lines = [line for line in order["lines"] if line["delivered"] > line.get("returned", 0) and not line.get("flags")
                     and line.get("category") not in ("cosmetics", "lingerie")]
            if lines:
                found.append((order, max(lines, key=lambda line: line["paid"] / line["quantity"])))
        return found

    def texts(self):
        found = []
        for node in self.screen.walk():
            try:
                found.append(node.get_name() or "")
                found.append(node.get_description() or "")
            except Exception:  # a node that went meanwhile
                continue
        return found

    def no_amount(self, where, texts):
        """Neither a currency, nor any amount of the order written as one."""
        amounts = set()
        for name, value in members(self.order):
            if isinstance(value, int) and name in ("unit_price", "paid", "captured", "amount", "standard") and value >= 100:
                whole, cents = divmod(value, 100)
                amounts |= {f"{whole},{cents:02d}", f"{whole}.{cents:02d}"}
        assert amounts, self.order
        for text in texts:
            # The first page adds up the day: nothing, as a gift is not in it.
            assert text in ("0,00\u00a0€", "€0.00") or not re.search("€|EUR\\b", text), (where, text)
            for amount in amounts:
                assert not re.search(rf"(?<!\d){re.escape(amount)}(?!\d)", text), (where, amount, text)

    def screen_has_no_amount(self, where):
        texts = self.texts()
        assert len(texts) > 20, (where, texts)
        self.no_amount(f"{self.language}, {where}", texts)
        if options.pictures:
            os.makedirs(options.pictures, exist_ok=True)
            self.pictures += 1
            self.screen.picture(os.path.join(options.pictures, f"{self.pictures:02d}-gift-{self.language}.png"))

    def has(self, pattern, **more):
        return self.screen.find(re.compile(pattern), **more)

    def scan(self, text, wanted):
        for _ in range(4):
            self.screen.scan(text)
            try:
                return self.has(wanted, patience=10)
            except AssertionError as failure:
                last = failure
        raise last

    def begin(self, language):
        self.language, self.words = language, WORDS[language]
        self.order, self.line = self.gifts.pop(0)
        self.screen = driver.Screen(self.programs, self.data, "--printer", "dir:" + self.paper, language=language,
                                    log=f"retour-{language}.log")
        self.has("Camille")
        self.scan("STF-0001", self.words["ready"])
        self.screen_has_no_amount("home")

    def search(self):
        self.screen.key("ctrl+f")
        self.screen.type(self.order["number"][:7])
        self.has(re.escape(self.order["number"]))
        self.screen_has_no_amount("search")

    def choose(self):
        self.scan(self.order["number"], re.escape(self.order["customer"]["name"]))
        self.screen_has_no_amount("order")
        self.scan(self.line["gtin"], re.escape(self.words["why"]))
        self.scan("RC:reason:changed_mind", re.escape(self.words["why"]))
        self.screen.scan("RC:condition:light_wear")
        self.has(self.words["approval"], role="button")
        self.screen_has_no_amount("item")

    def exchange(self):
        self.screen.click(self.words["exchange"])
        self.has(self.words["exchange_title"])
        self.screen_has_no_amount("exchange")
        self.screen.key("Escape")
        driver.wait_for(lambda: not self.screen.look(re.compile(self.words["exchange_title"])), "the exchange page gone")

    def refund(self):
        self.has(self.words["hidden"])
        self.has(self.words["credit"])
        self.screen_has_no_amount("refund")

    def approve(self):
        self.screen.click(self.words["approval"])
        self.screen.find(self.words["motive"], "button")
        self.screen_has_no_amount("approval")
        name = re.compile("^" + self.manager["name"].split()[0])
        self.screen.click(name)
        driver.wait_for(lambda: self.is_pressed(name), "the manager's tile")
        self.screen.type(self.manager["pin"])
        self.has(self.words["decides"])
        self.screen.click(self.words["motive"])
        self.screen.click(re.compile(self.words["approve"]))
        self.screen.gone(self.words["motive"])
        self.screen_has_no_amount("approved")

    def is_pressed(self, name):
        node = self.screen.look(name, "button")
        return node and self.screen.is_pressed(node)

    def proof(self):
        self.screen.key("ctrl+Return")
        self.has(self.words["recorded"])
        self.has(self.words["credit"])
        self.screen_has_no_amount("proof")
        returns = driver.wait_for(lambda: [r for r in self.sandbox.returns() if r["order"] in
                                           (self.order["number"], self.order["id"])], "the return at the OMS")
        self.number = returns[0]["number"]
        driver.wait_for(lambda: os.path.exists(os.path.join(self.paper, self.number + ".pdf")), "the paper")
        self.has(re.escape(self.number))

    def paper_and_code(self):
        text = subprocess.run(["pdftotext", "-layout", os.path.join(self.paper, self.number + ".pdf"), "-"], capture_output=True,
                              text=True, timeout=60).stdout
        assert self.order["number"] in text, text
        self.no_amount("paper", [text])
        codes = [text for _, text in driver.read_codes(os.path.join(self.paper, self.number + ".png"))]
        token = next(text for text in codes if text.startswith("RT1:"))
        verdict = self.programs.ctl("proof", "verify", token, "--json", data=self.data)
        assert verdict["verdict"] == "valid" and "total" not in verdict and "currency" not in verdict, verdict

    def retourctl(self):
        self.no_amount("proof show", [self.programs.ctl("proof", "show", self.number, data=self.data)])
        shown = self.programs.ctl("proof", "show", self.number, "--json", data=self.data)
        assert shown["gift"] is True, shown
        assert [t["method"] for t in shown["refund"]["tenders"]] == ["store_credit"], shown
        hidden = {"total", "amount", "unit_price", "price", "collect", "breakdown", "tax"}
        assert not [name for name, _ in members(shown) if name in hidden], shown
        assert not [value for name, value in members(shown) if name == "goods" and isinstance(value, int)], shown

    def journal(self):
        done = subprocess.run(["sqlite3", "-readonly", os.path.join(self.data, "retour.db"), "SELECT kind, body FROM audit"],
                              capture_output=True, text=True, timeout=20)
        assert self.number in done.stdout and "approval.given" in done.stdout, done
        self.no_amount("journal", done.stdout.splitlines())

    def register_and_home(self):
        self.screen.key("F2")
        self.has(re.escape(self.number))
        self.screen_has_no_amount("register")
        self.screen.key("F1")
        self.has(self.words["ready"])
        self.screen_has_no_amount("home")
        self.screen.end()


def main():
    with driver.Programs(options.build) as programs:
        gift = Gift(programs)
        for language in ("fr", "en"):
            for name, step in [
                ("the desk opens", lambda: gift.begin(language)),
                ("a gift is found without its price", gift.search),
                ("its articles have none", gift.choose),
                ("nor what they could be exchanged for", gift.exchange),
                ("it is refunded as store credit", gift.refund),
                ("a manager is told none", gift.approve),
                ("the proof on screen has none", gift.proof),
                ("nor have paper and code", gift.paper_and_code),
                ("nor has retourctl", gift.retourctl),
                ("nor has the journal", gift.journal),
                ("nor have the register and the first page", gift.register_and_home),
            ]:
                if not points.run(f"{language}: {name}", step):
                    print("#", "\n# ".join(text for text in gift.texts() if len(text) > 30))
                    with open(gift.screen.process.log, errors="replace") as log:
                        print("#", gift.screen.process.poll(), log.read()[-2000:].replace("\n", "\n# "))
                    return points.finish()
    return points.finish()


sys.exit(main())
