"""A workspace's settings and the time to editions made, sent, published and reported: what every
morning needs.
"""
