"""A parsed page in, the lines of its article out: each block is judged by where and how it stands
on the page.
"""
