"""Where plans are kept: the only room that knows Peewee and SQL."""
