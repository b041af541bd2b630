"""Story segmentation: one document to its reports."""
