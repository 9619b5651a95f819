#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""test-commands.py BUILD [TEST…]: every command of retourctl: what it answers, its exit status, its manual, its completion.
Speaks TAP."""
import glob
import hashlib
import json
import os
import re
import socket
import struct
import subprocess
import threading

from chain import (APPROVAL, ANOTHER_MANAGER, CLERK, DATA, DONE, FAILED, MALFORMED, MANAGER, NOT_ENROLLED, NOT_FOUND, REFUSED,
                   holds, new_id, run_tests, same)

ROOT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..")
COMMANDS = ("scan", "search", "order", "quote", "return", "sync", "status", "proof", "outbox", "audit", "doctor", "enrol", "sheet",
            "policy")
_helps = {}


def help_of(chain, command):
    if command not in _helps:
        _helps[command] = chain.ctl(*([command] if command else []), "--help", data=chain.programs.path("nowhere")).stdout
    return _helps[command]


def options_of(chain, command):
    return sorted(set(re.findall(r"^  (?:-\w, )?(--[a-z-]+)", help_of(chain, command), re.M)))


def helps(chain):
    """--help of every command needs no directory, names the command, says what it does and lists --json"""
    listed = re.findall(r"^  (\w+) +[A-Z]", help_of(chain, None).split("Options")[0], re.M)
    same(sorted(listed), sorted(COMMANDS), "the commands of retourctl --help")
    for command in COMMANDS:
        text = help_of(chain, command)
        holds(text, f"Usage:\n  retourctl {command} ", command)
        for option in ("--json", "--help"):
            holds(text, option, command)
    assert not os.path.exists(chain.programs.path("nowhere"))


def manual(chain):
    """the manual page names every command, every option, and every exit status that is used"""
    with open(os.path.join(ROOT, "assets/man/retourctl.1"), encoding="utf-8") as stream:
        page = stream.read().replace("\\-", "-").replace("\\ ", " ")
    page = re.sub(r"\\f[BIRP]", "", page)
    for command in COMMANDS:
        assert re.search(rf'^\.B[RI]*\s+"?{command}\b', page, re.M), f"{command} is not in the manual"
        for option in options_of(chain, command):
            assert option in page, f"{command} {option} is not in the manual"
    for status in (0, 1, 2, 3, 4, 5, 6, 10, 11):
        assert re.search(rf"^\.B {status}$", page, re.M), f"exit status {status} is not in the manual"
    done = subprocess.run(["man", "--warnings", "-l", os.path.join(ROOT, "assets/man/retourctl.1")], capture_output=True,
                          text=True, timeout=20, env=dict(os.environ, MANWIDTH="100")) if os.path.exists("/usr/bin/man") else None
    if done:
        same(done.stderr, "", "man --warnings")


def complete(words):
    script = """source "$1"; shift; COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); COMPREPLY=()
                _retourctl retourctl "${COMP_WORDS[COMP_CWORD]}" "${COMP_WORDS[COMP_CWORD-1]}"; printf '%s\\n' "${COMPREPLY[@]}" """
    done = subprocess.run(["bash", "--norc", "-c", script, "bash", os.path.join(ROOT, "assets/completion/retourctl"), *words],
                          capture_output=True, text=True, timeout=20)
    same((done.returncode, done.stderr), (0, ""), f"completing {words}")
    return done.stdout.split()


def completion(chain):
    """completion in bash offers every command, and to each the options of its help and its own words"""
    same(sorted(w for w in complete(["retourctl", ""]) if not w.startswith("-")), sorted(COMMANDS), "commands")
    same(complete(["retourctl", "--data", "/", "sta"]), ["status"])
    for command in COMMANDS:
        offered = complete(["retourctl", command, "-"])
        for option in options_of(chain, command):
            assert option in offered, f"{command} {option} is not offered"
    for command, verbs in (("proof", "show print verify"), ("outbox", "list show retry export"), ("audit", "verify"),
                           ("policy", "check replay")):
        same(sorted(complete(["retourctl", command, ""])), sorted(verbs.split()), command)
    same(complete(["retourctl", "--language", ""]), ["fr", "en"])
    holds(complete(["retourctl", "proof", "print", "--printer", "d"]), "dir:/")


def wrong_use(chain):
    """wrong use is status 2 with one line on standard error that says what was expected, and nothing on standard output"""
    data = chain.template
    for words in ([], ["nonsense"], ["--nonsense"], ["--language", "de", "status"], ["--data"], ["--data=", "status"],
                  ["scan"], ["scan", "a", "b"], ["scan", "--policy", "/nonexistent", "a"], ["search"], ["search", "--limit", "0", "a"],
                  ["search", "--limit", "many", "a"], ["order"], ["order", "a", "b"], ["quote"], ["quote", "--policy", "x"],
                  ["quote", "--policy", "/nonexistent", "--draft", "/nonexistent"], ["return"], ["return", "a", "b"],
                  ["return", "/nonexistent"], ["return", "/"], ["sync", "now"], ["sync", "--timeout", "0x"],
                  ["sync", "--timeout", "301"], ["sync", "--timeout", "-1"], ["sync", "--timeout", "0"], ["status", "please"], ["proof"], ["proof", "show"],
                  ["proof", "burn", "R"], ["outbox"], ["outbox", "list", "all"], ["outbox", "show"], ["outbox", "empty"], ["audit"],
                  ["audit", "verify", "--head", "00"], ["enrol"], ["enrol", "--url", "https://x", "--code", "x"], ["sheet"],
                  ["sheet", "/nonexistent"], ["policy", "check"], ["policy", "replay", "x"], ["doctor", "--nonsense"]):
        done = chain.ctl(*words, data=data if words and "--data" not in words[0] else None, expect=MALFORMED)
        same(done.stdout, "", words)
        assert words == [] or re.fullmatch(r"retourctl: .+\n", done.stderr), (words, done.stderr)


def version(chain):
    """--version says which, and --data and --language stand before or behind the command"""
    assert re.fullmatch(r"retourctl \d+\.\d+\.\d+\n", chain.ctl("--version").stdout)
    data = chain.template
    before, behind = chain.ctl("--data", data, "status").stdout, chain.ctl("status", f"--data={data}").stdout
    same(before, behind)
    holds(chain.ctl("--language=fr", "search", "martin", data=data).stdout, "€")
    assert chain.ctl("search", "martin", "--language", "fr", data=data).stdout != \
        chain.ctl("search", "martin", "--language", "en", data=data).stdout


def scans(chain):
    """scan classifies as the desk does, and shows whatever bytes it was given"""
    policy = chain.write(chain.sql(chain.template, "select document from policy")[0][0].encode())

    def scan(*words, **options):
        answer = chain.json("scan", *words, **options)
        assert set(answer) >= {"kind", "value", "symbology", "elements", "repaired"}, answer
        return answer["kind"], answer["value"]

    same(scan("3612345678904"), ("product", "03612345678904"))
    same(chain.json("scan", "]C1010361234567890421SN42")["elements"], {"01": "03612345678904", "21": "SN42"})
    same(scan("--policy", policy, "1048-7213"), ("order", "1048-7213"))
    same(scan("--stdin", text="3612345678904\r\n"), ("product", "03612345678904"))
    unknown = chain.json("scan", "--", "-x\x01y\x7f")
    same((unknown["kind"], unknown["value"]), ("unknown", "-x␁y␡"))
    assert unknown["tried"], unknown
    same(scan("--stdin", text=b"a\0b")[0], "unknown")
    same(scan("9" * 10000)[0], "unknown")
    same(scan(b"\xff\xfe\xc3")[0], "unknown")
    chain.ctl("scan", b"\xff\xfe\xc3")
    chain.ctl("scan", "--stdin", text=b"9" * (1024 * 1024 + 1), expect=MALFORMED)


def searches(chain):
    """search finds by the beginning of words, in any order, masks contact data, and says 3 when nothing fits"""
    number, order, _ = chain.article()
    words = order["customer"]["name"].split()[:2]
    found = chain.json("search", *reversed(words), data=chain.template)["orders"]
    mine = [o for o in found if o["number"] == number]
    assert mine, (words, found)
    assert order["customer"]["email"] not in json.dumps(found)
    assert number in chain.ctl("search", "--limit", "200", *words, data=chain.template).stdout
    same(len(chain.json("search", "--limit", "1", words[1][:1], data=chain.template)["orders"]), 1)
    same(chain.json("search", "qqqzzz", data=chain.template, expect=NOT_FOUND), {"orders": []})
    chain.json("search", "%_\"'*()\\", data=chain.template, expect=None)


def orders(chain):
    """order answers to the number and to any code; its document is what quote takes"""
    number, order, line = chain.article()
    document = chain.json("order", number, data=chain.template)
    same((document["number"], document["lines"]), (number, order["lines"]))
    same(chain.json("order", order["parcels"][0]["tracking"], data=chain.template)["number"], number)
    holds(chain.ctl("order", number, data=chain.template).stdout, f"{number}  ")
    done = chain.ctl("order", "W00000000", data=chain.template, expect=NOT_FOUND)
    holds(done.stderr, "W00000000: not in this terminal's cache")
    policy = chain.write(chain.sql(chain.template, "select document from policy")[0][0].encode())
    draft = chain.draft((number, order, line))
    quote = chain.json("quote", "--order", chain.write(document), "--policy", policy, "--draft", chain.write(draft))
    same((quote["decision"], quote["refund"]["total"] > 0), ("accept", True))


def quotes(chain):
    """quote gives the worked examples' documents and a status by decision: 0, 10, 11; it touches nothing"""
    seen = set()
    for path in sorted(glob.glob(os.path.join(ROOT, "tests/fixtures/quotes/*.json"))):
        with open(path, encoding="utf-8") as stream:
            case = json.load(stream)
        wanted = {"accept": 0, "accept_if_approved": 10}.get(case["expect"]["decision"], 11)
        if wanted in seen and len(seen) < 3 or len(seen) == 3:
            continue
        seen.add(wanted)
        words = ["quote", "--policy", chain.write(case["policy"]), "--draft", chain.write(case["draft"]), "--at", case["at"]]
        words += ["--order", chain.write(case["order"])] if case.get("order") else []
        words += ["--offline"] if case.get("offline") else []
        quote, expect = json.loads(chain.ctl(*words, expect=wanted).stdout), case["expect"]
        same((quote["decision"], quote["approvals_needed"], quote["refund"]["total"], quote["exchange"]),
             (expect["decision"], expect["approvals_needed"], expect["refund_total"], expect["exchange"]), path)
    same(seen, {0, 10, 11}, "decisions tried")


def returns(chain):
    """return records, prints the number, and gives the same return for the same document; another under its id is status 2"""
    data = chain.terminal()
    draft = chain.draft()
    path = chain.write(draft)
    number = chain.ctl("return", path, data=data).stdout
    assert re.fullmatch(r"R0214A-\d{5}-\w\n", number), number
    again = chain.json("return", path, data=data)
    same((again["number"] + "\n", again["id"], again["order"], again["sync"], again["provisional"]),
         (number, draft["id"], draft["order"], "local", False))
    same(chain.ctl("return", "-", data=data, text=json.dumps(draft)).stdout, number, "from standard input")
    same(chain.ctl("return", chain.write(dict(draft, id=draft["id"].upper())), data=data).stdout, number, "id in capitals")
    other = dict(draft, lines=[dict(draft["lines"][0], reason="other")])
    done = chain.ctl("return", chain.write(other), data=data, expect=MALFORMED)
    holds(done.stderr, f"id: already recorded as {number.strip()}")
    same(chain.sql(data, "select count(*) from returns, operations, audit"), [(1,)], "one return, one operation, one record")
    assert chain.record(data, id=None) != number.strip()
    offline = chain.json("return", "--offline", chain.write(chain.draft()), data=data)
    same((offline["provisional"], offline["refund"]), (True, "promised"))


def refused_returns(chain):
    """return says who or what is wrong: unknown order or person 3, malformed 2, to be approved 10, refused 11; records nothing"""
    data = chain.terminal()
    article = chain.article()

    def attempt(expect, part, **members):
        done = chain.ctl("return", chain.write(chain.draft(article, **members)), data=data, expect=expect)
        holds(done.stderr, part, members)
        same(done.stdout, "", members)

    worn = [{"line": article[2], "quantity": 1, "reason": "size_small", "condition": "light_wear"}]
    too_many = [{"line": article[2], "quantity": 1000, "reason": "size_small", "condition": "new_sealed"}]
    bare = [{"line": article[2], "quantity": 1}]

    def approved(by, **more):
        return {"lines": worn, "approvals": [dict({"rule": "condition", "approver": by}, **more)]}

    attempt(NOT_FOUND, "order: ", order="W99999999")
    attempt(NOT_FOUND, "staff: ", staff="stf_999")
    attempt(MALFORMED, "staff: expected", staff=None)
    attempt(MALFORMED, "id: expected a UUID of version 7", id="1")
    attempt(MALFORMED, "id: expected a UUID of version 7", id="019abcde-0000-4000-8000-0123456789ab")
    attempt(MALFORMED, "line", lines=[dict(worn[0], line="l99")])
    attempt(MALFORMED, "reason", lines=bare)
    attempt(APPROVAL, "condition", lines=worn)
    attempt(REFUSED, "refuse", lines=too_many)
    attempt(NOT_FOUND, "approvals[0].approver: ", **approved("stf_999"))
    attempt(REFUSED, "approvals[0].approver: ", **approved("stf_2"))
    attempt(REFUSED, "approvals[0].approver: ", staff=MANAGER, **approved(MANAGER))
    attempt(APPROVAL, "condition", lines=worn, approvals=[{"rule": "window", "approver": MANAGER}])
    same(chain.sql(data, "select (select count(*) from returns) + (select count(*) from operations)"), [(0,)], "recorded")
    chain.record(data, **approved(ANOTHER_MANAGER))
    blind = chain.draft(article, order=None, lines=[dict(worn[0], line="x", gtin="3612345678904", condition="new_sealed")],
                        approvals=[{"rule": "no_order", "approver": MANAGER, "motive": "gift"}])
    chain.ctl("return", chain.write(blind), data=data)


def hang_up_midway(printer):
    """Says that it is well, takes some of a job, then resets the line."""
    line, _ = printer.accept()
    for _ in range(2):
        line.recv(3, socket.MSG_WAITALL)
        line.sendall(b"\x12")
    line.recv(1000, socket.MSG_WAITALL)
    line.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    line.close()


def proofs(chain):
    """proof shows, prints with DUPLICATA from the second print on, and verifies offline"""
    data = chain.terminal()
    number = chain.record(data)
    shown = chain.json("proof", "show", number, data=data)
    same((shown["number"], shown["copies"], shown["goods"], shown["sync"]), (number, 0, "accepted", "local"))
    same(chain.json("proof", "show", number.lower().replace("-", ""), data=data)["id"], shown["id"], "as typed by hand")
    paper = chain.programs.path("paper")
    os.makedirs(paper)
    for before in range(2):
        printed = chain.json("proof", "print", number, "--printer", f"dir:{paper}", "--language", "fr", data=data)
        same((printed["print"], printed["confirmed"], printed["duplicate"]), ("printed", True, before))
    read = subprocess.run(["zbarimg", "--nodbus", "-q", os.path.join(paper, f"{number}.png")], capture_output=True, text=True,
                          timeout=30).stdout
    holds(read, f"CODE-128:{number}")
    holds(read, f"QR-Code:{shown['proof']}")
    same(chain.json("proof", "verify", shown["proof"], data=data)["verdict"], "valid")
    spoilt = shown["proof"][:-3] + ("000" if shown["proof"][-3:] != "000" else "111")
    assert chain.json("proof", "verify", spoilt, data=data, expect=REFUSED)["verdict"] != "valid"
    chain.ctl("proof", "verify", "RT1:", data=data, expect=REFUSED)
    chain.ctl("proof", "show", "R0214A-99999-0", data=data, expect=NOT_FOUND)
    chain.ctl("proof", "print", number, data=data, expect=MALFORMED)
    for printer in ("dir:relative", "tcp://", "lpt:1"):
        holds(chain.ctl("proof", "print", number, "--printer", printer, data=data, expect=MALFORMED).stderr, printer)
    same(chain.json("proof", "show", number, data=data)["copies"], 2, "what was not printed is not counted")
    done = chain.json("proof", "print", number, "--printer", "tcp://127.0.0.1:9", data=data, expect=FAILED)
    same((done["print"], done["sent"]), ("offline", False))
    same(chain.json("proof", "show", number, data=data)["copies"], 2, "what never left is not counted")
    done = chain.json("proof", "print", number, "--printer", "tcp://127.0.0.1:9?status=no", data=data, expect=FAILED)
    same(done["duplicate"], 2, "after one that never left")
    with socket.create_server(("127.0.0.1", 0)) as printer:
        setting = f"tcp://127.0.0.1:{printer.getsockname()[1]}"
        threading.Thread(target=hang_up_midway, args=(printer,), daemon=True).start()
        done = chain.json("proof", "print", number, "--printer", setting, data=data, expect=FAILED)
    same((done["print"], done["sent"]), ("no_answer", True))
    same(chain.json("proof", "show", number, data=data)["copies"], 3, "a doubtful print counts")


def outbox(chain):
    """the outbox lists, shows and exports what waits, sends again only what was put aside, and is empty after a sync"""
    data = chain.programs.path("second")
    chain.sandbox.enrol(data, terminal="B")
    draft = chain.draft()
    number = chain.ctl("return", chain.write(draft), data=data).stdout.strip()
    (waiting,) = chain.json("outbox", "list", data=data)["operations"]
    same((waiting["kind"], waiting["state"], waiting["return"], waiting["attempts"]), ("return.record", "waiting", draft["id"], 0))
    for name in (waiting["op"], draft["id"], number):
        whole = json.loads(chain.ctl("outbox", "show", name, data=data).stdout)
        same(whole["body"]["number"], number)
    same(json.loads(chain.ctl("outbox", "export", data=data).stdout), whole)
    holds(chain.ctl("outbox", "list", data=data).stdout, waiting["op"])
    holds(chain.ctl("outbox", "retry", number, data=data, expect=REFUSED).stderr, "was not put aside")
    chain.ctl("outbox", "show", "nothing", data=data, expect=NOT_FOUND)
    status = chain.json("sync", data=data)
    same((status["exchanged"], status["phase"], status["to_send"]), (True, "up_to_date", 0))
    same(chain.json("outbox", "list", data=data), {"operations": []})
    same([r["id"] for r in chain.sandbox.returns() if r["id"] == draft["id"]], [draft["id"]], "at the OMS")
    same(chain.json("proof", "show", number, data=data)["sync"], "acknowledged")
    chain.sql(data, "update operation_states set state = 'quarantined', last_error = 'as a test wants it'")
    same(chain.json("outbox", "list", data=data)["operations"][0]["state"], "quarantined")
    same(chain.json("status", data=data)["attention"], 1)
    same(chain.json("outbox", "retry", number, data=data)["state"], "waiting")
    chain.ctl("sync", data=data)
    same(chain.json("status", data=data)["to_send"], 0, "the OMS knows it: as good as accepted")


def status(chain):
    """status says who the terminal is and where the exchange stands; without enrolment too"""
    answer = chain.json("status", data=chain.template)
    same((answer["enrolled"], answer["store"], answer["terminal"], answer["orders"], answer["first_pull_done"]),
         (True, "0214", "A", 300, True))
    assert answer["last_pull"].endswith("Z"), answer
    holds(chain.ctl("status", data=chain.template).stdout, "300 orders cached")
    data = chain.terminal(enrolled=False)
    chain.sql(data, "delete from identity")
    same(chain.json("status", data=data)["enrolled"], False)
    for words in (["return", chain.write(chain.draft())], ["sync"]):
        holds(chain.ctl(*words, data=data, expect=NOT_ENROLLED).stderr, "enrol")


def unsigned(chain):
    """a terminal whose proof key was taken away records nothing: no proof is left unsigned"""
    data = chain.terminal()
    os.remove(os.path.join(data, "identity", "proof.key"))
    done = chain.ctl("return", chain.write(chain.draft()), data=data, expect=DATA)
    holds(done.stderr, "proof.key")
    same(chain.sql(data, "select count(*) from returns"), [(0,)])


def audit(chain):
    """audit verify walks the journal, keeps to a noted head, and names the record where its chain breaks"""
    data = chain.terminal()
    same(chain.json("audit", "verify", data=data), {"whole": True, "records": 0, "head": None})
    for _ in range(2):
        chain.record(data)
    noted = chain.json("audit", "verify", data=data)
    same((noted["whole"], noted["records"]), (True, 2))
    chain.record(data)
    now = chain.json("audit", "verify", "--head", noted["head"].upper(), data=data)
    same((now["records"], now["noted_head_found"]), (3, True))
    holds(chain.ctl("audit", "verify", data=data).stdout, f"whole, 3 records, head {now['head']}")

    def tamper(statement, *words, part):
        spoilt = chain.programs.path("tampered")
        subprocess.run(["rm", "-rf", spoilt], check=True)
        subprocess.run(["cp", "-r", data, spoilt], check=True)
        chain.sql(spoilt, "drop trigger audit_stay", "drop trigger audit_last", statement)
        done = chain.ctl("audit", "verify", "--json", *words, data=spoilt, expect=REFUSED)
        same(json.loads(done.stdout)["whole"], False, statement)
        holds(done.stderr, part, statement)

    tamper("update audit set body = body || ' ' where sequence = 2", part="at record 2:")
    tamper("update audit set actor = 'stf_2' where sequence = 1", part="at record 1:")
    tamper("update audit set hash = zeroblob (32) where sequence = 3", part="at record 3:")
    tamper("delete from audit where sequence = 1", part="at record 2:")
    tamper("delete from audit where sequence = 2", part="at record 3:")
    tamper("delete from audit where sequence = 3", "--head", now["head"], part="is not in the journal")


def sealed(chain):
    """what the OMS sealed of the journal is checked with its key: an end cut off, a journal written anew, a seal of somebody else's"""
    data = chain.enrolled("S")
    chain.record(data)
    chain.sql(data, "insert or replace into settings (name, value) values ('journal_sealed', '0 0')")
    for _ in range(3):
        chain.ctl("sync", data=data)
    seal = chain.json("audit", "verify", data=data)
    same((seal["whole"], seal["sealed_to"]), (True, 1), seal)
    chain.record(data)
    holds(chain.ctl("audit", "verify", data=data).stdout, "sealed by the OMS up to record 1")

    def tamper(*statements, part):
        spoilt = chain.programs.path("unsealed")
        subprocess.run(["rm", "-rf", spoilt], check=True)
        subprocess.run(["cp", "-r", data, spoilt], check=True)
        chain.sql(spoilt, "drop trigger audit_stay", "drop trigger audit_last", "drop trigger operation_answers_stay", *statements)
        holds(chain.ctl("audit", "verify", data=spoilt, expect=REFUSED).stderr, part, statements)

    tamper("delete from audit", part="record 1 is not what the OMS sealed")
    # Written anew, with hashes that fit one another.
    kind, subject, at, body = chain.sql(data, "select kind, subject, at, body from audit where sequence = 1")[0]
    texts = [b"".join((len(text.encode()).to_bytes(8, "big"), text.encode())) for text in (kind, "stf_2", subject, body)]
    anew = hashlib.blake2b(bytes(32) + (1).to_bytes(8, "big") + b"".join(texts[:3]) + at.to_bytes(8, "big") + texts[3], digest_size=32)
    tamper("delete from audit where sequence > 1", f"update audit set actor = 'stf_2', hash = x'{anew.hexdigest()}'",
           part="record 1 is not what the OMS sealed")
    tamper("update operation_answers set problem = replace (problem, '\"signature\":\"', '\"signature\":\"00') where problem like '%signature%'",
           part="the seal of record 1 is not the OMS's")
    tamper("update operation_answers set problem = json_set (problem, '$.at', '2020-01-01T00:00:00Z') where problem like '%signature%'",
           part="the seal of record 1 is not the OMS's")
    # The chain's key alone counts: not one of a terminal's.
    tamper("update proof_keys set store = '0214' where store is null", part="the seal of record 1 is not the OMS's")
    # A journal that was put back: the OMS hears of a head that does not follow the one it sealed.
    copy = chain.programs.path("sealed-later")
    subprocess.run(["cp", "-r", data, copy], check=True)
    for _ in range(2):
        chain.sql(copy, "update settings set value = '0 0' where name = 'journal_sealed'")
        chain.ctl("sync", data=copy)
        chain.ctl("sync", data=copy)
        chain.record(copy)
    same(chain.sandbox.admin("alarms"), [], "until then")
    chain.sql(data, "update settings set value = '0 0' where name = 'journal_sealed'")
    chain.ctl("sync", data=data)
    chain.ctl("sync", data=data)
    holds(json.dumps(chain.sandbox.admin("alarms")), "journal put back to an older state")


def doctor(chain):
    """doctor looks at clock, directory, space, database, outbox, certificate, time zone and printer"""
    data = chain.terminal()
    answer = chain.json("doctor", "--printer", "tcp://127.0.0.1", data=data)
    same(answer["healthy"], True)
    same([c["check"] for c in answer["checks"]],
         ["clock", "directory", "space", "database", "outbox", "certificate", "time zone", "printer"])
    os.chmod(data, 0o755)
    holds(chain.ctl("doctor", data=data).stdout, "chmod 700")
    holds(chain.ctl("doctor", "--printer", "lpt:1", data=data, expect=FAILED).stdout, "bad      printer")
    holds(chain.ctl("doctor", data=chain.programs.path("nowhere"), expect=FAILED).stdout, "enrol this terminal")


def sheet(chain):
    """sheet writes codes that scan: orders, articles, badges, commands"""
    folder = chain.programs.path("sheet")
    os.makedirs(folder)
    number = chain.article()[0]
    answer = chain.json("sheet", folder, number, data=chain.template)
    same((answer["file"], answer["pages"] >= 1), (os.path.join(folder, "sheet.pdf"), True))
    read = subprocess.run(["zbarimg", "--nodbus", "-q", *sorted(glob.glob(os.path.join(folder, "*.png")))], capture_output=True,
                          text=True, timeout=60).stdout
    for code in (number, "RC:confirm", "RC:reason:size_small", "STF-0001"):
        holds(read, f"CODE-128:{code}")
    os.chmod(folder, 0o500)
    if os.geteuid() != 0:
        chain.ctl("sheet", folder, data=chain.template, expect=FAILED)


def policies(chain):
    """policy check lists what will surprise, policy replay quotes what was recorded again"""
    data = chain.terminal()
    policy = json.loads(chain.sql(data, "select document from policy")[0][0])
    same(chain.json("policy", "check", chain.write(policy))["findings"], [])
    odd = dict(policy, exclusions=[{"id": "odd", "flag": "f", "mode": "perhaps"}], reasons=[])
    findings = chain.json("policy", "check", chain.write(odd))["findings"]
    same([f["member"] for f in findings], ["exclusions[0].mode", "reasons"])
    chain.record(data)
    replayed = chain.json("policy", "replay", chain.write(policy), "--since", "2000-01-01", data=data)
    same((replayed["returns"], replayed["differ"]), (1, 0))
    harsher = dict(policy, conditions=[dict(c, percent=50) for c in policy["conditions"]])
    replayed = chain.json("policy", "replay", chain.write(harsher), "--since", "2000-01-01", data=data)
    same((replayed["differ"], replayed["money"]["EUR"] < 0), (1, True))
    chain.ctl("policy", "replay", chain.write(dict(policy, time_zone="Mars/Base")), "--since", "2026-01-01", data=data,
              expect=MALFORMED)


def full_output(chain):
    """an answer that cannot be written is status 1, and what was recorded stays recorded"""
    data = chain.terminal()
    with open("/dev/full", "wb") as full:
        done = chain.ctl("return", chain.write(chain.draft()), data=data, expect=FAILED, stdout=full)
    holds(done.stderr, "could not be written")
    same(chain.sql(data, "select count(*) from returns"), [(1,)])


run_tests([helps, manual, completion, wrong_use, version, scans, searches, orders, quotes, returns, refused_returns, proofs, outbox,
           status, unsigned, audit, sealed, doctor, sheet, policies, full_output])
