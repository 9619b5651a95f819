-- SPDX-License-Identifier: Apache-2.0
-- What a terminal remembers.
--
-- Every table is one of three kinds:
--   ledger  what happened; triggers refuse every change and every deletion
--   status  where things stand now; small, and changed in the same transaction as the ledger rows it speaks of
--   cache   what the OMS told; it can be forgotten and fetched again
--
-- Instants are microseconds since 1970-01-01T00:00:00Z, NULL for none. Amounts are minor units of the row's currency.
-- States and kinds are the codes that app/ gives them (retour_goods_state_code…). A change comes as a new numbered file.
--
-- `stale` marks rows that a new snapshot has not told of yet; what still carries it at the snapshot's end goes.

------------------------------------------------------------------------------------------------------------- ledger

-- Every recorded return, as it was recorded (DOMAIN.md 5).
CREATE TABLE returns (
  id             TEXT PRIMARY KEY,          -- UUIDv7, minted when the draft opened
  number         TEXT NOT NULL UNIQUE,      -- R0214A-00381-7
  counter        INTEGER NOT NULL UNIQUE,   -- the number's; never used twice
  order_id       TEXT,                      -- NULL: blind
  order_number   TEXT,
  recorded_at    INTEGER NOT NULL,
  currency       TEXT NOT NULL,
  total          INTEGER NOT NULL,          -- what is refunded
  exchanges      INTEGER NOT NULL,          -- lines that leave with something else
  offline        INTEGER NOT NULL,          -- 1: the refund was only promised
  words          TEXT NOT NULL,             -- folded words that a list is narrowed by, each after a space
  document       TEXT NOT NULL,             -- canonical
  proof          TEXT,                      -- the signed token
  visit          TEXT,                      -- of several orders at once: the first return's id
  evidence       TEXT                       -- the order as it was quoted, without contact data
) STRICT;
CREATE INDEX returns_by_visit ON returns (visit) WHERE visit IS NOT NULL;
CREATE INDEX returns_by_time ON returns (recorded_at);
CREATE INDEX returns_by_order ON returns (order_id) WHERE order_id IS NOT NULL;

-- The units that a return took, by line of the order; several rows for one line add up.
CREATE TABLE return_lines (
  return_id      TEXT NOT NULL REFERENCES returns (id),
  position       INTEGER NOT NULL,
  line           TEXT NOT NULL,
  quantity       INTEGER NOT NULL CHECK (quantity > 0),
  PRIMARY KEY (return_id, position)
) STRICT, WITHOUT ROWID;

-- The highest counter ever used, apart from the returns that used them: it only grows.
CREATE TABLE counters (
  name           TEXT PRIMARY KEY,          -- 'return'
  value          INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Each print of a proof; the n-th after the first says DUPLICATA n. A row 'not_printed' takes one before it back.
CREATE TABLE prints (
  sequence       INTEGER PRIMARY KEY,
  return_id      TEXT NOT NULL REFERENCES returns (id),
  state          TEXT NOT NULL              -- what is known of the paper: 'printed', 'unknown'…
) STRICT;
CREATE INDEX prints_by_return ON prints (return_id);

-- What the OMS is told, in the order in which it happened (SYNC.md, Operations).
CREATE TABLE operations (
  sequence       INTEGER PRIMARY KEY,
  op             TEXT NOT NULL UNIQUE,      -- UUIDv7
  kind           TEXT NOT NULL,
  order_id       TEXT,
  return_id      TEXT,
  body           TEXT NOT NULL,             -- canonical JSON, sent as it stands
  body_hash      TEXT NOT NULL,
  created_at     INTEGER NOT NULL,
  clock_offset   INTEGER NOT NULL
) STRICT;
CREATE INDEX operations_by_return ON operations (return_id) WHERE return_id IS NOT NULL;

-- What the OMS answered: one row an answer that ended an operation or put it aside.
CREATE TABLE operation_answers (
  sequence       INTEGER PRIMARY KEY,
  op             TEXT NOT NULL REFERENCES operations (op),
  kind           TEXT NOT NULL,
  detail         TEXT,
  problem        TEXT,                      -- RFC 9457 document, or the winner of a conflict
  answered_at    INTEGER NOT NULL
) STRICT;
CREATE INDEX operation_answers_by_op ON operation_answers (op);

-- The journal: each row holds the hash of the one before (app/audit.h).
CREATE TABLE audit (
  sequence       INTEGER PRIMARY KEY,
  previous_hash  BLOB NOT NULL,
  kind           TEXT NOT NULL,
  actor          TEXT,
  subject        TEXT,
  at             INTEGER NOT NULL,
  body           TEXT NOT NULL,
  hash           BLOB NOT NULL
) STRICT;
CREATE INDEX audit_by_subject ON audit (subject) WHERE subject IS NOT NULL;

CREATE TRIGGER returns_stay BEFORE UPDATE ON returns
  BEGIN SELECT RAISE (ABORT, 'ledger: a recorded return is never changed'); END;
CREATE TRIGGER returns_last BEFORE DELETE ON returns
  BEGIN SELECT RAISE (ABORT, 'ledger: a recorded return is never deleted'); END;
CREATE TRIGGER return_lines_stay BEFORE UPDATE ON return_lines
  BEGIN SELECT RAISE (ABORT, 'ledger: a recorded return is never changed'); END;
CREATE TRIGGER return_lines_last BEFORE DELETE ON return_lines
  BEGIN SELECT RAISE (ABORT, 'ledger: a recorded return is never deleted'); END;
CREATE TRIGGER counters_grow BEFORE UPDATE ON counters WHEN NEW.value <= OLD.value OR NEW.name <> OLD.name
  BEGIN SELECT RAISE (ABORT, 'ledger: a counter only grows'); END;
CREATE TRIGGER counters_last BEFORE DELETE ON counters
  BEGIN SELECT RAISE (ABORT, 'ledger: a counter is never deleted'); END;
CREATE TRIGGER prints_stay BEFORE UPDATE ON prints
  BEGIN SELECT RAISE (ABORT, 'ledger: a print is never changed'); END;
CREATE TRIGGER prints_last BEFORE DELETE ON prints
  BEGIN SELECT RAISE (ABORT, 'ledger: a print is never deleted'); END;
CREATE TRIGGER operations_stay BEFORE UPDATE ON operations
  BEGIN SELECT RAISE (ABORT, 'ledger: an operation is never changed'); END;
CREATE TRIGGER operations_last BEFORE DELETE ON operations
  BEGIN SELECT RAISE (ABORT, 'ledger: an operation is never deleted'); END;
CREATE TRIGGER operation_answers_stay BEFORE UPDATE ON operation_answers
  BEGIN SELECT RAISE (ABORT, 'ledger: an answer is never changed'); END;
CREATE TRIGGER operation_answers_last BEFORE DELETE ON operation_answers
  BEGIN SELECT RAISE (ABORT, 'ledger: an answer is never deleted'); END;
CREATE TRIGGER audit_stay BEFORE UPDATE ON audit
  BEGIN SELECT RAISE (ABORT, 'ledger: the journal is never changed'); END;
CREATE TRIGGER audit_last BEFORE DELETE ON audit
  BEGIN SELECT RAISE (ABORT, 'ledger: the journal is never deleted'); END;

------------------------------------------------------------------------------------------------------------- status

-- Where each return stands on its three axes.
CREATE TABLE return_states (
  return_id      TEXT PRIMARY KEY REFERENCES returns (id),
  goods          TEXT NOT NULL,
  refund         TEXT NOT NULL,
  sync           TEXT NOT NULL,
  problem        TEXT                       -- in words, when a person is needed
) STRICT, WITHOUT ROWID;
CREATE INDEX return_states_open ON return_states (sync) WHERE sync <> 'acknowledged';
CREATE INDEX return_states_failed ON return_states (refund) WHERE refund = 'failed';
CREATE INDEX return_states_promised ON return_states (refund) WHERE refund = 'promised';

-- Where each operation stands. Those of one stream are told one after the other; streams do not wait for one another.
CREATE TABLE operation_states (
  sequence       INTEGER PRIMARY KEY REFERENCES operations (sequence),
  stream         TEXT NOT NULL,             -- the order's id; without one the return's id or the operation's own
  state          TEXT NOT NULL CHECK (state IN ('waiting', 'answered', 'quarantined')),
  attempts       INTEGER NOT NULL DEFAULT 0,
  next_at        INTEGER,                   -- not before; NULL: at once
  last_error     TEXT
) STRICT;
CREATE INDEX operation_states_open ON operation_states (state, sequence) WHERE state <> 'answered';
CREATE INDEX operation_states_by_stream ON operation_states (stream, sequence) WHERE state <> 'answered';

-- Returns being built; each gesture is saved.
CREATE TABLE drafts (
  id             TEXT PRIMARY KEY,
  order_id       TEXT,
  changed_at     INTEGER,
  document       TEXT NOT NULL
) STRICT;

-- Wrong PINs in a row, counted before they are checked.
CREATE TABLE pin_tries (
  staff          TEXT PRIMARY KEY,
  tries          INTEGER NOT NULL,
  last_at        INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE settings (
  name           TEXT PRIMARY KEY,
  value          TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- Who this terminal is; one row once enrolled.
CREATE TABLE identity (
  only           INTEGER PRIMARY KEY CHECK (only = 1),
  chain          TEXT,
  store          TEXT,
  store_name     TEXT,
  store_address  TEXT,
  store_phone    TEXT,
  terminal       TEXT,
  terminal_id    TEXT,
  currency       TEXT,
  time_zone      TEXT
) STRICT;

-- How far the exchange with the OMS has come; one row.
CREATE TABLE exchange (
  only           INTEGER PRIMARY KEY CHECK (only = 1),
  cursor         TEXT,                      -- of the changes feed; NULL: nothing pulled yet
  snapshot       TEXT NOT NULL DEFAULT 'none' CHECK (snapshot IN ('none', 'filling')),
  first_pull     INTEGER NOT NULL DEFAULT 0,-- 1: the feed's end was reached once
  last_pull      INTEGER,
  last_push      INTEGER,
  clock_offset   INTEGER NOT NULL DEFAULT 0,
  orders         INTEGER NOT NULL DEFAULT 0 -- in the cache, so that nobody counts a million rows
) STRICT;
INSERT INTO exchange (only) VALUES (1);

------------------------------------------------------------------------------------------------------------- cache

-- Web orders, in the order in which they came: a million of them arrive fast because everything large is written at the end
-- of its table. Who wants the newest first asks the search index.
CREATE TABLE orders (
  n              INTEGER PRIMARY KEY,
  id             TEXT NOT NULL UNIQUE,
  number         TEXT NOT NULL,
  version        INTEGER NOT NULL,
  channel        TEXT,
  customer_name  TEXT,
  email          TEXT,
  phone          TEXT,
  currency       TEXT NOT NULL,
  captured       INTEGER NOT NULL,
  placed_at      INTEGER NOT NULL,
  last_delivery  INTEGER,
  units          INTEGER NOT NULL,
  returnable     INTEGER NOT NULL,          -- local returns not taken into account
  categories     TEXT NOT NULL,             -- of up to four lines, separated by line feeds
  gift           INTEGER NOT NULL,
  document       TEXT NOT NULL              -- as the OMS sent it: members unknown here are kept
) STRICT;

-- What an order is found by (db/search-words.h), each word after a space. Apart from the orders, so that a search can look
-- through thousands of them.
CREATE TABLE order_words (
  n              INTEGER PRIMARY KEY,
  words          TEXT NOT NULL
) STRICT;

-- Every code that leads to an order: number, tracking numbers, SSCCs, return labels; lower case, without separators.
CREATE TABLE order_codes (
  code           TEXT NOT NULL,
  n              INTEGER NOT NULL,
  PRIMARY KEY (code, n)
) STRICT, WITHOUT ROWID;

-- The search index (db/search-index.c). New orders wait in the tail, which a search reads whole; 2,048 of them become a
-- pack: for each beginning of each word, in which slots of the pack it stands. Slots are numbered newest first.
CREATE TABLE search_tail (
  pack           INTEGER NOT NULL,          -- the pack it will be in
  n              INTEGER NOT NULL,
  placed         INTEGER NOT NULL,          -- when, in seconds: what is newest comes first
  words          TEXT NOT NULL,
  PRIMARY KEY (pack, n)
) STRICT, WITHOUT ROWID;
CREATE TABLE search_packs (
  pack           INTEGER PRIMARY KEY,
  slots          INTEGER NOT NULL,          -- taken when it was made
  newest         INTEGER NOT NULL,          -- when its newest order was placed, seconds
  ready          INTEGER NOT NULL,          -- 0: being written, the tail still answers for it
  shelf          INTEGER                    -- where all its postings are; NULL: on a shelf of its own or on their way
) STRICT;
CREATE TABLE search_slots (
  pack           INTEGER NOT NULL,
  slot           INTEGER NOT NULL,
  n              INTEGER NOT NULL,
  placed         INTEGER NOT NULL,
  PRIMARY KEY (pack, slot)
) STRICT, WITHOUT ROWID;
-- A pack is written on a shelf of its own, its number. When there is time, sixteen packs move to one shelf, on which the
-- rows of a term stand together: then a million orders are some forty places to look and not five hundred.
CREATE TABLE search_shelves (
  shelf          INTEGER PRIMARY KEY,       -- below 0
  complete       INTEGER NOT NULL           -- 0: some postings of its packs are still on their own shelves
) STRICT;
CREATE TABLE search_postings (
  shelf          INTEGER NOT NULL,
  term           TEXT NOT NULL,
  pack           INTEGER NOT NULL,
  slots          BLOB NOT NULL,             -- 16-bit slots, or one bit a slot where that is shorter
  PRIMARY KEY (shelf, term, pack)
) STRICT, WITHOUT ROWID;

-- While a new snapshot replaces the cache: which orders it has told of so far.
CREATE TABLE snapshot_seen (
  n              INTEGER PRIMARY KEY
) STRICT;

CREATE TABLE products (
  sku            TEXT PRIMARY KEY,
  gtin           INTEGER,
  product        TEXT,
  title          TEXT,
  variant        TEXT,
  category       TEXT,
  currency       TEXT,
  unit_price     INTEGER NOT NULL,
  stale          INTEGER NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID;
CREATE INDEX products_by_gtin ON products (gtin) WHERE gtin IS NOT NULL;
CREATE INDEX products_by_product ON products (product) WHERE product IS NOT NULL;

CREATE TABLE stock (
  sku            TEXT NOT NULL,
  place          TEXT NOT NULL,             -- 'store:0214'
  name           TEXT,
  quantity       INTEGER NOT NULL,
  at             INTEGER,                   -- the age of the figure
  stale          INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (sku, place)
) STRICT, WITHOUT ROWID;

CREATE TABLE staff (
  id             TEXT PRIMARY KEY,
  name           TEXT NOT NULL,
  email          TEXT,
  customer       TEXT,
  role           TEXT NOT NULL,
  badge          TEXT,
  verifier       TEXT,                      -- Argon2id of the PIN
  active         INTEGER NOT NULL,
  stale          INTEGER NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID;
CREATE INDEX staff_by_badge ON staff (badge) WHERE badge IS NOT NULL;

-- The banner's rules; one row.
CREATE TABLE policy (
  only           INTEGER PRIMARY KEY CHECK (only = 1),
  document       TEXT NOT NULL
) STRICT;

-- Public keys that proofs of return are checked with.
CREATE TABLE proof_keys (
  id             BLOB PRIMARY KEY,
  public_key     BLOB NOT NULL,
  store          TEXT,
  terminal       TEXT,
  valid_from     INTEGER,
  valid_to       INTEGER,
  revoked_at     INTEGER,
  stale          INTEGER NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID;
