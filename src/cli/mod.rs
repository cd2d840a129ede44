//! The command line as clap types, and nothing else.
