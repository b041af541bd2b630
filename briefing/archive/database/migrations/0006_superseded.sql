-- Articles that a second reading of their document found no longer: kept for editions that quote them, listed no more.

ALTER TABLE article ADD COLUMN superseded TEXT;  -- since when; NULL while it stands
