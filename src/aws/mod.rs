//! AWS: sessions, calls, errors. Knows `model` only.
