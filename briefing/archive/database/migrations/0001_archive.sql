-- What was collected, read, grouped, published and run. Times are ISO 8601 in UTC, days are calendar days of a profile.

CREATE TABLE document (  -- bytes as received, once, however often and wherever they came from
  sha256 TEXT NOT NULL PRIMARY KEY,
  size INTEGER NOT NULL,  -- bytes before compression
  content BLOB  -- zlib; NULL once its licence asked for its removal
) STRICT;

CREATE TABLE receipt (  -- where and when a document came in
  origin TEXT NOT NULL,
  sha256 TEXT NOT NULL REFERENCES document (sha256),
  media_type TEXT,
  retrieved TEXT,  -- as stated by the source; NULL when nobody knows
  collected TEXT NOT NULL,
  source TEXT,  -- JSON
  licence TEXT,
  reading TEXT,  -- JSON: the version that read it, and why it was set aside if it was; NULL while unread
  PRIMARY KEY (origin, sha256)
) STRICT, WITHOUT ROWID;
CREATE INDEX receipt_of_document ON receipt (sha256);

CREATE TABLE article (
  number INTEGER NOT NULL PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  headline TEXT,
  outlet TEXT,
  published TEXT,
  day TEXT,  -- of `published`, as its source wrote it
  language TEXT,
  url TEXT,
  licence TEXT,
  text TEXT NOT NULL,  -- the text of record; empty once its licence asked for its removal
  sha256 TEXT NOT NULL,  -- of the text of record, kept when the text is not
  stored TEXT NOT NULL,
  data BLOB NOT NULL  -- zlib, JSON: the rest of the article, its analysis included
) STRICT;
CREATE INDEX article_by_day ON article (day);
CREATE TRIGGER a_text_of_record_never_changes BEFORE UPDATE OF text ON article
WHEN new.text <> old.text AND new.text <> ''
BEGIN SELECT RAISE(ABORT, 'a text of record never changes'); END;

CREATE TABLE found_in (  -- which articles a document gave
  origin TEXT NOT NULL,
  sha256 TEXT NOT NULL,
  place INTEGER NOT NULL,  -- 0, 1, 2 … in the order read
  article TEXT NOT NULL REFERENCES article (id),
  PRIMARY KEY (origin, sha256, place),
  FOREIGN KEY (origin, sha256) REFERENCES receipt (origin, sha256)
) STRICT, WITHOUT ROWID;
CREATE INDEX found_article ON found_in (article);

CREATE VIEW readable AS SELECT number, headline, text FROM article WHERE text <> '';
CREATE VIRTUAL TABLE article_index USING fts5 (
  headline, text, content = 'readable', content_rowid = 'number', tokenize = 'porter unicode61 remove_diacritics 2'
);

CREATE TRIGGER a_mended_headline_is_indexed AFTER UPDATE OF headline ON article
WHEN old.headline IS NOT new.headline AND EXISTS (SELECT 1 FROM article_index_docsize WHERE id = old.number)
BEGIN
  INSERT INTO article_index (article_index, rowid, headline, text)
  VALUES ('delete', old.number, old.headline, old.text);
  INSERT INTO article_index (rowid, headline, text) VALUES (new.number, new.headline, new.text);
END;

CREATE TABLE storyline (
  profile TEXT NOT NULL,
  id TEXT NOT NULL,
  first_seen TEXT,
  last_seen TEXT,
  headline TEXT NOT NULL,  -- JSON: an article and, where the headline is a sentence of it, its span
  related TEXT NOT NULL,  -- JSON
  PRIMARY KEY (profile, id)
) STRICT, WITHOUT ROWID;

CREATE TABLE storyline_day (  -- the day an article joined its storyline
  profile TEXT NOT NULL,
  storyline TEXT NOT NULL,
  article TEXT NOT NULL REFERENCES article (id),
  day TEXT NOT NULL,
  PRIMARY KEY (profile, storyline, article),
  FOREIGN KEY (profile, storyline) REFERENCES storyline (profile, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX storyline_day_by_day ON storyline_day (profile, day);
CREATE INDEX storyline_of_article ON storyline_day (article);

CREATE TABLE edition (
  id TEXT NOT NULL PRIMARY KEY,  -- 2026-01-02-daily, or 2026-01-02-daily-r2 for a revision
  profile TEXT NOT NULL,
  date TEXT NOT NULL,
  revision INTEGER NOT NULL,
  sha256 TEXT NOT NULL,  -- of edition.json
  made TEXT NOT NULL,
  UNIQUE (profile, date, revision)
) STRICT;
CREATE TRIGGER an_edition_never_changes BEFORE UPDATE ON edition
BEGIN SELECT RAISE(ABORT, 'an edition never changes; publish a revision'); END;

CREATE TABLE rendition (
  edition TEXT NOT NULL REFERENCES edition (id),
  place INTEGER NOT NULL,
  name TEXT NOT NULL,
  media_type TEXT NOT NULL,
  sha256 TEXT NOT NULL,
  content BLOB NOT NULL,  -- zlib
  PRIMARY KEY (edition, name)
) STRICT;
CREATE TRIGGER a_rendition_never_changes BEFORE UPDATE ON rendition
BEGIN SELECT RAISE(ABORT, 'a rendition never changes; publish a revision'); END;

CREATE TABLE told (  -- what a profile's readers were shown: each quotation, in the order printed
  edition TEXT NOT NULL REFERENCES edition (id),
  place INTEGER NOT NULL,
  storyline TEXT NOT NULL,
  article TEXT NOT NULL,
  start INTEGER NOT NULL,
  stop INTEGER NOT NULL,
  text TEXT NOT NULL,
  PRIMARY KEY (edition, place)
) STRICT, WITHOUT ROWID;

CREATE TABLE source_state (  -- what a source must know from one visit to the next
  location TEXT NOT NULL PRIMARY KEY,
  state TEXT NOT NULL,  -- JSON
  changed TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE run (
  id INTEGER NOT NULL PRIMARY KEY,
  profile TEXT NOT NULL,
  edition TEXT,
  started TEXT NOT NULL,
  finished TEXT,  -- NULL: still running, or cut off
  exit INTEGER,
  counts TEXT NOT NULL DEFAULT '{}',  -- JSON
  troubles TEXT NOT NULL DEFAULT '[]'  -- JSON, sentences
) STRICT;
CREATE INDEX run_by_profile ON run (profile, started);
