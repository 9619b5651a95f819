#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""test-documents.py BUILD [TEST…]: what retourctl says to documents and codes that are malformed, hostile or absurd: status 2, the
member by name, one line, nothing written, within bounds of time and memory. Speaks TAP."""
import copy
import json
import os
import re
import subprocess
import threading
import time
from concurrent.futures import ThreadPoolExecutor

from chain import DONE, MALFORMED, NOT_FOUND, REFUSED, holds, run_tests, same

ORDER = {"id": "o1", "number": "W10004217", "currency": "EUR", "placed_at": "2026-11-02T18:03:11Z", "gift": False, "deducted": 0,
         "customer": {"name": "Zoé Lefèvre"},
         "lines": [{"id": "l1", "quantity": 2, "unit_price": 6990, "paid": 11184, "delivered": 2, "tax_rate": "20.00",
                    "discounts": [{"promotion": "B", "amount": 2796}]}],
         "promotions": [{"id": "B", "kind": "percent", "percent": "20", "threshold": 0}],
         "payments": [{"id": "p1", "method": "card", "captured": 11184, "refunded": 0}]}
POLICY = {"version": "1", "currency": "EUR", "time_zone": "Europe/Paris", "reasons": [{"code": "r", "fault": "customer"}],
          "conditions": [{"code": "c", "percent": 100}]}
DRAFT = {"method": "desk", "lines": [{"line": "l1", "quantity": 1, "reason": "r", "condition": "c"}]}
DOCUMENTS = {"order": ORDER, "policy": POLICY, "draft": DRAFT}
ABSENT = object()
CONTROL = r"[\x00-\x09\x0b-\x1f\x7f-\x9f]"


def changed(name, path, value):
    """A copy of the document with the member at `path` replaced, or taken out."""
    document = copy.deepcopy(DOCUMENTS[name])
    place = document
    for step in path[:-1]:
        place = place[step]
    if value is ABSENT:
        del place[path[-1]]
    else:
        place[path[-1]] = value
    return document


def ask(chain, name, document):
    """quote with that document in its place; the others are good."""
    files = [("order", ORDER), ("policy", POLICY), ("draft", DRAFT)]
    words = [w for part, usual in files for w in (f"--{part}", chain.write(document if part == name else usual))]
    return chain.ctl("quote", *words, "--at", "2026-11-20T00:00:00Z", expect=None)


def refuse(chain, name, document, part):
    done = ask(chain, name, document)
    label = f"{name} {str(document)[:160]}"
    same(done.returncode, MALFORMED, label)
    same(done.stdout, "", label)
    assert re.fullmatch(r"retourctl: (order|policy|draft): [^\n\x00-\x1f]+\n", done.stderr), (label, done.stderr)
    assert len(done.stderr) < 2000, label
    holds(done.stderr, part, label)


def refuse_all(chain, cases):
    with ThreadPoolExecutor(3) as pool:
        for answer in [pool.submit(refuse, chain, *case) for case in cases]:
            answer.result()


def good(chain):
    """the documents that the others are made from are good"""
    same(ask(chain, "draft", DRAFT).returncode, DONE)


def missing(chain):
    """a missing required member is named"""
    refuse_all(chain, [(name, changed(name, path, ABSENT), wanted) for name, path, wanted in [
        ("order", ["number"], "number: "), ("order", ["currency"], "currency: "), ("order", ["placed_at"], "placed_at: "),
        ("order", ["lines"], "lines: "), ("order", ["lines", 0, "id"], "lines[0].id: "),
        ("order", ["lines", 0, "quantity"], "lines[0].quantity: "), ("order", ["lines", 0, "unit_price"], "lines[0].unit_price: "),
        ("order", ["lines", 0, "paid"], "lines[0].paid: "), ("order", ["lines", 0, "delivered"], "lines[0].delivered: "),
        ("order", ["payments", 0, "id"], "payments[0].id: "), ("order", ["payments", 0, "method"], "payments[0].method: "),
        ("order", ["payments", 0, "captured"], "payments[0].captured: "), ("policy", ["version"], "version: "),
        ("policy", ["currency"], "currency: "), ("policy", ["time_zone"], "time_zone: "), ("draft", ["method"], "method: "),
        ("draft", ["lines"], "lines: "), ("draft", ["lines", 0, "line"], "lines[0].line: "),
        ("draft", ["lines", 0, "quantity"], "lines[0].quantity: ")]])


def wrong_types(chain):
    """a member of a wrong type or out of range is named, with what was expected"""
    refuse_all(chain, [(name, changed(name, path, value), wanted) for name, path, value, wanted in [
        ("order", ["number"], 5, "number: expected"), ("order", ["number"], "", "number: expected"),
        ("order", ["lines"], {}, "lines: expected"), ("order", ["lines"], [1], "lines[0]: expected"),
        ("order", ["lines", 0, "quantity"], "2", "lines[0].quantity: expected a whole number"),
        ("order", ["lines", 0, "quantity"], 2.0, "lines[0].quantity: expected a whole number"),
        ("order", ["lines", 0, "quantity"], 0, "lines[0].quantity: expected a whole number"),
        ("order", ["lines", 0, "quantity"], -1, "lines[0].quantity: expected a whole number"),
        ("order", ["lines", 0, "quantity"], True, "lines[0].quantity: expected a whole number"),
        ("order", ["lines", 0, "quantity"], None, "lines[0].quantity: expected"),
        ("order", ["lines", 0, "paid"], [], "lines[0].paid: expected"), ("order", ["lines", 0, "tax_rate"], 20.0, "lines[0].tax_rate: "),
        ("order", ["lines", 0, "tax_rate"], "20.00001", "lines[0].tax_rate: "), ("order", ["gift"], "no", "gift: expected"),
        ("order", ["customer"], [], "customer: expected"), ("order", ["currency"], "euro", "currency: expected"),
        ("order", ["placed_at"], "yesterday", "placed_at: expected"), ("order", ["placed_at"], 0, "placed_at: expected"),
        ("order", ["promotions", 0, "kind"], "magic", "promotions[0].kind: "),
        ("order", ["payments", 0, "captured"], 10 ** 15 + 1, "payments[0].captured: "),
        ("policy", ["reasons"], "r", "reasons: expected"), ("policy", ["conditions", 0, "percent"], 101, "conditions[0].percent: "),
        ("policy", ["version"], {"a": 1}, "version: expected"), ("draft", ["lines"], [], "lines: expected"),
        ("draft", ["lines", 0, "quantity"], 10 ** 400, "beyond the range"), ("draft", ["approvals"], {"rule": "x"}, "approvals: expected"),
        ("draft", ["lines", 0, "note"], 7, "lines[0].note: expected")]])


def arithmetic(chain):
    """an order that breaks its own arithmetic is refused, and says where"""
    two = [ORDER["lines"][0], ORDER["lines"][0]]
    refuse_all(chain, [(name, changed(name, path, value), wanted) for name, path, value, wanted in [
        ("order", ["lines", 0, "paid"], 11185, "lines[0].paid"), ("order", ["lines", 0, "discounts", 0, "amount"], 13981, "lines[0]"),
        ("order", ["lines", 0, "delivered"], 3, "lines[0].delivered"), ("order", ["lines", 0, "returned"], 3, "lines[0].returned"),
        ("order", ["payments", 0, "refunded"], 11185, "payments[0].refunded"), ("order", ["lines"], two, "lines[1].id"),
        ("order", ["lines", 0, "unit_price"], 10 ** 15, "lines[0]"), ("policy", ["currency"], "JPY", "currenc"),
        ("draft", ["lines", 0, "line"], "l2", "l2")]])


def raw(chain):
    """text that is not JSON, or more than JSON allows, is refused with its place or its cause"""
    number = json.dumps(ORDER).encode()
    refuse_all(chain, [(name, text, wanted) for name, text, wanted in [
        ("order", b"", ""), ("order", b"\xef\xbb\xbf" + number, ""), ("order", number + b"x", ""), ("order", number[:-1], ""),
        ("order", number[:100], ""), ("order", b"[" + number + b"]", "object"), ("order", b"null", "object"),
        ("order", b"<html><body>Sign in to the Wi-Fi</body></html>", ""),
        ("order", b'{"number":"a",' + number[1:], "number"), ("policy", b'{"version":"a",' + json.dumps(POLICY).encode()[1:], "version"),
        ("order", b"[" * 10000 + b"]" * 10000, ""), ("draft", b'{"a":' * 10000 + b"1" + b"}" * 10000, ""),
        ("order", number.replace(b"W10004217", b"W1\xff\xfe"), "UTF-8"), ("order", number.replace(b"W10004217", b"\xc0\xaf"), "UTF-8"),
        ("order", number.replace(b"W10004217", b"\xed\xa0\x80"), "UTF-8"), ("order", number.replace(b"W10004217", b"\\ud800"), ""),
        ("order", number.replace(b"W10004217", b"W\0"), ""), ("order", number.replace(b"W10004217", b"W\\u0000"), ""),
        ("order", number.replace(b"W10004217", b"W\n"), ""), ("order", number + b"\0" + number, ""),
        ("order", number.replace(b"11184", b"9223372036854775808"), ""), ("order", number.replace(b"11184", b"-9223372036854775809"), ""),
        ("order", number.replace(b"11184", b"1e400"), ""), ("order", number.replace(b"11184", b"NaN"), ""),
        ("order", number.replace(b"11184", b"-Infinity"), ""), ("order", number.replace(b"11184", b"011184"), ""),
        ("order", number.replace(b"11184", b"0x2BB0"), ""), ("order", number.replace(b'"', b"'"), ""),
        ("order", number + b"// so", "")]])


def escapes(chain):
    """control characters of a document never reach the terminal that shows the message"""
    bell = "l1\x1b]0;owned\x07\x9b31m\u202e"
    done = ask(chain, "draft", changed("draft", ["lines", 0, "line"], bell))
    same((done.returncode, re.findall(CONTROL, done.stderr)), (MALFORMED, []))
    data = chain.terminal()
    for words in (["order", bell], ["proof", "show", bell], ["outbox", "show", bell], ["nonsense" + bell], ["order", b"\xff\x1b"]):
        done = chain.ctl(*words, data=data, expect=None)
        assert done.returncode in (MALFORMED, NOT_FOUND), words
        same(re.findall(CONTROL, done.stderr + done.stdout), [], words)


def endless(chain):
    """a line of a gigabyte is refused by its size, soon and in bounded memory: from a pipe, and from a sparse file"""
    words = [chain.programs.retourctl, "quote", "--policy", chain.write(POLICY), "--draft", chain.write(DRAFT), "--order", "-"]
    began = time.monotonic()
    process = subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                               env=chain.programs.environment())
    written = 0

    def pour():
        nonlocal written
        block = b'{"number":"' + b"9" * 1048565
        try:
            while written < 1 << 30:
                process.stdin.write(block)
                written += len(block)
                block = b"9" * 1048576
            process.stdin.close()
        except BrokenPipeError:
            pass

    pouring = threading.Thread(target=pour)
    pouring.start()
    message = process.stderr.read().decode()
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    pouring.join(20)
    for stream in (process.stdin, process.stdout, process.stderr):
        try:
            stream.close()
        except BrokenPipeError:
            pass
    same(process.returncode, MALFORMED, message)
    holds(message, "order: standard input: larger than 64 MiB")
    assert written < 100 << 20, f"{written} bytes were taken"
    assert time.monotonic() - began < 30, "too slow"
    assert usage.ru_maxrss < 400 << 10, f"{usage.ru_maxrss >> 10} MiB"
    sparse = chain.programs.path("sparse.json")
    with open(sparse, "wb") as stream:
        stream.truncate(1 << 30)
    for words in (["quote", "--policy", sparse, "--draft", sparse], ["policy", "check", sparse], ["scan", "--policy", sparse, "x"]):
        holds(chain.ctl(*words, expect=MALFORMED).stderr, "larger than 64 MiB")
    holds(chain.ctl("return", sparse, data=chain.terminal(), expect=MALFORMED).stderr, "larger than 16 MiB")


def drafts(chain):
    """return refuses a malformed draft like quote does, and writes nothing"""
    data = chain.terminal()
    usual = json.dumps(chain.draft()).encode()
    for text, part in ((b"", ""), (usual[:-1], ""), (usual + b"\0", ""), (usual.replace(b'"quantity": 1', b'"quantity": 1e400'), ""),
                       (usual.replace(b'"quantity": 1', b'"quantity": 0'), "lines[0].quantity: "),
                       (usual.replace(b"size_small", b"\xff"), "UTF-8"), (b'{"id":"x",' + usual[1:], "id"), (b"[" * 10000, "")):
        done = chain.ctl("return", "-", data=data, text=text, expect=MALFORMED)
        same(done.stdout, "", text[:80])
        assert re.fullmatch(r"retourctl: return: [^\n\x00-\x1f]+\n", done.stderr), done.stderr
        holds(done.stderr, part)
    same(chain.sql(data, "select (select count(*) from returns) + (select count(*) from audit)"), [(0,)])
    chain.check(data)


def long_codes(chain):
    """codes of 10,000 characters, and of control characters, are looked for and not found, everywhere"""
    data = chain.terminal()
    for code in ("9" * 10000, "W" + "É" * 9999, "\x01\x1d\x7f" * 100, "é\x1b[2J", " ", "%", "RT1:" + "A" * 10000):
        for words, expect in ((["search", code], NOT_FOUND), (["order", code], NOT_FOUND), (["proof", "show", code], NOT_FOUND),
                              (["proof", "verify", code], REFUSED), (["outbox", "show", code], NOT_FOUND)):
            done = chain.ctl(*words, data=data, expect=None)
            assert done.returncode == expect or code in (" ", "%") and done.returncode in (DONE, NOT_FOUND, MALFORMED), (words, done)
    long_draft = chain.draft(lines=[{"line": chain.article()[2], "quantity": 1, "reason": "x" * 10000, "condition": "\x01" * 10000}])
    assert chain.ctl("return", chain.write(long_draft), data=data, expect=None).returncode in (MALFORMED, 10, REFUSED)
    noted = chain.draft()
    noted["lines"][0]["note"] = "é\x01\n\u202e" * 2500
    number = chain.ctl("return", chain.write(noted), data=data).stdout.strip()
    same(chain.json("proof", "show", number, data=data)["lines"][0]["note"], noted["lines"][0]["note"])


run_tests([good, missing, wrong_types, arithmetic, raw, escapes, endless, drafts, long_codes])
