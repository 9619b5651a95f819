#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""test-sandbox.py RETOUR-SANDBOX: drives the real program over HTTPS as a terminal would. Speaks TAP."""
import gzip
import hashlib
import json
import os
import re
import ssl
import sys
import threading
import time

from sandbox_terminal import (DESCRIPTION, LIMIT, ORDERS, RawBody, Terminal, now, operation, reference_return, run, run_tests, test,
                              uuid7)


@test
def a_code_enrols_one_terminal_once(box):
    """A code is good once, for its terminal, and gives what a terminal needs"""
    terminal = Terminal(box)
    answer = terminal.answer
    assert answer["store"] == {"code": "0214", "name": "Lyon Bellecour", "address": "12 rue de la République\n69002 Lyon",
                               "phone": "04 72 00 00 00"}
    assert (answer["chain"], answer["terminal"], answer["currency"], answer["time_zone"]) == (
        "Maison Lisière", "A", "EUR", "Europe/Paris")
    assert len(answer["pins"]) == 2 and answer["pins"][0] == box.address["pin"]
    assert answer["key_id"] == hashlib.blake2b(bytes.fromhex(terminal.proof_key), digest_size=32).hexdigest()[:16]
    text = run("openssl", "x509", "-in", terminal.certificate, "-noout", "-subject", "-ext", "extendedKeyUsage").decode()
    assert "whoever" not in text and "TLS Web Client" in text
    run("openssl", "verify", "-CAfile", box.path("ca.pem"), terminal.certificate)
    other = Terminal(box, "B", enrol=False)
    assert other.enrol(terminal.code)[0] == 403
    assert Terminal(box, enrol=False).enrol(terminal.code)[1]["type"] == "/problems/code-refused"
    assert other.enrol("AAAA-BBBB-CCCC-DDDD")[1]["type"] == "/problems/code-refused"
    code = box.own("POST", "/sandbox/enrolment-codes", {"store": "0214", "terminal": "C"})["code"]
    assert other.enrol(code)[0] == 403
    assert other.enrol(code, terminal="C", csr="no request")[1]["type"] == "/problems/malformed"
    assert other.enrol(code, terminal="C", proof_key="00")[0] == 400
    assert other.enrol(code.lower().replace("-", ""), terminal="C")[0] == 201
    assert {c["key"]["store"] for c in terminal.changes() if "key" in c and "store" in c["key"]} == {"0214"}


@test
def a_certificate_is_renewed_with_the_old_one(box):
    """A renewal keeps the terminal; both certificates are good"""
    terminal = Terminal(box)
    old = open(terminal.certificate, encoding="ascii").read()
    status, answer = terminal.enrol(None, proof_key=None)
    assert status == 201 and answer["terminal_id"] == terminal.answer["terminal_id"]
    assert answer["certificate"] != old and answer["key_id"] == terminal.answer["key_id"]
    assert terminal.json("GET", "/v1/stock?sku=none")[0] == 200
    terminal.take(answer["certificate"])
    assert terminal.json("GET", "/v1/stock?sku=none") == (200, [])
    status, answer = terminal.enrol(None, proof_key="ab" * 32)
    assert status == 201 and answer["key_id"] != terminal.answer["key_id"]
    assert [c["key"]["id"] for c in terminal.changes() if "store" in c.get("key", {})] == [
        terminal.answer["key_id"], answer["key_id"]]
    stranger = Terminal(box, "B", enrol=False)
    assert stranger.enrol(None)[0] == 401


@test
def only_enrolled_terminals_are_answered(box):
    """No certificate, a certificate of another authority, and no nonce are refused"""
    nobody = Terminal(box, enrol=False)
    for method, path in (("GET", "/v1/changes"), ("GET", "/v1/orders?q=a"), ("POST", "/v1/operations")):
        status, problem = nobody.json(method, path)
        assert (status, problem["type"]) == (401, "/problems/certificate-required")
    run("openssl", "req", "-x509", "-key", nobody.key, "-subj", "/CN=Retour terminal", "-out", nobody.certificate, "-days", "9")
    nobody.enrolled = True
    nobody.close()
    try:
        assert nobody.json("GET", "/v1/changes")[0] == 401
    except ssl.SSLError:
        pass
    terminal = Terminal(box)
    response, _ = terminal.call("GET", "/v1/orders?q=a", nonce=False)
    assert response.status == 400
    assert terminal.json("GET", "/v1/nothing")[0] == 404
    assert terminal.json("GET", "/v1/operations")[0] == 405


@test
def every_call_of_the_description_is_there(box):
    """Each path and method of openapi.yaml is known, and no other method"""
    terminal = Terminal(box)
    described = {}
    path = None
    for line in DESCRIPTION.splitlines():
        if match := re.match(r"  (/\S+):$", line):
            path = match[1]
        elif line == "components:":
            break
        elif path and (match := re.match(r"    (get|post|put|patch|delete):", line)):
            described.setdefault(path, set()).add(match[1].upper())
    assert len(described) == 18, sorted(described)
    for path, methods in described.items():
        real = re.sub(r"{\w+}", "none", path)
        for method in ("GET", "POST", "PUT", "PATCH", "DELETE"):
            headers = {"Retour-Sandbox-Token": box.address["token"]}
            response, _ = terminal.call(method, real, "{}" if method != "GET" else None, headers)
            assert (response.status == 405) == (method not in methods), (method, path, response.status)


@test
def a_revoked_terminal_is_refused_at_once(box):
    """Revoked, the next call on the open connection is refused, and its key is known as revoked"""
    terminal, witness = Terminal(box), Terminal(box, "B")
    cursor = witness.changes()[-1]["end"]
    assert terminal.json("GET", "/v1/stock?sku=none")[0] == 200
    box.own("POST", f"/sandbox/terminals/{terminal.answer['terminal_id']}/revoke")
    status, problem = terminal.json("GET", "/v1/stock?sku=none")
    assert (status, problem["type"]) == (403, "/problems/revoked")
    assert [c["key"]["id"] for c in witness.changes(cursor) if "revoked_at" in c.get("key", {})] == [terminal.answer["key_id"]]


@test
def the_feed_is_paged_and_resumed(box):
    """Cursors come every 500 lines at most; any of them goes on where it stands"""
    terminal = Terminal(box)
    lines = terminal.changes()
    kinds = [next(iter(line)) for line in lines]
    assert lines[-1]["lines"] == sum(k not in ("cursor", "end") for k in kinds) and not lines[-1]["more"]
    assert kinds.count("order") == ORDERS and kinds.count("staff") == 6 and kinds.count("policy") == 1
    assert kinds.index("policy") < kinds.index("order") and kinds.index("staff") < kinds.index("order")
    gap = 0
    for kind in kinds:
        gap = 0 if kind in ("cursor", "end") else gap + 1
        assert gap <= 500
    for place in (i for i, kind in enumerate(kinds) if kind == "cursor"):
        rest = terminal.changes(lines[place]["cursor"])
        changes = [line for line in rest if "cursor" not in line and "end" not in line]
        assert changes == [line for line in lines[place:] if "cursor" not in line and "end" not in line]
        break
    cursor, seen = None, 0
    while True:
        page = terminal.changes(cursor, limit=700)
        seen += page[-1]["lines"]
        cursor = page[-1]["end"]
        if not page[-1]["more"]:
            break
        assert page[-1]["lines"] == 700
    assert seen == lines[-1]["lines"]
    assert terminal.changes(cursor) == [{"end": cursor, "lines": 0, "more": False}]
    for wrong in ("x", "00000000.5", cursor + "0"):
        status, problem = terminal.json("GET", "/v1/changes?cursor=" + wrong)
        assert (status, problem["type"]) == (410, "/problems/cursor-gone"), wrong
    assert terminal.json("GET", "/v1/changes?limit=0")[0] == 400


@test
def the_feed_is_compressed_as_asked(box):
    """gzip and zstd give the same lines"""
    terminal = Terminal(box)
    plain = terminal.call("GET", "/v1/changes")[1]
    response, packed = terminal.call("GET", "/v1/changes", headers={"Accept-Encoding": "gzip"})
    assert response.getheader("Content-Encoding") == "gzip" and len(packed) < len(plain) / 4
    assert gzip.decompress(packed) == plain
    assert int(response.getheader("Retour-Changes")) == json.loads(plain.splitlines()[-1])["lines"]
    unpacked = run("curl", "-sS", "--compressed", "--cacert", box.path("ca.pem"), "--cert", terminal.certificate, "--key",
                   terminal.key, "--pinnedpubkey", box.address["pin"], "-H", "Retour-Nonce: n", "-H", "Accept-Encoding: zstd",
                   box.address["url"] + "/v1/changes")
    assert unpacked == plain


@test
def orders_are_found(box):
    """By number, id, e-mail, phone in any form, and words with or without accents; with an ETag"""
    terminal = Terminal(box)
    for query in ("1048-7213", "a.roussel%40orange.fr", "06%2039%2098%2000%2041", "%2B33639980041", "0033639980041",
                  "roussel%20amandine", "AMAND%20rous", "8V05906500626"):
        status, found = terminal.json("GET", "/v1/orders?q=" + query)
        assert status == 200 and "1048-7213" in [o["number"] for o in found], query
    found = terminal.json("GET", "/v1/orders?q=leo%20roussillon")[1]
    assert found[0]["customer"]["name"] == "Léo Roussillon"
    assert len(terminal.json("GET", "/v1/orders?q=a")[1]) == 50
    assert terminal.json("GET", "/v1/orders?q=%22%20*%20%2D")[1] == []
    assert terminal.json("GET", "/v1/orders?q=nobodycalledso")[1] == []
    response, text = terminal.call("GET", "/v1/orders/1048-7213")
    assert json.loads(text) == terminal.order("ord_0000001")
    response, text = terminal.call("GET", "/v1/orders/1048-7213", headers={"If-None-Match": response.getheader("ETag")})
    assert response.status == 304 and not text
    assert terminal.json("GET", "/v1/orders/none")[0] == 404
    stock = terminal.json("GET", "/v1/stock?sku=ROBE-YSE-BLN-40")[1]
    assert [f["place"] for f in stock][:2] == ["store:0214", "store:0215"] and len(stock) == 7


@test
def the_reference_return_is_booked_and_refunded(box):
    """83,40 of UI.md 5: accepted once, booked on the order, on the feed, settled in the end"""
    terminal, other = Terminal(box), Terminal(box, "B")
    cursor = other.changes()[-1]["end"]
    before = terminal.order("1048-7213")
    told = reference_return(terminal)
    first, = terminal.operate(told)
    assert (first["answer"], first["refund"]) == ("accepted", "requested"), first
    again, = terminal.operate(told)
    assert (again["answer"], again["first"]) == ("duplicate", "accepted")
    status, known = terminal.json("GET", "/v1/operations/" + told["op"])
    assert status == 200 and known["answer"] == "accepted"
    after = terminal.order("1048-7213")
    assert after["version"] == before["version"] + 1
    assert [l["returned"] for l in after["lines"]] == [1, 1, 1, 0, 0]
    assert sum(l["refunded"] for l in after["lines"]) - sum(l["refunded"] for l in before["lines"]) == 8340
    assert [a["refunded"] - b["refunded"] for a, b in zip(after["payments"], before["payments"])] == [6850, 1490]
    states, updated = [], None
    deadline = time.monotonic() + LIMIT
    while "settled" not in states and time.monotonic() < deadline:
        for line in other.changes(cursor):
            cursor = line.get("end", cursor)
            if line.get("return", {}).get("id") == told["op"]:
                states.append(line["return"]["refund"])
                assert line["return"]["goods"] == "accepted" and line["return"]["number"] == told["body"]["number"]
            updated = line.get("order", updated)
        time.sleep(0.05)
    assert states[-1] == "settled" and states == [s for s in ("requested", "pending", "settled") if s in states], states
    assert updated == after
    returns = box.own("GET", "/sandbox/returns")
    assert [r["body"]["number"] for r in returns] == [told["body"]["number"]]


@test
def the_same_op_with_another_body_is_an_alarm(box):
    """Reuse of an op or of a return number changes nothing and is remembered"""
    terminal = Terminal(box)
    told = reference_return(terminal)
    assert terminal.operate(told)[0]["answer"] == "accepted"
    other = dict(told, body=RawBody(*(lambda b: (json.dumps(b), b))(dict(told["body"], customer="Someone else"))))
    del other["body_hash"]
    answer, = terminal.operate(other)
    assert (answer["answer"], answer["problem"]["type"]) == ("rejected", "/problems/operation-reused")
    terminal.counter -= 1
    twin = reference_return(terminal)
    answer, = terminal.operate(twin)
    assert (answer["answer"], answer["problem"]["type"]) == ("rejected", "/problems/operation-reused")
    wrong = dict(told, op=uuid7(), body_hash="0" * 64)
    assert terminal.operate(wrong)[0]["problem"]["type"] == "/problems/body-hash"
    assert [a["op"] for a in box.own("GET", "/sandbox/alarms")] == [told["op"], twin["op"]]
    assert len(box.own("GET", "/sandbox/returns")) == 1


@test
def the_second_claimant_learns_who_won(box):
    """Two terminals, the same units: one is accepted, the other gets the winner"""
    terminal, other = Terminal(box), Terminal(box, "B", store="0301")
    told, late = reference_return(terminal), reference_return(other)
    assert terminal.operate(told)[0]["answer"] == "accepted"
    answer, = other.operate(late)
    assert answer["answer"] == "conflict" and answer["problem"]["type"] == "/problems/units-taken"
    assert (answer["winner"]["number"], answer["winner"]["store"], answer["winner"]["store_name"],
            answer["winner"]["terminal"]) == (told["body"]["number"], "0214", "Lyon Bellecour", "A")
    assert other.operate(late)[0]["answer"] == "conflict"
    assert terminal.order("1048-7213")["lines"][0]["returned"] == 1


@test
def many_terminals_at_once_claim_a_unit_once(box):
    """Eight terminals send eight returns of the same units at the same time"""
    terminals = [Terminal(box, letter) for letter in "ABCDEFGH"]
    told = [reference_return(terminal) for terminal in terminals]
    answers = [None] * len(terminals)

    def send(i):
        answers[i] = terminals[i].operate(told[i])[0]["answer"]

    threads = [threading.Thread(target=send, args=(i,)) for i in range(len(terminals))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(answers) == ["accepted"] + ["conflict"] * 7, answers
    assert terminals[0].order("1048-7213")["lines"][0]["returned"] == 1


@test
def a_return_is_judged_by_the_policy(box):
    """Other amounts, a wrong approver, a rule that refuses, another terminal's number are rejected; the rest goes on"""
    terminal = Terminal(box)
    order = terminal.order("1048-7213")
    good = reference_return(terminal)

    def spoilt(**members):
        body = json.loads(good["body"].text)
        body.update({"id": uuid7(), "number": terminal.number(), **members})
        return operation("return.record", body, order=order["id"], op=body["id"], ret=body["id"])

    refund = dict(good["body"]["refund"], total=8799, tenders=[
        {"payment": "pay_1", "method": "card", "amount": 7227}, {"payment": "pay_2", "method": "gift_card", "amount": 1572}])
    worn = [dict(line, condition="light_wear") for line in good["body"]["lines"]]
    approval = {"rule": "condition", "approver": "stf_1", "requester": "stf_1"}
    cases = [
        (spoilt(refund=refund), "refund-differs"),
        (spoilt(lines=worn), "not-allowed"),
        (spoilt(lines=worn, approvals=[approval]), "approval-invalid"),
        (spoilt(lines=worn, approvals=[dict(approval, approver="stf_2")]), "approval-invalid"),
        (spoilt(lines=worn, approvals=[dict(approval, approver="stf_3", requester="stf_3")]), "approval-invalid"),
        (spoilt(lines=worn, origin=dict(good["body"]["origin"], staff="stf_3"), approvals=[dict(approval, approver="stf_3")]),
         "approval-invalid"),
        (spoilt(policy="1999-01"), "malformed"),
        (spoilt(origin=dict(good["body"]["origin"], store="0301")), "malformed"),
        (spoilt(number="R0214A-00001-0"), "malformed"),
        (spoilt(order={"id": "ord_none", "number": "none"}), "unknown-order"),
        (spoilt(lines=[dict(good["body"]["lines"][0], line="l9")]), "malformed"),
        (spoilt(lines=[]), "malformed"),
        (operation("return.record", {"id": "x"}), "malformed"),
        (dict(good, op="x"), "malformed"),
    ]
    answers = terminal.operate(*[told for told, _ in cases], good, operation("coffee.make", {}))
    for (told, expected), answer in zip(cases, answers):
        assert (answer["answer"], answer["problem"]["type"]) == ("rejected", "/problems/" + expected), (expected, answer)
    problem = answers[0]["problem"]
    assert answers[0]["op"] == cases[0][0]["op"] and (problem["expected"], problem["claimed"]) == (8340, 8799)
    assert answers[1]["problem"]["rules"] == ["condition"]
    assert [a["answer"] for a in answers[-2:]] == ["accepted", "unsupported"]
    assert len(box.own("GET", "/sandbox/returns")) == 1


@test
def batches_have_limits(box):
    """More than 100 operations, more than 1 MiB or a broken line are refused whole"""
    terminal = Terminal(box)
    ping = operation("exchange.record", {"return": "none", "lines": [1]})
    assert len(terminal.operate(*[dict(ping, op=uuid7()) for _ in range(100)])) == 100
    for body, status in (((json.dumps({"op": "x"}) + "\n") * 101, 413), ("x" * (1 << 20) + "y", 413), ("{\"op\":\n", 400),
                         ("[" * 10000, 400), ("{\"op\": \"\xff\"}".encode("latin-1"), 400)):
        response, text = terminal.call("POST", "/v1/operations", body)
        assert response.status == status, (status, response.status, text)
        terminal.close()


@test
def a_cancelled_return_gives_its_units_back(box):
    """Cancelled before the bank was asked, the order is as it was; later it is too late"""
    terminal = Terminal(box)
    box.own("POST", "/sandbox/refunds/advance", {})
    before = terminal.order("1048-7213")
    told = reference_return(terminal)
    assert terminal.operate(told)[0]["answer"] == "accepted"
    cancel = {"return": told["op"], "number": told["body"]["number"], "cancel": True, "staff": "stf_1", "at": now()}
    answer, = terminal.operate(operation("return.correct", cancel, order=before["id"], ret=told["op"]))
    if answer["answer"] == "accepted":
        after = terminal.order("1048-7213")
        for key in ("lines", "payments", "delivery", "deducted"):
            assert after[key] == before[key], key
        again = reference_return(terminal)
        assert terminal.operate(again)[0]["answer"] == "accepted"
    else:
        raise AssertionError(answer)
    box.own("POST", "/sandbox/refunds/advance", {"to": "settled"})
    cancel["return"], cancel["number"] = again["op"], again["body"]["number"]
    answer, = terminal.operate(operation("return.correct", cancel))
    assert (answer["answer"], answer["problem"]["type"]) == ("rejected", "/problems/too-late")


@test
def a_failed_refund_is_tendered_again(box):
    """The bank refuses, another means of payment is named, the refund moves on"""
    terminal = Terminal(box)
    box.faults("refund-fails")
    told = reference_return(terminal)
    terminal.operate(told)
    wait_for_refund(terminal, told["op"], "failed")
    box.faults()
    body = {"return": told["op"], "at": now(), "staff": "stf_1", "approver": "stf_3", "from": "pay_1", "to": "store_credit",
            "amount": 6850}
    answer, = terminal.operate(operation("refund.retender", body, ret=told["op"]))
    assert (answer["answer"], answer["refund"]) == ("accepted", "requested")
    wait_for_refund(terminal, told["op"], "settled")
    assert terminal.operate(operation("refund.retender", body))[0]["problem"]["type"] == "/problems/too-late"


def wait_for_refund(terminal, op, state):
    deadline = time.monotonic() + LIMIT
    while time.monotonic() < deadline:
        refund = terminal.json("GET", "/v1/operations/" + op)[1]["refund"]
        if refund == state:
            return
        time.sleep(0.05)
    raise AssertionError(f"the refund is {refund}, not {state}")


@test
def a_kiosk_return_waits_for_its_inspection(box):
    """What a kiosk takes is promised; inspected and accepted, it is asked for"""
    terminal = Terminal(box)
    told = reference_return(terminal)
    body = json.loads(told["body"].text)
    body["origin"]["mode"] = "kiosk"
    told = operation("return.record", body, order=told["order"], op=body["id"], ret=body["id"])
    assert terminal.operate(told)[0]["refund"] == "promised"
    decisions = [{"line": "l1", "quantity": 1, "condition": "new_sealed", "decision": "accepted"}]
    answer, = terminal.operate(operation("return.inspect", {"return": told["op"], "at": now(), "lines": decisions}))
    assert (answer["answer"], answer["refund"]) == ("accepted", "requested"), answer
    assert terminal.operate(operation("return.inspect", {"return": "none", "lines": []}))[0]["problem"]["type"] == (
        "/problems/unknown-return")


@test
def the_journal_is_sealed(box):
    """The OMS countersigns a head with the key that the feed publishes"""
    terminal = Terminal(box)
    answer, = terminal.operate(operation("audit.seal", {"store": "0214", "terminal": "A", "seq": 12, "head": "ab" * 32}))
    seal = answer["seal"]
    key = next(c["key"] for c in terminal.changes() if "key" in c and c["key"]["id"] == seal["key_id"])
    assert "store" not in key
    text = f"RETOUR-SEAL-1\n0214\nA\n12\n{'ab' * 32}\n{seal['at']}\n"
    files = {name: os.path.join(box.directory, name) for name in ("seal.der", "seal.sig", "seal.txt")}
    # SubjectPublicKeyInfo of an Ed25519 key (RFC 8410).
    contents = {"seal.der": bytes.fromhex("302a300506032b6570032100" + key["public_key"]),
                "seal.sig": bytes.fromhex(seal["signature"]), "seal.txt": text.encode()}
    for name, content in contents.items():
        with open(files[name], "wb") as file:
            file.write(content)
    run("openssl", "pkeyutl", "-verify", "-pubin", "-keyform", "DER", "-inkey", files["seal.der"], "-rawin", "-in",
        files["seal.txt"], "-sigfile", files["seal.sig"])


@test
def a_manager_elsewhere_approves(box):
    """Who polls hears of the request at once, and who asked of the decision"""
    asking, deciding = Terminal(box), Terminal(box, "B", store="0301")
    cursor = deciding.json("GET", "/v1/approvals")[1]["cursor"]
    heard = {}

    def poll():
        begun = time.monotonic()
        heard["answer"] = deciding.json("GET", f"/v1/approvals?wait=30&since={cursor}")[1]
        heard["after"] = time.monotonic() - begun

    thread = threading.Thread(target=poll)
    thread.start()
    time.sleep(0.3)
    request = {"id": uuid7(), "return": uuid7(), "order": "ord_0000001", "rules": ["condition"], "amount": 8340,
               "currency": "EUR", "hash": "0" * 64, "requester": "stf_1"}
    status, asked = asking.json("POST", "/v1/approvals", request)
    assert status == 201 and asked["state"] == "pending" and asked["store_name"] == "Lyon Bellecour"
    assert asking.json("POST", "/v1/approvals", request)[0] == 201
    assert asking.json("POST", "/v1/approvals", dict(request, amount=1))[0] == 400
    thread.join(LIMIT)
    assert heard["after"] < 10 and [a["id"] for a in heard["answer"]["approvals"]] == [request["id"]]

    def decide(approver):
        return deciding.operate(operation("approval.decide", {"approval": request["id"], "decision": "approve",
                                                              "approver": approver, "motive": "seen", "at": now()}))[0]

    assert decide("stf_1")["problem"]["type"] == "/problems/approval-invalid"
    waiting = threading.Thread(target=lambda: heard.update(decided=asking.json(
        "GET", f"/v1/approvals?wait=30&since={heard['answer']['cursor']}")[1]))
    waiting.start()
    time.sleep(0.3)
    assert decide("stf_3")["answer"] == "accepted"
    waiting.join(10)
    assert heard["decided"]["approvals"][0]["state"] == "approved"
    assert decide("stf_4")["problem"]["type"] == "/problems/too-late"
    answer = asking.json("GET", f"/v1/approvals?wait=5&since={heard['answer']['cursor']}")[1]
    assert [(a["state"], a["approver"]) for a in answer["approvals"]] == [("approved", "stf_3")]
    begun = time.monotonic()
    answer = asking.json("GET", f"/v1/approvals?wait=1&since={answer['cursor']}")[1]
    assert answer["approvals"] == [] and 0.8 < time.monotonic() - begun < 10
    assert asking.json("GET", "/v1/approvals?wait=61")[0] == 400
    assert heard["decided"]["approvals"][0]["decided_terminal"] == "B"


@test
def a_manager_who_asked_does_not_answer(box):
    """Only another manager decides what a manager asked for, from whichever terminal"""
    asking, other = Terminal(box), Terminal(box, "B", store="0301")
    request = {"id": uuid7(), "return": uuid7(), "rules": ["condition"], "amount": 8340, "currency": "EUR",
               "hash": "0" * 64, "requester": "stf_3",
               "causes": [{"rule": "condition", "decision": "refuse_unless_approved"}]}
    assert asking.json("POST", "/v1/approvals", request)[0] == 201

    def decide(terminal, approver):
        return terminal.operate(operation("approval.decide", {"approval": request["id"], "decision": "approve",
                                                              "approver": approver, "motive": "seen", "at": now()}))[0]

    for terminal in (asking, other):
        assert decide(terminal, "stf_3")["problem"]["type"] == "/problems/approval-invalid"
    assert decide(other, "stf_4")["answer"] == "accepted"


@test
def who_asked_takes_the_question_back(box):
    """Only the terminal that asked may withdraw; a withdrawn request is not decided any more, and who waits hears of it"""
    asking, other = Terminal(box), Terminal(box, "B", store="0301")
    cursor = other.json("GET", "/v1/approvals")[1]["cursor"]
    request = {"id": uuid7(), "return": uuid7(), "rules": ["condition"], "amount": 8340, "currency": "EUR",
               "hash": "0" * 64, "requester": "stf_1", "requester_name": "Camille M.",
               "causes": [{"rule": "condition", "decision": "refuse_unless_approved"}]}
    assert asking.json("POST", "/v1/approvals", request)[0] == 201

    def withdraw(terminal):
        body = {"approval": request["id"], "decision": "withdraw", "at": now()}
        return terminal.operate(operation("approval.decide", body))[0]

    assert withdraw(other)["problem"]["type"] == "/problems/approval-invalid"
    assert withdraw(asking)["answer"] == "accepted"
    heard = other.json("GET", f"/v1/approvals?wait=5&since={cursor}")[1]["approvals"]
    assert [(a["id"], a["state"], a["requester_name"]) for a in heard] == [(request["id"], "withdrawn", "Camille M.")]
    body = {"approval": request["id"], "decision": "approve", "approver": "stf_3", "at": now()}
    assert other.operate(operation("approval.decide", body))[0]["problem"]["type"] == "/problems/too-late"


@test
def the_sandbox_changes_orders(box):
    """Put, patched and deleted orders go out on the feed"""
    terminal = Terminal(box)
    cursor = terminal.changes()[-1]["end"]
    order = box.own("PATCH", "/sandbox/orders/ord_0000004", {"customer": {"name": "Zoé O’Brien-Lévêque"}, "extra": {"kept": 1}})
    changes = terminal.changes(cursor)
    assert changes[0]["order"] == order and order["version"] == 4 and order["extra"] == {"kept": 1}
    assert [o["id"] for o in terminal.json("GET", "/v1/orders?q=leveque%20zoe")[1]].count("ord_0000004") == 1
    assert terminal.json("GET", "/v1/orders?q=roussillon%20leo%201048-6604")[1][0]["id"] == "ord_0000004"
    try:
        box.own("PATCH", "/sandbox/orders/ord_0000004", {"delivery": {"paid": -1}})
        raise RuntimeError("a broken order was taken")
    except AssertionError:
        pass
    box.own("DELETE", "/sandbox/orders/ord_0000004?erase=true")
    changes = terminal.changes(changes[-1]["end"])
    assert changes[0] == {"gone": {"type": "order", "id": "ord_0000004", "erase": True}}
    assert terminal.json("GET", "/v1/orders/ord_0000004")[0] == 404
    assert all("gone" not in line for line in terminal.changes())
    box.own("PUT", "/sandbox/orders/ord_0000004", dict(order, number="W99999999"))
    assert [list(c)[0] for c in terminal.changes(cursor)] == ["order", "cursor", "end"]
    box.own("POST", "/sandbox/cursors/forget")
    assert terminal.json("GET", "/v1/changes?cursor=" + cursor)[0] == 410


sys.exit(run_tests())
