-- What servers answered, as it came, so that documents made of it can be made again; versions of a document.

CREATE TABLE fetch (
  id TEXT NOT NULL PRIMARY KEY,  -- made of giver, address, time and digest: the same in every archive
  giver TEXT NOT NULL,  -- kind and location of the source it was fetched for
  url TEXT NOT NULL,  -- after redirects, without a password
  sha256 TEXT NOT NULL REFERENCES document (sha256),
  media_type TEXT,  -- as the server declared it, with its charset
  headers TEXT NOT NULL,  -- JSON, cookies left out
  at TEXT NOT NULL,
  licence TEXT
) STRICT, WITHOUT ROWID;
CREATE INDEX fetch_of_document ON fetch (sha256);

ALTER TABLE receipt ADD COLUMN giver TEXT NOT NULL DEFAULT '';  -- kind and location of its source
ALTER TABLE receipt ADD COLUMN turn INTEGER NOT NULL DEFAULT 0;  -- the highest of an origin is its present version
ALTER TABLE receipt ADD COLUMN fetch TEXT REFERENCES fetch (id);  -- the answer it was made from
ALTER TABLE receipt ADD COLUMN successor TEXT;  -- digest of what a later program made of the same answer
UPDATE receipt SET giver = json_extract(source, '$.kind') || ' ' || json_extract(source, '$.location')
WHERE source IS NOT NULL;
