-- SPDX-License-Identifier: Apache-2.0
-- Approvals that are asked of a manager at another terminal.
--
------------------------------------------------------------------------------------------------------------- status

-- Those asked here, and those of other terminals that were decided here. What happened to them is in the journal.
CREATE TABLE approval_requests (
  id             TEXT PRIMARY KEY,          -- UUIDv7, minted by the terminal that asked
  return_id      TEXT NOT NULL,             -- of the draft
  own            INTEGER NOT NULL,          -- 1: asked here
  state          TEXT NOT NULL,             -- retour_request_state_code
  document       TEXT NOT NULL              -- as on the wire; without the customer once it has ended
) STRICT, WITHOUT ROWID;
CREATE INDEX approval_requests_open ON approval_requests (own) WHERE state IN ('asked', 'pending', 'offline');
