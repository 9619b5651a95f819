-- SPDX-License-Identifier: Apache-2.0
-- What persons decided of returns that the OMS did not take, or whose refund failed.

-- ledger. The last row of a return says where its case stands: "send_again" and "reopen" leave it open.
CREATE TABLE case_decisions (
  sequence       INTEGER PRIMARY KEY,
  return_id      TEXT NOT NULL REFERENCES returns (id),
  choice         TEXT NOT NULL,             -- retour_case_choice_code
  motive         TEXT,
  staff          TEXT NOT NULL,
  at             INTEGER NOT NULL
) STRICT;
CREATE INDEX case_decisions_by_return ON case_decisions (return_id, sequence);
CREATE TRIGGER case_decisions_stay BEFORE UPDATE ON case_decisions
  BEGIN SELECT RAISE (ABORT, 'ledger: a decision is never changed'); END;
CREATE TRIGGER case_decisions_last BEFORE DELETE ON case_decisions
  BEGIN SELECT RAISE (ABORT, 'ledger: a decision is never deleted'); END;

CREATE VIEW closed_cases AS
  SELECT d.return_id, d.choice, d.motive, d.staff, d.at FROM case_decisions d
  WHERE d.choice NOT IN ('send_again', 'reopen')
    AND NOT EXISTS (SELECT 1 FROM case_decisions l WHERE l.return_id = d.return_id AND l.sequence > d.sequence);
