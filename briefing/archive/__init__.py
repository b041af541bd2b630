"""What was collected and published, kept so that it can be proved: texts of record beside their
edition.
"""
