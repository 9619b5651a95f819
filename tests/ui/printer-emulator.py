#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""A receipt printer for tests: ESC/POS over TCP or a pseudo-terminal, with every trouble a printer can have.

It shares no code with the program. Like the real thing it looks for DLE EOT in whatever arrives, even inside pictures,
and answers at once; everything else is done in order. Each cut ends a page: page-1.pbm holds its pictures (1 is black),
page-1.txt its letters and codes.

    printer-emulator.py --out DIR [--pty] [--fault NAME[=BYTES]]

It prints `listening PORT` or `pty PATH`, then `page N` for each page, `hung up` when a client leaves and, if
silent, `asked N`. Faults:
cover-open paper-end near-end error feeding silent garbage automatic, and after BYTES of a job: drop paper-end-at
cover-open-at stall; at the job's end: silent-end drop-end paper-end-last babble-end
automatic-end.
"""
import argparse
import os
import socket
import sys
import time
import tty

CODE_PAGES = {19: "cp858", 16: "cp1252"}


class Page:
    def __init__(self):
        self.width = 0
        self.rows = []
        self.text = []


class Parser:
    """Takes bytes in order; `reply` sends, `cut` is told each finished page."""

    def __init__(self, reply, cut, status):
        self.buffer = bytearray()
        self.reply, self.cut, self.status = reply, cut, status
        self.page, self.line, self.code_page, self.qr = Page(), "", "cp437", b""

    def feed(self, data):
        self.buffer += data
        while self.buffer:
            used = self.step(self.buffer)
            if used == 0:
                return
            del self.buffer[:used]

    def end_line(self):
        self.page.text.append(self.line)
        self.line = ""

    def step(self, b):
        """One command from the front of `b`: how many bytes it took, 0 if it is not whole yet."""
        if b[0] == 0x0A:
            self.end_line()
            return 1
        if b[0] not in (0x10, 0x1B, 0x1D):
            if b[0] < 0x20:
                raise ValueError("control character %02x in text" % b[0])
            self.line += bytes(b[:1]).decode(self.code_page)
            return 1
        if len(b) < 3:
            return 2 if bytes(b[:2]) == b"\x1b@" else 0
        head = bytes(b[:2])
        if head == b"\x10\x04":
            return 3
        if head == b"\x1b@":
            return 2
        if head == b"\x1bt":
            self.code_page = CODE_PAGES[b[2]]
            return 3
        if head in (b"\x1ba", b"\x1bE", b"\x1bJ", b"\x1d!", b"\x1dB", b"\x1dh", b"\x1dw", b"\x1dH"):
            return 3
        if head == b"\x1b\x06":  # another maker's question, which this one does not know
            return 3
        if head == b"\x1dI":
            self.reply(b"_EMULATOR\0")
            return 3
        if head == b"\x1da":
            if b[2]:
                self.reply(self.status.automatic())
            return 3
        if head == b"\x1dr":
            self.reply(bytes([self.status.ordered()]))
            return 3
        if head == b"\x1dV":
            return self.finish_page(b)
        if head == b"\x1dv":
            return self.picture(b)
        if head == b"\x1dk":
            return self.bars(b)
        if head == b"\x1d(":
            return self.symbol(b)
        raise ValueError("unknown command %s" % bytes(b[:4]).hex())

    def finish_page(self, b):
        if len(b) < 4:
            return 0
        if b[2] != 66:
            raise ValueError("unknown cut")
        self.cut(self.page)
        self.page = Page()
        return 4

    def picture(self, b):
        if len(b) < 8:
            return 0
        stride, rows = b[4] + 256 * b[5], b[6] + 256 * b[7]
        if b[2] != 0x30 or b[3] != 0 or rows > 240 or len(b) < 8 + stride * rows:
            if rows > 240:
                raise ValueError("band of %d rows" % rows)
            return 0
        self.page.width = stride * 8
        for y in range(rows):
            self.page.rows.append(bytes(b[8 + y * stride : 8 + (y + 1) * stride]))
        return 8 + stride * rows

    def bars(self, b):
        if len(b) < 4 or len(b) < 4 + b[3]:
            return 0
        data = bytes(b[4 : 4 + b[3]])
        if b[2] != 73 or data[:2] != b"{B":
            raise ValueError("not Code 128, set B")
        self.page.text.append("[code128 %s]" % data[2:].replace(b"{{", b"{").decode("ascii"))
        return 4 + b[3]

    def symbol(self, b):
        if len(b) < 5 or len(b) < 5 + b[3] + 256 * b[4]:
            return 0
        data = bytes(b[5 : 5 + b[3] + 256 * b[4]])
        if data[:2] == b"1P":
            self.qr = data[3:]
        elif data[:2] == b"1Q":
            self.page.text.append("[qr %s]" % self.qr.decode("utf-8"))
        return 5 + len(data)


class Printer:
    def __init__(self, arguments):
        name, _, count = (arguments.fault or "").partition("=")
        self.fault, self.after = name, int(count or 0)
        self.out, self.pages = arguments.out, 0

    def say(self, text):
        print(text, flush=True)

    def serve(self, read, write):
        """One client, until it leaves or the fault makes us leave."""
        self.write, self.received, self.held, self.tail = write, 0, bytearray(), b""
        parser = Parser(self.answer_in_order, self.keep, self)
        while True:
            data = read()
            if not data:
                break
            self.look_for_questions(data)
            self.received += len(data)
            if self.fault == "drop" and self.received > self.after:
                break
            if self.fault == "stall" and self.received > self.after:
                time.sleep(60)
            if self.is_standing_still():
                self.held += data
                continue
            parser.feed(data)
            if self.fault == "drop-end" and self.pages:
                break
        self.say("hung up")

    def is_standing_still(self):
        return self.fault in ("paper-end-at", "cover-open-at") and self.received > self.after

    def look_for_questions(self, data):
        seen = self.tail + data
        at = seen.find(b"\x10\x04")
        while 0 <= at < len(seen) - 2:
            self.answer_now(seen[at + 2])
            at = seen.find(b"\x10\x04", at + 2)
        self.tail = seen[-2:] if seen[-2:] == b"\x10\x04" else seen[-1:] if seen[-1:] == b"\x10" else b""

    def answer_now(self, question):
        if self.fault == "silent":
            self.say("asked %d" % question)
        if self.fault == "silent" or question not in (1, 2, 3, 4):
            return
        if self.fault == "garbage":
            self.write(bytes([0xFF, 0x00, 0x81, 0x55, 0x0F, 0xC3, 0x7F]))
            return
        if self.fault == "automatic":
            self.write(bytes([0x10, 0x00, 0x12, 0x0F]))  # four bytes, the third looks like an answer
        status = 0x12
        cover = self.fault == "cover-open" or (self.fault == "cover-open-at" and self.is_standing_still())
        empty = self.fault == "paper-end" or (self.fault == "paper-end-at" and self.is_standing_still())
        if question == 2:
            status |= 0x04 * cover | 0x20 * empty | 0x40 * (self.fault == "error") | 0x08 * (self.fault == "feeding")
        if question == 4:
            status |= 0x6C * empty | 0x0C * (self.fault == "near-end")
        self.write(bytes([status]))

    def automatic(self):
        """The four bytes of automatic status, as `GS a` asks for them."""
        empty = self.fault == "paper-end"
        first = 0x10 | 0x20 * (self.fault == "cover-open") | 0x08 * (self.fault in ("cover-open", "paper-end", "error"))
        return bytes([first, 0x20 * (self.fault == "error"), 0x0F * empty | 0x03 * (self.fault == "near-end"), 0x0F])

    def ordered(self):
        return 0x03 if self.fault == "near-end" else 0x0C if self.fault == "paper-end-last" else 0x00

    def answer_in_order(self, answer):
        if self.fault in ("automatic", "automatic-end"):
            self.write(bytes([0x14, 0x00, 0x00, 0x0C]))  # the last three look like ordered status
        while self.fault == "babble-end":
            self.write(b"\xff" * 4096)  # nothing that is an answer, until the client leaves
        if self.fault not in ("silent-end", "drop-end", "automatic-end"):
            self.write(answer)

    def keep(self, page):
        self.pages += 1
        stem = os.path.join(self.out, "page-%d" % self.pages)
        with open(stem + ".pbm", "wb") as file:
            file.write(b"P4\n%d %d\n" % (page.width, len(page.rows)) + b"".join(page.rows))
        with open(stem + ".txt", "w", encoding="utf-8") as file:
            file.write("".join(line + "\n" for line in page.text))
        self.say("page %d" % self.pages)


def serve_tcp(printer):
    listener = socket.create_server(("127.0.0.1", 0))
    printer.say("listening %d" % listener.getsockname()[1])
    while True:
        client, _ = listener.accept()
        with client:
            client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 16384)
            try:
                printer.serve(lambda: client.recv(4096), client.sendall)
            except ConnectionError:
                printer.say("hung up")


def serve_pty(printer):
    master, slave = os.openpty()
    tty.setraw(slave)
    printer.say("pty %s" % os.ttyname(slave))
    printer.serve(lambda: os.read(master, 4096), lambda data: os.write(master, data))


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--out", required=True)
    parser.add_argument("--pty", action="store_true")
    parser.add_argument("--fault")
    arguments = parser.parse_args()
    printer = Printer(arguments)
    try:
        serve_pty(printer) if arguments.pty else serve_tcp(printer)
    except ValueError as error:
        printer.say("not understood: %s" % error)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
