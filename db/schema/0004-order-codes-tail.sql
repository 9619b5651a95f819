-- SPDX-License-Identifier: Apache-2.0
-- cache. Codes of orders that came lately (db/order-codes.h). Each of an order's codes belongs to another page of a large table,
-- which would be written for it alone; here they gather until many go there at once, by ascending code.
CREATE TABLE order_codes_tail (
  code           TEXT NOT NULL,
  n              INTEGER NOT NULL,
  PRIMARY KEY (code, n)
) STRICT, WITHOUT ROWID;
