-- What recognises a storyline the next day, without its articles: some kilobytes each, so that months cost little.

CREATE TABLE storyline_record (
  profile TEXT NOT NULL,
  id TEXT NOT NULL,
  last_seen TEXT NOT NULL,
  articles INTEGER NOT NULL,
  record BLOB NOT NULL,  -- compressed JSON, as the grouping made it
  PRIMARY KEY (profile, id),
  FOREIGN KEY (profile, id) REFERENCES storyline (profile, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX storyline_record_by_day ON storyline_record (profile, last_seen);
