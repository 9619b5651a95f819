-- SPDX-License-Identifier: Apache-2.0
-- What the sandbox OMS remembers. Its documents are kept as their text: the feed copies them to the wire as they are.

-- Facts about this book itself: its epoch (a cursor of another epoch is gone), the chain's name, seed, fault dice.
CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;

-- The latest version of everything that terminals learn, in the order in which it was committed: a change takes a new seq,
-- and a seq is never used twice. `type` is the member of the change line; a tombstone is of type gone, its id the old
-- type, a space, the old id.
CREATE TABLE feed (
  seq INTEGER PRIMARY KEY AUTOINCREMENT,
  type TEXT NOT NULL,
  id TEXT NOT NULL,
  text TEXT NOT NULL,
  UNIQUE (type, id)
) STRICT;

-- Where to find an order of the feed: by number, by words of name, e-mail and phone.
CREATE TABLE orders (
  n INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  number TEXT NOT NULL UNIQUE,
  placed_at INTEGER NOT NULL,
  words TEXT NOT NULL
) STRICT;
CREATE VIRTUAL TABLE order_words USING fts5 (words, content = 'orders', content_rowid = 'n',
                                             tokenize = 'unicode61 remove_diacritics 2', detail = 'full');

CREATE TABLE stores (code TEXT PRIMARY KEY, text TEXT NOT NULL, near TEXT NOT NULL) STRICT, WITHOUT ROWID;

-- Every policy ever published: a return is judged by the one it names.
CREATE TABLE policies (version TEXT PRIMARY KEY, text TEXT NOT NULL) STRICT, WITHOUT ROWID;

CREATE TABLE terminals (
  id TEXT PRIMARY KEY,
  store TEXT NOT NULL,
  letter TEXT NOT NULL,
  enrolled_at INTEGER NOT NULL,
  revoked_at INTEGER
) STRICT, WITHOUT ROWID;
CREATE TABLE certificates (
  fingerprint TEXT PRIMARY KEY,
  terminal TEXT NOT NULL REFERENCES terminals (id),
  not_after INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
-- The keys with which a terminal signs proofs, the latest last; the earlier ones still verify what they signed.
CREATE TABLE proof_keys (
  n INTEGER PRIMARY KEY,
  public_key TEXT NOT NULL UNIQUE,
  terminal TEXT NOT NULL REFERENCES terminals (id),
  valid_from INTEGER NOT NULL
) STRICT;
-- Codes are kept as hashes: who reads the book cannot enrol.
CREATE TABLE enrolment_codes (
  hash TEXT PRIMARY KEY,
  store TEXT NOT NULL,
  letter TEXT NOT NULL,
  expires_at INTEGER NOT NULL,
  used_at INTEGER
) STRICT, WITHOUT ROWID;

-- The returns received, and those of before this book, whose body is ''. `due_at`: when the refund moves on by itself, NULL
-- when it does not. `booking`: what it changed on its order.
CREATE TABLE returns (
  n INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  number TEXT NOT NULL UNIQUE,
  order_id TEXT,
  order_number TEXT,
  store TEXT NOT NULL,
  terminal TEXT NOT NULL,
  goods TEXT NOT NULL,
  refund TEXT NOT NULL,
  due_at INTEGER,
  total INTEGER NOT NULL,
  currency TEXT NOT NULL,
  recorded_at INTEGER NOT NULL,
  received_at INTEGER NOT NULL,
  booking TEXT,
  body TEXT NOT NULL
) STRICT;
CREATE INDEX returns_by_order ON returns (order_id);
CREATE INDEX returns_due ON returns (due_at) WHERE due_at IS NOT NULL;

-- Which return took which unit of an order: nobody takes it twice.
CREATE TABLE claims (
  order_id TEXT NOT NULL,
  line TEXT NOT NULL,
  unit INTEGER NOT NULL,
  return_id TEXT NOT NULL,
  PRIMARY KEY (order_id, line, unit)
) STRICT, WITHOUT ROWID;
CREATE INDEX claims_by_return ON claims (return_id);

-- Every operation ever answered, for ever: the same op with the same body is answered the same. `times`: how often it came.
CREATE TABLE operations (
  n INTEGER PRIMARY KEY,
  op TEXT NOT NULL UNIQUE,
  kind TEXT NOT NULL,
  order_id TEXT,
  return_id TEXT,
  terminal TEXT NOT NULL,
  body_hash TEXT NOT NULL,
  answer TEXT NOT NULL,
  times INTEGER NOT NULL DEFAULT 1,
  received_at INTEGER NOT NULL
) STRICT;

-- What should never happen and did.
CREATE TABLE alarms (n INTEGER PRIMARY KEY, at INTEGER NOT NULL, terminal TEXT NOT NULL, op TEXT, what TEXT NOT NULL) STRICT;

-- Remote approvals; `change` grows with every one that is asked or decided.
CREATE TABLE approvals (
  id TEXT PRIMARY KEY,
  change INTEGER NOT NULL UNIQUE,
  state TEXT NOT NULL,
  expires_at INTEGER NOT NULL,
  requester TEXT NOT NULL,
  asked_hash TEXT NOT NULL,
  text TEXT NOT NULL
) STRICT, WITHOUT ROWID;
