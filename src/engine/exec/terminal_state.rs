//! The settings of the terminal, which are restored after another program had it.

use std::io::{self, IsTerminal};

use rustix::termios::{OptionalActions, Termios, tcgetattr, tcsetattr};

/// The settings of the terminal on stdin, if there is one. Dropping it restores them: a plugin that was ended by a signal
/// leaves a terminal without echo.
pub(super) struct TerminalState(Option<Termios>);

impl TerminalState {
    /// Reads the settings.
    pub fn save() -> Self {
        let stdin = io::stdin();
        let settings = stdin.is_terminal().then(|| tcgetattr(&stdin).ok());
        Self(settings.flatten())
    }
}

impl Drop for TerminalState {
    fn drop(&mut self) {
        if let Some(settings) = &self.0 {
            // The terminal may be gone.
            let _ = tcsetattr(io::stdin(), OptionalActions::Now, settings);
        }
    }
}
