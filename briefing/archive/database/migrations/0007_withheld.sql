-- What must not be printed: articles and documents that were taken back, and until when articles are under embargo.

ALTER TABLE article ADD COLUMN withdrawn TEXT;  -- why no later edition may print it; NULL for all others
ALTER TABLE article ADD COLUMN embargo TEXT;  -- the moment it ends; of a day without an hour its noon
ALTER TABLE receipt ADD COLUMN withdrawn TEXT;  -- why nothing of the document may be printed
CREATE INDEX article_by_embargo ON article (embargo) WHERE embargo IS NOT NULL;

-- Editions beside that of a day: a week's, a query's, a pack; each kind is counted by itself.

CREATE TABLE edition_of_a_kind (
  id TEXT NOT NULL PRIMARY KEY,  -- 2026-01-02-daily, 2026-01-02-daily-week, and -r2, -r3 … for revisions
  profile TEXT NOT NULL,
  date TEXT NOT NULL,
  revision INTEGER NOT NULL,
  sha256 TEXT NOT NULL,  -- of edition.json
  made TEXT NOT NULL,
  kind TEXT NOT NULL DEFAULT '',  -- "week", "extra", "catch-up" …; '' for the edition of a day
  UNIQUE (profile, date, kind, revision)
) STRICT;
INSERT INTO edition_of_a_kind SELECT id, profile, date, revision, sha256, made, '' FROM edition;
DROP TABLE edition;
ALTER TABLE edition_of_a_kind RENAME TO edition;
CREATE TRIGGER an_edition_never_changes BEFORE UPDATE ON edition
BEGIN SELECT RAISE(ABORT, 'an edition never changes; publish a revision'); END;

-- Which articles were told by which alert, once each, and what still has to be sent.

CREATE TABLE alert (
  name TEXT NOT NULL,
  article TEXT NOT NULL REFERENCES article (id),
  found TEXT NOT NULL,
  sent TEXT,  -- NULL while it waits for the end of quiet hours or for a server
  PRIMARY KEY (name, article)
) STRICT, WITHOUT ROWID;
