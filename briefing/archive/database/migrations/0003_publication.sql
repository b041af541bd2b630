-- What became of each edition on its way to each shared folder.

CREATE TABLE publication (
  edition TEXT NOT NULL REFERENCES edition (id),
  target TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('pending', 'published')),
  attempts INTEGER NOT NULL DEFAULT 0,
  tried_at TEXT,
  place TEXT,  -- the folder it has there, below the target
  text TEXT,  -- what went wrong last
  PRIMARY KEY (edition, target)
) STRICT, WITHOUT ROWID;
