-- Who gets an edition by mail, and what became of each message: one row for each edition and address.

CREATE TABLE recipient (
  profile TEXT NOT NULL,
  address TEXT NOT NULL COLLATE NOCASE,
  name TEXT,
  added TEXT NOT NULL,
  refusals INTEGER NOT NULL DEFAULT 0,  -- for good (5xx), in a row
  suppressed TEXT,  -- since when no mail is sent; NULL: it is
  reason TEXT,
  PRIMARY KEY (profile, address)
) STRICT, WITHOUT ROWID;

CREATE TABLE mailing (  -- the audience of an edition, frozen before the first message
  edition TEXT NOT NULL PRIMARY KEY REFERENCES edition (id),
  frozen TEXT NOT NULL,
  expires TEXT NOT NULL,
  recipients INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE outbox (
  edition TEXT NOT NULL REFERENCES mailing (edition),
  address TEXT NOT NULL COLLATE NOCASE,
  name TEXT,
  message_id TEXT NOT NULL UNIQUE,
  state TEXT NOT NULL
    CHECK (state IN ('queued', 'sending', 'sent', 'doubt', 'retry', 'failed', 'suppressed')),
  attempts INTEGER NOT NULL DEFAULT 0,
  doubts INTEGER NOT NULL DEFAULT 0,  -- how often it was cut off between its end and its receipt
  next_try TEXT,
  code INTEGER,  -- of the server's last answer
  text TEXT,
  server TEXT,
  sending_at TEXT,
  sent_at TEXT,
  PRIMARY KEY (edition, address)
) STRICT, WITHOUT ROWID;
CREATE INDEX outbox_by_state ON outbox (state, edition);
