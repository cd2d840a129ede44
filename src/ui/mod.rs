//! Words: the only room that prints.
